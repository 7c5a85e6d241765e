"""What our pages wear: one small style sheet on top of the theme in `.streamlit/config.toml`."""

import json
from pathlib import Path

import streamlit as st

from core.words import say

HERE = Path(__file__).parent


def wear() -> None:
    """Put the style sheet on this page, and the words that it writes itself in the viewer's language."""
    st.html(HERE / "style.css")
    words = {
        "choose": say("Choose a file"),
        "drop": say("or drop it here"),
        "drawing": say("The editor is getting ready."),
        "no-drawing": say("The editor could not be fetched. Reload the page; nothing that you drew is lost."),
    }
    told = " ".join(f"--yard-{name}: {_quoted(text)};" for name, text in words.items())
    st.html(f"<style>:root {{ {told} }}</style>")


def _quoted(words: str) -> str:
    """Words as a style sheet writes them."""
    return json.dumps(words, ensure_ascii=False)
