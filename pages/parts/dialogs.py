"""Dialogs that stay open when the page beneath them is drawn anew: a run's state changes while someone reads or types.

Streamlit opens a dialog for one drawing of the page only; any other one, such as that of a run that begins, would
shut it and lose what was typed into it. So which dialog is open is kept for the session, and each drawing opens it
again until the user shuts it or what it asked is done.
"""

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from pages.parts import place


def button(
    label: str,
    key: str,
    body: Callable[..., None],
    *args: Any,
    title: str = "",
    icon: str = "",
    type: Literal["primary", "secondary", "tertiary"] = "secondary",
    width: Literal["small", "medium", "large"] = "small",
    before: Callable[[], None] | None = None,
) -> None:
    """A button that opens a dialog.

    Args:
        key: The button's, and the dialog's name: one of them on a page.
        body: Draws what the dialog shows, from args. It calls `shut` when what it asked is done.
        title: Of the dialog, where it is not the button's label.
        before: Done as the button is pressed, such as shutting the menu that it stands in.
    """

    def pressed() -> None:
        place.open_dialog(key)
        if before is not None:
            before()

    st.button(label, key=key, icon=f":material/{icon}:" if icon else None, type=type, on_click=pressed)
    if place.dialog() == key:
        st.dialog(title or label, width=width, on_dismiss=place.shut_dialog)(body)(*args)


def shut() -> None:
    """Shut the dialog that is open, and draw the page anew. It does not return."""
    place.shut_dialog()
    st.rerun()
