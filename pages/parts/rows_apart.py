"""Goal: which rows train, which decide when to stop, and which are kept apart for the test."""

from dataclasses import replace

import streamlit as st

from core.goal import Goal, Split
from core.profile import Profile
from core.projects import Project
from core.split import FEWEST_GROUPS
from core.suggest import divides, times, why_by_time
from core.words import say
from pages.parts import trouble


def asked(project: Project, goal: Goal, facts: Profile) -> Goal:
    """How the rows are divided, and why so; the goal as it is answered."""
    split = goal.split
    train = 1 - split.validation - split.test
    st.subheader(say("Rows kept apart for an honest test"), anchor=False)
    if split.by == "given":
        st.markdown(
            say(
                "Column “{column}” says which rows train and which are the test.",
                column=trouble.escape(split.column),
            )
        )
    else:
        _told_shares(split, train, facts)
    if split.by == "group":
        st.markdown(
            say(
                "All rows of one “{column}” stay together, so the test asks about some that it has never seen.",
                column=trouble.escape(split.column),
            )
        )
    if split.by == "time" and split.time_column in times(facts, goal.target):
        st.markdown(trouble.escape(str(why_by_time(split))))
    with st.expander(say("Change how rows are divided"), icon=":material/tune:"):
        wanted = _split_form(project, goal, _times(facts), _dividing(facts), _naming(facts, goal))
    if wanted == split:
        return goal
    # Of names that never come back nothing can be learned.
    inputs = tuple(name for name in goal.inputs if wanted.by != "group" or name != wanted.column)
    return replace(goal, split=wanted, inputs=inputs)


def _times(facts: Profile) -> list[str]:
    """The columns that can put the rows in order of time."""
    return [c.name for c in facts.columns if c.kind == "date" or c.summary.get("follows")]


def _dividing(facts: Profile) -> str:
    """The column that says which rows train and which test, or none."""
    return next((column.name for column in facts.columns if divides(column)), "")


def _naming(facts: Profile, goal: Goal) -> list[str]:
    """The columns whose values can stay together: several rows have the same one; those first of which this is likeliest."""
    told = [worry.column for worry in facts.worries if worry.check == "rows_of_one"]
    found = [
        c.name for c in facts.columns
        if c.name != goal.target and c.kind in ("identifier", "category", "number") and FEWEST_GROUPS <= c.distinct < facts.rows - c.missing
        and (c.kind != "number" or c.summary.get("whole"))
    ]  # fmt: skip
    return sorted(found, key=lambda name: name not in told)


def _told_shares(split: Split, train: float, facts: Profile) -> None:
    st.markdown(
        say(
            "The network learns from **{train:.0%}** of the rows, **{validation:.0%}** decide when to stop, and "
            "**{test:.0%}** stay untouched until Results: about {rows:,} rows.",
            train=train, validation=split.validation, test=split.test, rows=round(facts.rows * split.test),
        )
    )  # fmt: skip


def _split_form(project: Project, goal: Goal, dates: list[str], given: str, naming: list[str]) -> Split:
    split = goal.split
    ways = {"chance": say("By chance")}
    if dates:
        ways["time"] = say("By time: the latest rows are the test")
    if given:
        ways["given"] = say("As column “{column}” says", column=given)
    if naming:
        ways["group"] = say("By whose rows they are: all rows of one stay together")
    by, column, whose = "chance", "", ""
    if len(ways) > 1:
        by = st.radio(
            say("Which rows"), list(ways), index=list(ways).index(split.by if split.by in ways else "chance"), format_func=ways.__getitem__,
            key=f"by-{project.id}", horizontal=True,
        )  # fmt: skip
    if by == "time":
        at = dates.index(split.time_column) if split.time_column in dates else 0
        column = st.selectbox(say("The date that orders the rows"), dates, index=at, key=f"time-{project.id}")
    if by == "group":
        at = naming.index(split.column) if split.by == "group" and split.column in naming else 0
        whose = st.selectbox(say("Whose rows stay together"), naming, index=at, key=f"whose-{project.id}")
    left, middle, right = st.columns(3)
    validation = left.slider(
        say("Deciding when to stop, %"),
        5,
        40,
        round(split.validation * 100),
        5,
        key=f"validation-{project.id}",
    )
    test = middle.slider(
        say("Untouched test, %"), 5, 40, round(split.test * 100), 5, key=f"test-{project.id}"
    )
    seed = right.number_input(
        say("Number for drawing rows"), 0, 2**31 - 1, split.seed, key=f"seed-{project.id}",
        help=say("The same number gives the same rows on every machine."),
    )  # fmt: skip
    return Split(by, column, validation / 100, test / 100, int(seed), given if by == "given" else whose)
