"""The address that is told when a training has ended: entered, tested, taken away, and what came of it."""

import time

import streamlit as st

from core import notices
from core.errors import UserError
from core.notices import Attempt, Webhook
from core.projects import Project
from core.words import say
from pages.parts import place, trouble

KEY = "webhook"


def draw(project: Project) -> None:
    """A folded part of the page: where ends are told, and whether that works."""
    hook = notices.webhook(project.id)
    title = say("Tell a chat or another program when it is done")
    with st.expander(title, icon=":material/notifications:", key=KEY):
        if hook is None:
            _enter(project)
        else:
            _kept(project, hook)


def _enter(project: Project) -> None:
    st.caption(
        say(
            "Enter the address of a webhook, as Slack, Teams and many other services give it. It is sent a short "
            "message when a training has ended, even with no browser open. Keep it like a password."
        )
    )
    address = st.text_input(
        say("Webhook address"), type="password", key=f"webhook-address-{place.revision()}", placeholder="https://",
        autocomplete="off",
    )  # fmt: skip
    only = st.checkbox(say("Only for this project"), key=f"webhook-only-{place.revision()}")
    if st.button(say("Keep this address"), key="webhook-keep"):
        try:
            notices.keep(address, project.id if only else "", place.app_address())
        except UserError as error:
            trouble.show(error.what, error.fix)
            return
        place.renew_forms()
        st.rerun()


def _kept(project: Project, hook: Webhook) -> None:
    shown = "`" + notices.masked(hook.address).replace("`", "") + "`"  # as code: no link
    if hook.project:
        st.markdown(say("Ends of this project's trainings are told to {address}.", address=shown))
    else:
        st.markdown(say("Ends of all trainings are told to {address}.", address=shown))
    _came(notices.last(hook))
    with st.container(horizontal=True, gap="small"):
        if st.button(say("Send a test"), key="webhook-test", icon=":material/send:"):
            with st.spinner(say("Sending")):
                notices.send_test(hook, project.name)
            st.rerun()
        if st.button(say("Remove the address"), key="webhook-remove", icon=":material/delete:"):
            notices.forget(hook.project)
            st.rerun()


def _came(attempt: Attempt | None) -> None:
    """What came of the last message."""
    if attempt is None:
        st.caption(say("Nothing was sent yet: send a test to see whether it arrives."))
        return
    moment = _clock(attempt.at)
    if not attempt.sent:
        trouble.show(attempt.what or say("It was not sent."), attempt.fix or say("Send a test."))
        st.caption(say("Tried at {time}", time=moment))
    elif attempt.test:
        st.success(say("A test was sent at {time}", time=moment), icon=":material/check_circle:")
    else:
        st.success(say("Sent at {time}", time=moment), icon=":material/check_circle:")


def _clock(moment: float) -> str:
    """The time of day, with the day where it is another one."""
    then = time.localtime(moment)
    today = time.strftime("%Y-%m-%d", then) == time.strftime("%Y-%m-%d")
    return time.strftime("%H:%M" if today else "%Y-%m-%d %H:%M", then)
