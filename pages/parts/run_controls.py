"""What can be asked of a run that has not ended: pause, go on, stop."""

import streamlit as st

from core import runs
from core.runs import Run
from core.words import say
from pages.parts import standing


def draw(run: Run) -> None:
    """What can be asked of a run that has not ended."""
    with st.container(horizontal=True, gap="small"):
        if standing.can_pause(run):
            _pause(run)
        asked = run.stop_asked()
        if st.button(
            say("Stopping") if asked else say("Stop and keep the best"), key="stop",
            icon=":material/stop_circle:", disabled=asked,
        ):  # fmt: skip
            runs.request_stop(run)
            st.rerun()


def _pause(run: Run) -> None:
    if run.pause_asked():
        if st.button(say("Go on"), key="go-on", icon=":material/play_circle:", type="primary"):
            runs.request_go_on(run)
            st.rerun()
    elif st.button(say("Pause"), key="pause", icon=":material/pause_circle:", disabled=run.stop_asked()):
        runs.request_pause(run)
        st.rerun()
