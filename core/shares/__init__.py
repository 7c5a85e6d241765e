"""Pages about a model that somebody shares: made, found, withdrawn, and counted how often they are opened.

shares/<id>.json      what the page says, until when, and whether it was withdrawn
shares/<id>.opened    one byte for each time that it was opened
"""

import re
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core import home
from core.errors import SettingError
from core.words import mark

DAY = 86_400
# For how many days a page may stand; 0 is for ever.
DAYS = {1: mark("a day"), 7: mark("a week"), 30: mark("a month"), 0: mark("until I withdraw it")}
LONGEST_TITLE, LONGEST_WORDS = 120, 2_000  # characters
MOST_EXAMPLES = 3
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Share:
    """A page that is shared.

    Args:
        id: Names it; whoever knows it alone cannot open it, see `pages.parts.share_link`.
        run: Whose model answers.
        title: What stands on top.
        words: What the user says about it, with line breaks.
        language: Which language the page speaks.
        examples: Rows to begin with, texts by column.
        results: Whether the page tells how good the model is.
        made: Seconds since 1970.
        ends: When it can no longer be opened, or None.
        withdrawn: When it was withdrawn, or None.
    """

    id: str
    run: str
    title: str
    words: str = ""
    language: str = "en"
    examples: tuple[Mapping[str, str], ...] = ()
    results: bool = True
    made: float = 0.0
    ends: float | None = None
    withdrawn: float | None = None

    @property
    def over(self) -> bool:
        """Whether it was withdrawn or its time is up."""
        return self.withdrawn is not None or (self.ends is not None and time.time() >= self.ends)


def make(
    run: str,
    title: str,
    words: str = "",
    language: str = "en",
    examples: Sequence[Mapping[str, str]] = (),
    results: bool = True,
    days: int = 7,
) -> Share:
    """A new page; whoever has its link can open it from now on.

    Raises:
        SettingError: If the title is empty, or title or words are too long.
    """
    title, words = " ".join(title.split()), words.strip()
    if not title:
        raise SettingError(mark("The page has no title."), mark("Write what it is about."))
    for label, text, most in ((mark("Title"), title, LONGEST_TITLE), (mark("Words"), words, LONGEST_WORDS)):
        if len(text) > most:
            raise SettingError(
                mark("“{label}” has {count:,} characters.", label=label, count=len(text)),
                mark("Shorten it to {most:,} at most.", most=most),
            )
    now = time.time()
    made = Share(
        secrets.token_hex(8), run, title, words, language, tuple(examples[:MOST_EXAMPLES]), results, now,
        now + days * DAY if days else None,
    )  # fmt: skip
    _write(made)
    return made


def find(id: str) -> Share | None:
    """The page with this id, also one that is over; None where there never was one, or where it was forgotten."""
    if not _ID.fullmatch(id):
        return None
    try:
        return _read(_path(id))
    except FileNotFoundError:
        return None


def of_run(run: str) -> list[Share]:
    """All pages about this run's model, the latest first."""
    every = (_read(path) for path in home.folder("shares").glob("*.json"))
    return sorted((share for share in every if share.run == run), key=lambda share: -share.made)


def withdraw(id: str) -> None:
    """From now on the page says that it was withdrawn, and answers nothing."""
    share = find(id)
    if share is not None and share.withdrawn is None:
        _write(replace(share, withdrawn=time.time()))


def forget(id: str) -> None:
    """Remove all that is kept about the page; its link leads nowhere from now on."""
    if _ID.fullmatch(id):
        _path(id).unlink(missing_ok=True)
        _counted(id).unlink(missing_ok=True)


def count_opening(share: Share) -> None:
    """The page was opened once more."""
    with _counted(share.id).open("ab") as file:
        file.write(b".")


def opened(share: Share) -> int:
    """How often the page was opened."""
    path = _counted(share.id)
    return path.stat().st_size if path.exists() else 0


def _write(share: Share) -> None:
    home.write_json(_path(share.id), asdict(share))


def _read(path: Path) -> Share:
    data: dict[str, Any] = home.read_json(path)
    return Share(**{**data, "examples": tuple(data["examples"])})


def _path(id: str) -> Path:
    return home.folder("shares") / f"{id}.json"


def _counted(id: str) -> Path:
    return home.folder("shares") / f"{id}.opened"
