"""A file or a folder of pictures that lies on the server already: folders are walked through, one list at a time."""

import os
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from core import server_files
from core.errors import FileError
from core.server_files import MOST_LISTED, Entry
from core.words import say
from pages.parts import begin, layer_words, moments, named, trouble

AT = "server-folder"  # where somebody is; empty above the folders that are open


def draw() -> None:
    """Nothing, where no folder is open."""
    roots = server_files.roots()
    if not roots:
        return
    st.markdown(f"**{say('On the server')}**")
    at = Path(str(st.session_state.get(AT) or (roots[0] if len(roots) == 1 else "")))
    try:
        listed = _roots(roots) if at == Path() else server_files.entries(at)
    except FileError as error:
        st.session_state.pop(AT, None)  # it is gone, or not open any more
        trouble.show(error.what, error.fix)
        return
    if at != Path():
        _where(at, roots)
    chosen = st.selectbox(
        say("A file or a folder"), listed, index=None, format_func=_told, key=f"server-entry-{at}",
        placeholder=say("Choose one") if listed else say("There is nothing here"), disabled=not listed,
        help=say("Write to search. A folder opens; a file is read after one more click."),
    )  # fmt: skip
    if len(listed) == MOST_LISTED:
        st.caption(say("Only the first {count:,} are shown.", count=MOST_LISTED))
    if chosen is not None and chosen.folder:
        _enter(chosen.path)
    if chosen is not None and st.button(say("Read it"), icon=":material/file_open:", key="server-read"):
        _read(chosen.path)
    if chosen is None and at != Path() and any(entry.folder for entry in listed):
        _whole(at)


def _where(at: Path, roots: Sequence[Path]) -> None:
    """Which folder it is, and the way up."""
    root = next((root for root in roots if at.is_relative_to(root)), at)
    shown = " / ".join(named.short(part) for part in (root.name or str(root), *at.relative_to(root).parts))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(shown)
        if (at != root or len(roots) > 1) and st.button(
            say("Up"), icon=":material/arrow_upward:", type="tertiary", key="server-up"
        ):
            _enter(Path() if at == root else at.parent)


def _whole(at: Path) -> None:
    if st.button(
        say("Read the pictures of this folder"), icon=":material/perm_media:", key="server-whole",
        help=say("For pictures in folders that are called like what they show, or with a table of labels beside them."),
    ):  # fmt: skip
        _read(at)


def _roots(roots: Sequence[Path]) -> list[Entry]:
    return [Entry(root.name or str(root), root, True, 0, 0.0) for root in roots]


def _told(entry: Entry) -> str:
    """A line of the list."""
    if entry.folder:
        return f"{entry.name}{os.sep}"
    return f"{entry.name} · {layer_words.size(entry.size)} · {moments.ago(entry.changed)}"


def _enter(folder: Path) -> None:
    st.session_state[AT] = "" if folder == Path() else str(folder)
    st.rerun()


def _read(path: Path) -> None:
    try:
        found = server_files.to_read(str(path))
    except FileError as error:
        trouble.show(error.what, error.fix)
        return
    begin.read(found, found.name if found.is_dir() else found.stem)
