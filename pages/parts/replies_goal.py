"""Goal, for finding answers: which columns hold the questions."""

from dataclasses import replace

import streamlit as st

from core.goal import Goal
from core.profile import Profile
from core.projects import Project
from core.tasks import best_answer
from core.words import say
from pages.parts import named, trouble

MOST_EXAMPLES = 3


def asking(goal: Goal, facts: Profile) -> tuple[str, ...]:
    """The columns to begin with for these answers."""
    return best_answer.fits(facts.kinds, {c.name: c.distinct for c in facts.columns}, goal.target)


def usable(goal: Goal, facts: Profile) -> list[str]:
    """The columns that may hold questions."""
    return [c.name for c in facts.columns if c.name != goal.target and c.kind in best_answer.HOLDS]


def inputs(project: Project, goal: Goal, facts: Profile) -> Goal:
    """The choice; the goal as it is answered."""
    st.subheader(say("Which column holds the questions?"), anchor=False)
    names = usable(goal, facts)
    picked = st.multiselect(
        say("Columns with the questions"), names, default=[name for name in goal.inputs if name in names], width=420,
        key=f"asking-{project.id}-{goal.target}", label_visibility="collapsed", placeholder=say("Choose a column"),
    )  # fmt: skip
    if not picked:
        trouble.show(
            say("No column is chosen to answer from."),
            say("Choose the column that holds the questions which “{target}” answers.", target=goal.target),
        )
        return replace(goal, inputs=())
    column = facts.column(picked[0])
    st.caption(say("For example: {examples}", examples=named.several(column.examples, MOST_EXAMPLES)))
    st.caption(
        say("All {count:,} different answers of “{target}” can be chosen from. The test asks only questions that were never "
            "asked in training: rows with the same question stay together.",
            count=facts.column(goal.target).distinct, target=named.short(goal.target))
    )  # fmt: skip
    return replace(goal, inputs=tuple(name for name in names if name in picked))
