"""From which chance on it says yes: three ways to choose, and what each means on the test rows."""

import streamlit as st

from core.results import kept, threshold
from core.results.kept import Side
from core.results.threshold import Wanted
from core.runs import Run
from core.words import say
from pages.parts import named, trouble

SAME = 1e-9


def draw(run: Run) -> None:
    """The choice; nothing where this run keeps no answers to choose by."""
    results = run.results() or {}
    if not kept.has(run) or results["metrics"]["test"][results["main"]] is None:
        return
    validation, test = (kept.read(run, side) for side in ("validation", "test"))
    yes = named.short((run.recipes() or {})["target"]["classes"][1])
    st.subheader(say("From which chance on does it say “{yes}”?", yes=yes), anchor=False)
    with st.container(key="card-threshold", border=True):
        _choose(run, results.get("threshold") or {}, validation, test, yes)


def _choose(run: Run, now: dict, validation: Side, test: Side, yes: str) -> None:
    ways = {
        "even": say("The likelier answer (50 %)"),
        "balanced": say("Find both equally well"),
        "costs": say("By what mistakes cost"),
    }
    by = st.segmented_control(
        say("How it is chosen"), list(ways), default=now.get("by", "even"), format_func=ways.__getitem__,
        key=f"threshold-by-{run.id}", label_visibility="collapsed", required=True,
    )  # fmt: skip
    wanted = Wanted(by or "even", *(_costs(run, now, yes) if by == "costs" else (1.0, 1.0)))
    value, used = threshold.choose(validation, wanted), now.get("value", threshold.EVEN)
    _told(test, value, wanted, yes)
    if abs(value - used) < SAME:
        st.caption(say("This is how the model answers now, here and in every export."))
        return
    st.caption(
        say("Chosen on validation rows and shown on test rows. Until you use it, the model says “{yes}” from {now} on.",
            yes=yes, now=_percent(used))
    )  # fmt: skip
    if st.button(
        say("Answer like this from now on"), key="threshold-use", type="primary", icon=":material/check:"
    ):
        with st.spinner(say("Measuring anew")):
            threshold.apply(run, value, wanted)
        st.rerun()


def _costs(run: Run, now: dict, yes: str) -> tuple[float, float]:
    left, right = st.columns(2)
    missed = left.number_input(
        say("What it costs to miss one “{yes}”", yes=yes), 0.0, 1e12, float(now.get("missed", 5.0)),
        key=f"threshold-missed-{run.id}", help=say("In any unit, such as money or minutes; only how the two compare counts."),
    )  # fmt: skip
    alarm = right.number_input(
        say("What a false alarm costs"), 0.0, 1e12, float(now.get("alarm", 1.0)), key=f"threshold-alarm-{run.id}"
    )  # fmt: skip
    return missed, alarm


def _told(test: Side, value: float, wanted: Wanted, yes: str) -> None:
    means, even = threshold.meaning(test, value), threshold.meaning(test, threshold.EVEN)
    st.markdown(
        say(
            "From a chance of **{from_on}** on, it says “{yes}”. Of {all:,} test rows that are “{yes}”, it finds "
            "**{found:,}** and misses **{missed:,}**; **{alarms:,}** others are false alarms.",
            from_on=_percent(value), yes=yes, all=means.found + means.missed, found=means.found,
            missed=means.missed, alarms=means.alarms,
        )
    )  # fmt: skip
    if wanted.by == "costs":
        st.markdown(
            say("These mistakes would cost **{cost:,.6g}**; with the likelier answer they would cost {even:,.6g}.",
                cost=means.cost(wanted), even=even.cost(wanted))
        )  # fmt: skip


def _percent(share: float) -> str:
    return trouble.escape(named.chance(share))
