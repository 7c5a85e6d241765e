"""What our pages wear: one small style sheet on top of the theme in `.streamlit/config.toml`."""

import json
from pathlib import Path

import streamlit as st

from core.words import say

HERE = Path(__file__).parent


def wear() -> None:
    """Put the style sheet on this page, and the words that it writes itself in the viewer's language."""
    st.html(HERE / "style.css")
    choose, drop = _quoted(say("Choose a file")), _quoted(say("or drop it here"))
    st.html(f"<style>.stApp {{ --yard-choose: {choose}; --yard-drop: {drop}; }}</style>")


def _quoted(words: str) -> str:
    """Words as a style sheet writes them."""
    return json.dumps(words, ensure_ascii=False)
