"""Bring a table that is no file here: one on the server, cells that were copied, or what lies at a web address."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import streamlit as st

from core import home
from core.errors import FileError
from core.sources import SHELF as SOURCES
from core.words import say
from pages.parts import begin, server_files, trouble

PIXELS = 160
MOST_PASTED = 20_000_000  # characters


def draw() -> None:
    """Folded away until somebody wants it."""
    with st.expander(say("From somewhere else"), icon=":material/link:"):
        server_files.draw()
        with st.form("pasted", border=False):
            text = st.text_area(
                str(SOURCES["pasted"].LABEL), key="pasted-cells", height=PIXELS, max_chars=MOST_PASTED, help=str(SOURCES["pasted"].HELP)
            )  # fmt: skip
            if st.form_submit_button(say("Read what was pasted"), icon=":material/content_paste:"):
                _pasted(text)
        with st.form("fetched", border=False):
            address = st.text_input(
                str(SOURCES["web"].LABEL),
                key="address",
                placeholder="https://",
                help=str(SOURCES["web"].HELP),
            )
            if st.form_submit_button(say("Fetch it"), icon=":material/download:") and address.strip():
                begin.fetch(address.strip(), _called(address))


def _pasted(text: str) -> None:
    folder = home.folder("uploads", home.new_id())
    try:
        path = SOURCES["pasted"].bring(text, folder)
    except FileError as error:
        folder.rmdir()
        trouble.show(error.what, error.fix)
        return
    begin.read(path, say("Pasted table"), str(folder))


def _called(address: str) -> str:
    """A name for what lies there: the file's own without its ending, or the server's."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    return (Path(unquote(parts.path)).stem or parts.netloc.rpartition("@")[2] or say("Fetched table"))[:80]
