"""Heavy work in a child process: started from a page, followed by a bar, cancelled by a button.

The page process stays small and quick: tables are read and prepared by `python -m core …`, which reports its
progress on stderr and its answer on stdout, one JSON object a line.
"""

import json
import os
import subprocess
import sys
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import streamlit as st

from core import home, words
from core.errors import UserError
from core.words import Sentence, say
from pages.parts import trouble

ROOT = Path(__file__).parent.parent.parent
LOOK_SECONDS = 0.4
MOST_KEPT = 64
MOST_WORDS = 200

_children: OrderedDict[str, "Child"] = OrderedDict()


@dataclass
class Child:
    """One command of `python -m core` that runs, or has ended.

    Args:
        id: What a page's address keeps, so that a reload finds it again.
        about: What the page wants to remember, such as a file's name.
    """

    id: str
    process: subprocess.Popen[str]
    about: dict[str, str]
    share: float = 0.0
    text: str = ""
    cancelled: bool = False
    output: str = ""
    words: list[str] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)

    @property
    def running(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def cancel(self) -> None:
        """End it; what it has half written is never seen."""
        self.cancelled = True
        self.process.terminate()

    def answer(self) -> dict[str, Any]:
        """What it printed.

        Raises:
            UserError: What it said that the user can put right.
            RuntimeError: If it ended in any other way, with its last words.
        """
        code = self.process.wait()
        if code == 0:
            return json.loads(self.output)
        try:
            told = json.loads(self.output)["error"]
        except (ValueError, KeyError):
            raise RuntimeError("\n".join([f"exit code {code}", *self.words])) from None
        raise UserError(Sentence(told["what"]), Sentence(told["fix"]))

    def _hear(self) -> None:
        with self.process.stderr as stream:
            for line in stream:
                self._take(line)

    def _take(self, line: str) -> None:
        try:
            told = json.loads(line)
            self.share, self.text = float(told["progress"]), str(told["text"])
        except (ValueError, KeyError, TypeError):  # its own words, of use only if it fails
            self.words = [*self.words[-MOST_WORDS:], line.rstrip()]

    def _collect(self) -> None:
        with self.process.stdout as stream:
            self.output = stream.read()
        self.process.wait()


def start(arguments: list[str], **about: str) -> Child:
    """Start `python -m core` with these arguments, in the viewer's language."""
    environment = {
        **os.environ,
        "MODELYARD_HOME": str(home.folder()),
        "MODELYARD_LANGUAGE": words.language(),
        "PYTHONIOENCODING": "utf-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "core", *arguments],
        cwd=ROOT, env=environment, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    child = Child(home.new_id(), process, about)
    child.threads = [Thread(target=work, daemon=True) for work in (child._hear, child._collect)]
    for thread in child.threads:
        thread.start()
    _children[child.id] = child
    while len(_children) > MOST_KEPT:
        _children.popitem(last=False)
    return child


def find(id: str) -> Child | None:
    """The child with this id, or None, which is also so after a restart of the server."""
    return _children.get(id)


def forget(child: Child) -> None:
    """The page has taken the answer."""
    _children.pop(child.id, None)


@st.fragment(run_every=LOOK_SECONDS)
@trouble.guarded
def follow(child: Child, title: str) -> None:
    """The bar and the button; when the child has ended, the whole page is drawn again."""
    if not child.running:
        st.rerun(scope="app")
    with st.container(key="child", border=True):
        if child.text:
            st.markdown(f"**{title}**")
            st.progress(min(max(child.share, 0.0), 1.0), text=trouble.escape(child.text))
        else:
            st.status(title, state="running")
        if st.button(say("Cancel"), key="child-cancel", icon=":material/close:"):
            child.cancel()
            st.rerun(scope="app")
