"""Design, for recommending: why this template, and what was noticed about who had what."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import prepare, templates
from core.words import say
from pages.parts import trouble


def draw(facts: Mapping[str, Any], template: str) -> None:
    """Why the template to begin with was chosen, and what was noticed; nothing for all other questions.

    Args:
        facts: Of the prepared rows.
        template: The one that is chosen now.
    """
    why = templates.why_default(facts)
    if why is not None and template == templates.default_for(facts):
        st.caption(trouble.escape(str(why)))
    notes = prepare.noticed(facts)
    if notes:
        with st.expander(say("What was noticed in the data"), icon=":material/info:"):
            st.markdown("\n".join(f"- {trouble.escape(str(note))}" for note in notes))
