"""Use: sharing a page about the model, and the list of links that were made, with what withdraws them."""

import time

import streamlit as st

from core import shares
from core.errors import UserError
from core.runs import Run
from core.shares import Share
from core.words import language, say
from pages.parts import dialogs, named, place, share_kinds, share_link, share_row, trouble

DIALOG = "share"
SHOWN_COLUMNS = 4
QR_PIXELS = 200


def draw(run: Run) -> None:
    """The button, and the dialog while it is open."""
    dialogs.button(
        say("Share"),
        DIALOG,
        _dialog,
        run,
        title=say("Share a page with this model"),
        icon="share",
        width="medium",
    )


@trouble.guarded
def _dialog(run: Run) -> None:
    st.caption(
        say(
            "Whoever has the link can ask this model, without signing in. The page leads to nothing else of yours."
        )
    )
    _make(run)
    _links(run)


def _make(run: Run) -> None:
    """What the page is to say, and the button that makes it."""
    key = f"{run.id}-{place.revision()}"
    title = st.text_input(
        say("Title"), value=_title(run), max_chars=shares.LONGEST_TITLE, key=f"share-title-{key}"
    )
    words = st.text_area(
        say("Your own words"), max_chars=shares.LONGEST_WORDS, key=f"share-words-{key}", height=90,
        placeholder=say("What it answers, and what you would like to hear about it"),
    )  # fmt: skip
    kind = share_kinds.of(run)
    rows = kind.offered(run)
    with_rows = bool(rows) and st.checkbox(
        say("Show some rows of your table as examples"), key=f"share-rows-{key}"
    )
    if with_rows:
        st.caption("  \n".join(_told(row) for row in rows))
        st.caption(say("Whoever has the link can read all columns of these rows."))
    results = st.checkbox(say("Show how good the model is"), value=True, key=f"share-results-{key}")
    days = st.selectbox(
        say("It can be opened for"),
        list(shares.DAYS),
        index=1,
        format_func=lambda one: str(shares.DAYS[one]),
        key=f"share-days-{key}",
    )
    st.caption(kind.seen())
    if st.button(say("Make the link"), type="primary", icon=":material/add_link:", key="share-make"):
        try:
            shares.make(run.id, title, words, language(), rows if with_rows else (), results, days)
        except UserError as error:
            trouble.show(error.what, error.fix)
            return
        place.renew_forms()
        st.rerun(scope="fragment")


def _title(run: Run) -> str:
    target = (run.recipes() or {})["target"].get("column", "")
    if share_kinds.of(run) is share_row:
        return say("What will “{name}” be?", name=named.cut(target))
    return run.spec().name[: shares.LONGEST_TITLE]


def _told(row: dict[str, object]) -> str:
    """The beginning of an example, in Markdown."""
    shown = [
        f"{named.short(name)}: {named.short(str(value))}"
        for name, value in list(row.items())[:SHOWN_COLUMNS]
        if value is not None
    ]
    return " · ".join(shown) + (" …" if len(row) > SHOWN_COLUMNS else "")


def _links(run: Run) -> None:
    """The links that were made of this model, the latest first."""
    made = shares.of_run(run.id)
    if not made:
        return
    st.markdown(f"**{say('Links that you made')}**")
    app = place.app_address()
    if any(not share.over for share in made):
        _reach(app)
    for share in made:
        with st.container(border=True, key=f"card-share-{share.id}", gap="small"):
            _link(share, app)


def _reach(app: str) -> None:
    """Who can open a link, and what else they could open."""
    base = share_link.base(app)
    shown = f"`{base}`"  # as code: no link
    if not share_link.only_here(base) and base != app:
        st.caption(
            say(
                "Whoever can reach {address} can open a link; nothing else of the app can be reached there.",
                address=shown,
            )
        )
    elif not share_link.only_here(base):
        st.caption(
            say("Whoever can reach {address} can open a link. The rest of the app stands at the same address: how to let others reach shared "
                "pages alone, the README says under “Sharing”.", address=shown)
        )  # fmt: skip
    else:
        st.warning(
            say("Only this computer can open these links. To let others open them, start the app as {command}: they then reach shared pages and "
                "nothing else. Started with {option}, the whole app can be reached.",
                command="`MODELYARD_SHARE=0.0.0.0:8600 make run`", option="`--server.address 0.0.0.0`"),
            icon=":material/lan:",
        )  # fmt: skip


def _link(share: Share, app: str) -> None:
    st.markdown(f"**{trouble.escape(share.title)}**")
    st.caption(_standing(share))
    if share.over:
        if st.button(
            say("Remove from this list"),
            key=f"share-forget-{share.id}",
            type="tertiary",
            icon=":material/delete:",
        ):
            shares.forget(share.id)
            st.rerun(scope="fragment")
        return
    link = share_link.address(share, app)
    st.code(link, language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="small"):
        st.link_button(say("Open"), link, icon=":material/open_in_new:")
        with st.popover(say("QR code"), icon=":material/qr_code_2:"):
            st.image(share_link.picture(link), width=QR_PIXELS, caption=say("Point a phone's camera at it"))
        if st.button(say("Withdraw"), key=f"share-withdraw-{share.id}", icon=":material/link_off:"):
            shares.withdraw(share.id)
            st.rerun(scope="fragment")


def _standing(share: Share) -> str:
    """Since when and until when, and how often it was opened, in Markdown."""
    count = shares.opened(share)
    often = say("opened {count:,} time", plural="opened {count:,} times", count=count)
    if share.withdrawn is not None:
        return say("Withdrawn on {day}, {often}", day=_day(share.withdrawn), often=often)
    if share.ends is None:
        return say("Made on {day}, stands until you withdraw it, {often}", day=_day(share.made), often=often)
    if share.over:
        return say("Its time was up on {day}, {often}", day=_day(share.ends), often=often)
    return say(
        "Made on {day}, stands until {end}, {often}", day=_day(share.made), end=_day(share.ends), often=often
    )


def _day(moment: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(moment))
