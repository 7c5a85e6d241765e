"""A user's error becomes two sentences; anything else is our fault, gets an id, and is written to the log."""

import functools
import logging
import secrets
import time
import traceback
from collections.abc import Callable
from typing import ParamSpec

import streamlit as st

from core import home
from core.errors import UserError
from core.words import Sentence, say

_log = logging.getLogger("modelyard")
P = ParamSpec("P")


def guarded(body: Callable[P, None]) -> Callable[P, None]:
    """The same page, or part of a page, that never shows a traceback."""

    @functools.wraps(body)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            body(*args, **kwargs)
        except UserError as error:
            show(error.what, error.fix)
        except Exception as error:
            our_fault(error)

    return drawn


def show(what: Sentence | str, fix: Sentence | str) -> None:
    """The two sentences: what is the matter, and what to do now."""
    st.error(f"**{_plain(what)}**\n\n{_plain(fix)}", icon=":material/error:")


def our_fault(error: Exception) -> None:
    """Say that it was us, with an id under which the log tells developers everything."""
    id = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}"
    trace = "".join(traceback.format_exception(error))
    _log.error("our fault %s\n%s", id, trace)
    path = home.folder("log") / f"{id}.txt"
    path.write_text(trace, encoding="utf-8")
    st.error(
        say(
            "**Something went wrong on our side, not yours.**\n\nNothing that you chose is lost: reload the page "
            "and go on. If it comes back, send us the file `{file}` from the workspace's folder `log`.",
            file=path.name,
        ),
        icon=":material/build:",
    )


def _plain(text: Sentence | str) -> str:
    """The text with Markdown's signs made harmless: a column may be called `*_id*`."""
    return escape(str(text))


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    for sign in "\\`*_{}[]<>#$~:|":
        text = text.replace(sign, f"\\{sign}")
    return text
