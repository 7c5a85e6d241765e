"""Rows as they are parsed become lines of a table: without empty ones, lines of dashes and comments."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.readers import _notes as tell
from core.readers._delimiter import is_comment, is_rule
from core.readers._header import has_header
from core.words import Sentence

Row = list[str]
_MOST_ABOVE = 60


@dataclass(frozen=True)
class Lines:
    """Rows with content, those of them with an empty line in front, and what was left out."""

    rows: list[Row]
    gaps: frozenset[int]
    notes: tuple[Sentence, ...]


def lines_of(parsed: Sequence[Row], delimiter: str = "") -> Lines:
    """The lines that may belong to the table or its titles."""
    rules = {place for place, row in enumerate(parsed) if row and is_rule(row)}
    filled = [len(row) for place, row in enumerate(parsed) if row and place not in rules]
    width = Counter(filled).most_common(1)[0][0] if filled else 0
    comments = _comments(parsed, width, delimiter) if width > 1 else set()
    rows: list[Row] = []
    gaps, gap = set(), False
    for place, row in enumerate(parsed):
        if place in rules or place in comments:
            continue
        if not row or not (len(row) > 1 or row[0].strip()):
            gap = True
            continue
        if gap:
            gaps.add(len(rows))
        rows.append(row)
        gap = False
    return Lines(rows, frozenset(gaps), tell.comments([parsed[place] for place in sorted(comments)]))


def _comments(parsed: Sequence[Row], width: int, delimiter: str) -> set[int]:
    """Lines that begin with the sign of a comment, but for one that holds the names."""
    found = [place for place, row in enumerate(parsed) if row and is_comment(row, delimiter)]
    first = next(
        (place for place, row in enumerate(parsed) if row and not is_comment(row, delimiter)), len(parsed)
    )
    leading = [place for place in found if place < first]
    if len(leading) > _MOST_ABOVE or any(len(parsed[place]) == width for place in found if place > first):
        return set()  # cells may begin with such a sign
    if leading:
        body = [row for row in parsed[first : first + 100] if row]
        named = len(parsed[leading[-1]]) in (width, width + 1) and body and not has_header(body[0], body[1:])
        return set(found) - ({leading[-1]} if named else set())
    return set(found)
