"""What is chosen now: ids only, in the page's address first. Only here is the browser's session touched."""

from typing import Any

import streamlit as st

from core import home, projects, words
from core.projects import Project

PROJECT, RUN, LANGUAGE, REVISION, WINDOW = "project", "run", "lang", "revision", "window"
DIALOG, SHOWN = "dialog", "shown"


def _asked(name: str) -> str:
    """The id in the address, else the one used last in this session, else nothing."""
    found = st.query_params.get(name, "") or st.session_state.get(name, "")
    if found:
        st.session_state[name] = found
    return found


def project() -> Project | None:
    """The project in the address, else this session's, else the one changed last; None if there is none.

    Raises:
        DataError: If the address names a project that is not there.
    """
    if st.query_params.get(PROJECT):
        return projects.load(_asked(PROJECT))
    every = projects.everything()
    wanted = st.session_state.get(PROJECT, "")
    found = next((p for p in every if p.id == wanted), every[0] if every else None)
    if found is not None:
        st.session_state[PROJECT] = found.id
        st.query_params[PROJECT] = found.id
    return found


def choose_run(id: str) -> None:
    """From now on this run is meant."""
    st.session_state[RUN] = id
    st.query_params[RUN] = id


def forget_run() -> None:
    """From now on no run is meant by itself: the one that was is gone."""
    st.session_state.pop(RUN, None)
    st.query_params.pop(RUN, None)


def run_id() -> str:
    """The run in the address or used last in this session, or empty."""
    return _asked(RUN)


def note(name: str, value: str) -> None:
    """Keep a small id, such as a child process's, in the address, so that a reload finds it again."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def noted(name: str) -> str:
    """What `note` kept, or empty."""
    return st.query_params.get(name, "")


def keep(name: str, value: str) -> None:
    """Keep a text for this session, one that is too long for the address."""
    st.session_state[name] = value


def kept(name: str) -> str:
    """What `keep` kept, or empty."""
    return st.session_state.get(name, "")


def revision() -> int:
    """Part of a form's keys: it changes when the form's values were changed from outside of it."""
    return st.session_state.get(REVISION, 0)


def renew_forms() -> None:
    """Forget what widgets of forms hold: they begin again with what is kept in the project."""
    st.session_state[REVISION] = revision() + 1


def open_dialog(name: str) -> None:
    """From now on this dialog is open, until it is shut or another page, project or run is shown."""
    st.session_state[DIALOG] = name


def shut_dialog() -> None:
    """From now on no dialog is open."""
    st.session_state.pop(DIALOG, None)


def dialog() -> str:
    """The dialog that is open, or empty."""
    return st.session_state.get(DIALOG, "")


def arrive(page: str) -> None:
    """Note what is shown now; a dialog of something else is open no longer."""
    shown = (page, st.query_params.get(PROJECT, ""), st.query_params.get(RUN, ""))
    before = st.session_state.get(SHOWN, shown)
    st.session_state[SHOWN] = shown
    if before != shown:
        shut_dialog()


def app_address() -> str:
    """Where this browser opens the app, without a slash at its end; empty where that is not known."""
    return (st.context.url or "").partition("?")[0].rpartition("/")[0]


def window() -> str:
    """Tells this browser window from others that look at the same project; a reload makes a new one."""
    return st.session_state.setdefault(WINDOW, home.new_id())


def seen(name: str) -> tuple[str, int]:
    """What `see` kept for this window, or an empty text and 0."""
    return st.session_state.get(f"seen-{name}", ("", 0))


def see(name: str, load: str, stamp: int) -> None:
    """Keep which state of something this window knows."""
    st.session_state[f"seen-{name}"] = (load, stamp)


def conversation(run_id: str) -> list[dict[str, Any]]:
    """What was said to a run's model in this window."""
    return st.session_state.get(f"said-{run_id}", [])


def keep_conversation(run_id: str, said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep what was said, and give it back."""
    st.session_state[f"said-{run_id}"] = said
    return said


def begin_with(key: str, value: object) -> None:
    """What a widget holds at first; unlike with a default of its own, the user may empty it."""
    if value is not None and key not in st.session_state:
        st.session_state[key] = value


def chosen_language() -> str:
    """The language chosen by hand, or empty."""
    wanted = _asked(LANGUAGE)
    return wanted if wanted in words.LANGUAGES else ""


def choose_language(name: str) -> None:
    """From now on this language is spoken."""
    st.session_state[LANGUAGE] = name
    st.query_params[LANGUAGE] = name


def address(project_id: str = "", run: str = "") -> dict[str, str]:
    """What a link to another page carries."""
    kept = {PROJECT: project_id, RUN: run, LANGUAGE: chosen_language()}
    return {name: value for name, value in kept.items() if value}
