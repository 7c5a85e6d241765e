"""Train, with few rows: what to expect, said before anything is trained."""

import streamlit as st

from core import home
from core.projects import Project
from core.results import expected
from core.words import say
from pages.parts import trouble


def draw(project: Project) -> None:
    """The sentences; nothing where there are rows enough, or nothing was tried."""
    if not project.prepared or not project.prepared.isalnum():
        return
    found = expected.read(home.folder("prepared") / project.prepared)
    if found is None:
        return
    sentences = " ".join(trouble.escape(str(sentence)) for sentence in expected.told(found))
    with st.container(key="card-expected", border=True, gap="small"):
        st.markdown(f"**{say('What to expect')}**  \n{sentences}")
        st.caption(
            say("Tried with a simple model on your own rows; none of those kept for the test took part.")
        )
