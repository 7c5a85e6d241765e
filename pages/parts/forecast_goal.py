"""Goal, for a forecast: the time, what tells the series apart, how far ahead, and the time kept apart."""

from dataclasses import replace

import streamlit as st

from core import series
from core.goal import Forecast, Goal, Split
from core.profile import ColumnFacts, Profile
from core.projects import Project
from core.words import say

KINDS_BY = ("category", "identifier")
MOST_VALUES = 5_000


def asked(project: Project, goal: Goal, facts: Profile) -> Goal:
    """The three questions; the goal as they are answered."""
    forecast = goal.forecast or Forecast()
    st.subheader(say("Which next values?"), anchor=False)
    left, middle, right = st.columns([2, 3, 1])
    times = [c.name for c in facts.columns if c.kind == "date" or c.summary.get("follows")]
    times = [*(name for name in times if name != goal.target), ""]
    time = left.selectbox(
        say("What tells the time?"), times, index=times.index(forecast.time if forecast.time in times else ""),
        format_func=lambda name: name or say("The rows as they stand, one step each"), key=f"when-{project.id}",
    )  # fmt: skip
    names = [c.name for c in facts.columns if _tells_apart(c) and c.name not in (goal.target, time)]
    by = middle.multiselect(
        say("What tells the series apart?"), names, default=[name for name in forecast.by if name in names],
        key=f"series-{project.id}-{time}", placeholder=say("All rows are one series"),
    )  # fmt: skip
    steps = right.number_input(
        str(series.AHEAD.label), series.AHEAD.low, series.AHEAD.high, forecast.steps, key=f"ahead-{project.id}",
        help=str(series.AHEAD.help),
    )  # fmt: skip
    wanted = Forecast(time or "", tuple(by), int(steps))
    return goal if wanted == forecast else series.with_forecast(goal, facts, wanted)


def _tells_apart(column: ColumnFacts) -> bool:
    return column.kind in KINDS_BY and 2 <= column.distinct <= MOST_VALUES


def usable(goal: Goal, facts: Profile) -> list[ColumnFacts]:
    """The columns whose past can help."""
    beside = {goal.target, *((goal.forecast.time, *goal.forecast.by) if goal.forecast else ())}
    return [c for c in facts.columns if c.kind == "number" and c.name not in beside]


def apart(project: Project, goal: Goal) -> Goal:
    """How much of the time is kept apart; the goal as it is answered."""
    split = goal.split
    train = 1 - split.validation - split.test
    st.subheader(say("Time kept apart for an honest test"), anchor=False)
    st.markdown(
        say(
            "The network learns from the first **{train:.0%}** of the time, the next **{validation:.0%}** decide when to "
            "stop, and the latest **{test:.0%}** stay untouched until Results: it never sees what it has to foretell.",
            train=train, validation=split.validation, test=split.test,
        )
    )  # fmt: skip
    with st.expander(say("Change how the time is divided"), icon=":material/tune:"):
        left, right = st.columns(2)
        validation = left.slider(
            say("Deciding when to stop, %"), 5, 40, round(split.validation * 100), 5, key=f"v-{project.id}"
        )
        test = right.slider(
            say("Untouched test, %"), 5, 40, round(split.test * 100), 5, key=f"t-{project.id}"
        )
    wanted = Split("time", split.time_column, validation / 100, test / 100, split.seed)
    return replace(goal, split=wanted) if wanted != split else goal
