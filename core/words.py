"""Sentences that can be translated: English is the source, values are placeholders, nothing is glued together.

`mark` keeps a sentence for later (labels of a module, errors, events); `say` speaks it now. Both are known to
the extractor, see `make words`.
"""

import gettext as gettext_module
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any

CATALOGUES = Path(__file__).parent / "locale"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_asks: list[Callable[[], str]] = [lambda: "en"]
_speaking: ContextVar[str] = ContextVar("language spoken", default="")


def follow(language: Callable[[], str]) -> None:
    """From now on, speak the language that `language()` answers at the moment of speaking.

    The browser's session decides on a page and an environment variable in a terminal, so this is asked each
    time and never stored.
    """
    _asks[0] = language


def language() -> str:
    """The language spoken now, one of `LANGUAGES`."""
    wanted = _speaking.get() or _asks[0]()
    return wanted if wanted in LANGUAGES else "en"


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """While this lasts, this thread speaks that language, whatever `follow` was told."""
    before = _speaking.set(name)
    try:
        yield
    finally:
        _speaking.reset(before)


@lru_cache
def _catalogue(name: str) -> gettext_module.NullTranslations:
    return gettext_module.translation("modelyard", CATALOGUES, [name], fallback=True)


@dataclass(frozen=True)
class Sentence:
    """A sentence with its values, not yet spoken: `str()` translates it and fills the values in.

    Args:
        text: The English sentence, with placeholders in braces.
        values: What stands in the placeholders: text or numbers, sentences of their own, or lists of these.
        plural: The sentence for any `count` but one, where numbers change the wording.

    Example:
        >>> str(Sentence("{count} row", {"count": 3}, plural="{count:,} rows"))
        '3 rows'
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    plural: str = ""

    def __str__(self) -> str:
        if not self.text:
            return ""
        catalogue = _catalogue(language())
        if self.plural:
            template = catalogue.ngettext(self.text, self.plural, int(self.values["count"]))
        else:
            template = catalogue.gettext(self.text)
        # A sentence without values may hold braces of its own.
        values = {name: listed(v) if isinstance(v, (list, tuple)) else v for name, v in self.values.items()}
        return template.format(**values) if values else template

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def to_json(self) -> dict[str, Any]:
        """Plain data, so that another process can speak it in another language."""
        values = {key: _plain(v) for key, v in self.values.items()}
        return {"text": self.text, "values": values, **({"plural": self.plural} if self.plural else {})}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Sentence":
        values = {key: _spoken(v) for key, v in data["values"].items()}
        return cls(data["text"], values, data.get("plural", ""))


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.to_json() if isinstance(value, Sentence) else value


def _spoken(value: Any) -> Any:
    if isinstance(value, list):
        return [_spoken(item) for item in value]
    return Sentence.from_json(value) if isinstance(value, dict) else value


def listed(items: Iterable[Any]) -> str:
    """The items one after the other, with the comma of the language spoken now.

    Example:
        >>> listed(["age", "town", 3])
        'age, town, 3'
    """
    texts = [str(item) for item in items]
    return (
        reduce(lambda before, last: say("{before}, {last}", before=before, last=last), texts)
        if texts
        else "–"
    )


def mark(text: str, plural: str = "", **values: Any) -> Sentence:
    """A sentence to be spoken later."""
    return Sentence(text, values, plural)


def say(text: str, plural: str = "", **values: Any) -> str:
    """The sentence in the language spoken now.

    Example:
        >>> say("{name} has {rows:,} rows.", name="churn.csv", rows=7043)
        'churn.csv has 7,043 rows.'
    """
    return str(Sentence(text, values, plural))
