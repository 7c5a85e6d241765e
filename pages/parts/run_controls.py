"""What can be asked of a run that has not ended: pause, go on, stop, discard. Each is answered at once on the screen."""

import streamlit as st

from core import runs
from core.runs import Run
from core.words import say
from pages.parts import curves, dialogs, place, standing, trouble


def draw(run: Run) -> None:
    """What can be asked of a run that has not ended."""
    stopping = run.stop_asked() or run.state().name == "stopping"
    with st.container(key="run-controls", horizontal=True, gap="small"):
        if standing.can_pause(run):
            _pause(run, stopping)
        st.button(
            say("Stopping…") if stopping else say("Stop and keep the best"), key="stop", help=_kept(run),
            icon=":material/stop_circle:", disabled=stopping, on_click=runs.request_stop, args=(run,),
        )  # fmt: skip
        dialogs.button(
            say("Discard"), "discard", ask_discard, run, title=say("Discard this run?"), icon="delete", type="tertiary"
        )  # fmt: skip


def _pause(run: Run, stopping: bool) -> None:
    if run.pause_asked():
        if run.state().name != "paused" and not stopping:  # it is still on its way there
            st.button(say("Pausing…"), key="pausing", icon=":material/pause_circle:", disabled=True)
        st.button(
            say("Go on"), key="go-on", icon=":material/play_circle:", type="primary", disabled=stopping,
            on_click=runs.request_go_on, args=(run,),
        )  # fmt: skip
        return
    st.button(
        say("Pause"), key="pause", icon=":material/pause_circle:", disabled=stopping, on_click=runs.request_pause,
        args=(run,), help=say("Keeps everything and gives the device to others until you let it go on."),
    )  # fmt: skip


def _kept(run: Run) -> str:
    """What stopping keeps, as far as it is known now."""
    best = curves.of(run).best
    if not best:
        return say("Ends after this step, and tests what it has learned so far.")
    return say(
        "Ends after this step, keeps the weights of the best epoch so far ({epoch}), and tests them.",
        epoch=best["epoch"],
    )


@trouble.guarded
def ask_discard(run: Run) -> None:
    """What is asked before a run is removed."""
    st.markdown(f"**{trouble.escape(run.spec().name)}**")
    if run.state().ended:
        st.markdown(say("The run, its model and its curves are removed for good. Other runs stay."))
    else:
        st.markdown(say("It ends at once. Nothing of it is kept: no model, no curves. Other runs stay."))
    if st.button(say("Discard for good"), key="discard-now", type="primary", icon=":material/delete:"):
        runs.discard(run)
        place.forget_run()
        dialogs.shut()
