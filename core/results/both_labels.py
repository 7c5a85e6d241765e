"""Texts that carry several answers: the same words, once labelled so and once otherwise; no model can get both right."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Torn:
    """A text that carries several answers.

    Args:
        rows: The places of its copies among the texts, in order.
        labels: The answers that they carry, each once, in the order in which they come.
    """

    rows: tuple[int, ...]
    labels: tuple[str, ...]


def find(texts: Sequence[str], labels: Sequence[str]) -> list[Torn]:
    """The texts that carry several answers, in the order of their first copies.

    Texts are the same that differ in case, spaces and punctuation alone; those without any letter or digit are left aside,
    and so are rows without an answer.
    """
    met: dict[str, list[int]] = {}
    for row, (text, label) in enumerate(zip(texts, labels, strict=True)):
        alike = plain(text)
        if alike and label:
            met.setdefault(alike, []).append(row)
    found = [Torn(tuple(rows), tuple(dict.fromkeys(labels[row] for row in rows))) for rows in met.values()]
    return [torn for torn in found if len(torn.labels) > 1]


def plain(text: str) -> str:
    """The text as it is compared: without its case, spaces and punctuation."""
    return _BETWEEN.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
