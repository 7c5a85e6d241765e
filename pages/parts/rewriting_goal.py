"""Goal, for translating or rewriting: which column holds the texts to begin with."""

from dataclasses import replace

import streamlit as st

from core import suggest
from core.goal import Goal
from core.profile import Profile
from core.projects import Project
from core.tasks import rewrite
from core.words import say
from pages.parts import named, trouble

MOST_EXAMPLES = 3
FEW = 5_000


def beginning(goal: Goal, facts: Profile) -> Goal:
    """The goal to begin with for these texts."""
    found = suggest.rewriting_from(facts, goal.target, {**facts.kinds, goal.target: "text"})
    return suggest.rewriting(goal.target, found, facts.kinds)


def usable(goal: Goal, facts: Profile) -> list[str]:
    """The columns that may hold the texts to begin with."""
    return [c.name for c in facts.columns if c.name != goal.target and c.kind in rewrite.HOLDS]


def source(project: Project, goal: Goal, facts: Profile) -> Goal:
    """The choice; the goal as it is answered."""
    st.subheader(say("Which column holds the texts to begin with?"), anchor=False)
    names = usable(goal, facts)
    now = next((name for name in goal.inputs if name in names), None)
    picked = st.selectbox(
        say("Column with the texts to begin with"), names, index=names.index(now) if now else None, width=420,
        key=f"source-{project.id}-{goal.target}", label_visibility="collapsed", placeholder=say("Choose a column"),
    )  # fmt: skip
    if not picked:
        trouble.show(
            say("No column is chosen whose texts could become “{target}”.", target=goal.target),
            say(
                "Choose the column that holds the texts to begin with, such as the sentences in the other language."
            ),
        )
        return replace(goal, inputs=())
    column, rows = facts.column(picked), facts.rows
    st.caption(say("For example: {examples}", examples=named.several(column.examples, MOST_EXAMPLES)))
    st.caption(
        say("It learns from the {count:,} rows to turn a new text of “{source}” into one of “{target}”. Rows with the same text "
            "stay together, so that the test asks only for texts that were never seen in training.",
            count=rows, source=named.short(picked), target=named.short(goal.target))
    )  # fmt: skip
    if rows < FEW:
        st.caption(
            say("With fewer than {count:,} pairs it mostly learns to repeat; for a good translation it takes some ten thousand "
                "of the same kind.", count=FEW)
        )  # fmt: skip
    return replace(goal, inputs=(picked,))
