"""Which language this viewer reads: chosen by hand, else what the browser asks for, else English."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import words
from pages.parts import place

KEY = "lang"

_asked: ContextVar[str] = ContextVar("language asked for", default="")


def follow_session() -> None:
    """From now on sentences are spoken in the language of the viewer whose page is being drawn."""
    words.follow(spoken)


def spoken() -> str:
    """The viewer's language, one of `words.LANGUAGES`; English outside a page."""
    if _asked.get():
        return _asked.get()
    if get_script_run_ctx(suppress_warning=True) is None:
        return "en"
    return place.chosen_language() or _known(st.context.locale or "")


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """While this lasts, sentences of this request are spoken in that language, whatever others ask for meanwhile."""
    follow_session()  # the server may answer a request before it drew its first page
    before = _asked.set(name if name in words.LANGUAGES else "en")
    try:
        yield
    finally:
        _asked.reset(before)


def _known(locale: str) -> str:
    """The language of ours that a browser's locale such as `zh-CN` means."""
    short = locale.replace("_", "-").split("-")[0].lower()
    return next((name for name in words.LANGUAGES if name.split("_")[0] == short), "en")


def of_browser(accepted: str) -> str:
    """The language of ours that a browser asks for first, as its header `Accept-Language` says; English if none."""
    return _known(accepted.split(",")[0].split(";")[0].strip())


def switch() -> None:
    """The small menu that changes the language."""
    names = list(words.LANGUAGES)
    with st.popover(words.LANGUAGES[spoken()], type="tertiary", icon=":material/language:"):
        for name in names:
            if st.button(words.LANGUAGES[name], key=f"language-{name}", type="tertiary", width="stretch"):
                place.choose_language(name)
                st.rerun()
