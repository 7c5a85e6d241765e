"""Goal, for writing on: what it learns from, and which part of the texts is kept apart."""

import streamlit as st

from core.goal import Goal
from core.profile import Profile
from core.projects import Project
from core.words import say
from pages.parts import named

FEW = 20_000


def told(project: Project, goal: Goal, facts: Profile) -> None:
    """Everything follows from the texts; it is only said what happens with them."""
    st.subheader(say("What it learns from"), anchor=False)
    st.markdown(
        say(
            "It reads the {count:,} texts of “{column}” one after the other, character by character, and learns to tell "
            "what comes next. Afterwards it goes on from any beginning.",
            count=facts.rows - facts.column(goal.target).missing, column=named.short(goal.target),
        )
    )  # fmt: skip
    st.subheader(say("Texts kept apart for an honest test"), anchor=False)
    st.markdown(
        say(
            "The first **{train:.0%}** of the texts are learned from, the next **{validation:.0%}** decide when to stop, and "
            "the last **{test:.0%}** stay untouched until Results.",
            train=1 - goal.split.validation - goal.split.test, validation=goal.split.validation, test=goal.split.test,
        )
    )  # fmt: skip
