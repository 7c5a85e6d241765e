"""A shelf: signs, each one thing that the curves of a training say, in plain words and with what would help.

One file is one sign; files whose names begin with an underscore hold what signs share. A sign gives:

    LABEL         what it is called, short: `Sentence`
    HUSHES        names of the signs that need not be said where this one is seen
    EXAMPLES      `{"seen": [History, …], "not_seen": [History, …]}` for the contract test
    look(history) the `Sign`, or None where it is not there; claims no more than the curves carry
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.shelf import Shelf
from core.signs._edits import changed, detail, offered
from core.signs._history import History
from core.signs._sign import Change, Evidence, Sign
from core.words import mark

__all__ = ["MOST", "SHELF", "Change", "Evidence", "History", "Sign", "changed", "detail", "offered", "seen"]

SHELF = Shelf(__name__, mark("sign"))
MOST = 3  # one main sentence, and at most two others


def seen(
    begin: Mapping[str, Any],
    epochs: Sequence[Mapping[str, Any]],
    last: Mapping[str, Mapping[str, Any]],
    state: str,
) -> list[Sign]:
    """The signs of a training so far, the most important first.

    Args:
        begin: The run's event `begin`, empty before it.
        epochs: Its events `epoch`.
        last: The last event of each kind.
        state: One of `core.runs.STEPS`.
    """
    return told(History(begin, epochs, last, state))


def told(history: History) -> list[Sign]:
    """As `seen`, of a history."""
    looked = {name: item.look(history) for name, item in SHELF.items()}
    found = {name: replace(sign, name=name) for name, sign in looked.items() if sign is not None}
    hushed = {other for name in found for other in SHELF[name].HUSHES}
    said = [sign for name, sign in found.items() if name not in hushed]
    return _each_change_once(sorted(said, key=lambda sign: sign.rank)[:MOST])


def _each_change_once(said: list[Sign]) -> list[Sign]:
    """What an earlier sign offers already, a later one does not offer again."""
    known: set[str] = set()
    found = []
    for sign in said:
        found.append(replace(sign, changes=tuple(c for c in sign.changes if c.name not in known)))
        known |= {change.name for change in sign.changes}
    return found
