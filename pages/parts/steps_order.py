"""The order in which the answers of a target stand, so that it can be seen whether it is meant so."""

import streamlit as st

from core.profile import ColumnFacts
from core.tasks.ordered import known_order
from core.words import say
from pages.parts import trouble


def told(column: ColumnFacts) -> None:
    """One line below the kind of question."""
    found = known_order(column.distinct, column.summary)
    if found:
        order = " < ".join(trouble.escape(name) for name in found)
        st.caption(say("From the least to the most: {order}", order=order))
    elif column.kind == "number":
        st.caption(say("From the smallest number to the largest."))
