"""What our pages wear: one small style sheet on top of the theme in `.streamlit/config.toml`."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent


def wear() -> None:
    """Put the style sheet on this page."""
    st.html(HERE / "style.css")
