"""Results: whether more rows would help, worked out when asked for, as a sentence and a curve."""

import streamlit as st

from core.charts.more_rows import more_rows as chart
from core.results import more_rows, stand_in
from core.runs import Run
from core.words import say
from pages.parts import child, looks, place, trouble

ASKING = "more"


@trouble.guarded
def draw(run: Run) -> None:
    """The section; nothing where the stand-in cannot stand in."""
    recipes = run.recipes()
    if not recipes or not stand_in.suits(recipes):
        return
    st.subheader(say("Would more rows help?"), anchor=False)
    running = child.find(place.noted(ASKING))
    if running is not None and running.running and running.about["run"] == run.id:
        child.follow(running, say("Learning from a part of the rows, then from more"))
        return
    if running is not None and not running.running:
        child.forget(running)
        place.note(ASKING, "")
        if not running.cancelled:
            _tell(running)
    found = more_rows.read(run.folder)
    if found is None:
        _offer(run)
        return
    st.markdown(f"**{trouble.escape(str(more_rows.told(found)))}**")
    looks.draw(chart, found, key="more-rows")
    st.caption(
        say(
            "Measured with a simple model that reads what the network reads, on other draws of the rows each time; "
            "the shade is the spread of the draws. No test row takes part."
        )
    )


def _offer(run: Run) -> None:
    st.caption(
        say("A simple model learns from a tenth of the rows, then from more and more: its curve tells what twice as many would bring.")
    )  # fmt: skip
    if st.button(say("Work it out"), key=f"more-{run.id}", icon=":material/show_chart:"):
        place.note(ASKING, child.start(["more", run.id], run=run.id).id)
        st.rerun()


@trouble.guarded
def _tell(ended: child.Child) -> None:
    """Trouble, if there was any."""
    ended.answer()
