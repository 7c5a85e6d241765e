"""Where the table stands among a file's rows: below titles, above notes, the largest of several."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.readers._header import has_header, votes

Row = Sequence[str]
_MOST_TITLES = 40


@dataclass(frozen=True)
class Section:
    """Rows from `first` up to `end` that belong together, most of them with `width` cells; `score` is their size."""

    first: int
    end: int
    width: int
    score: float


def table_in(rows: Sequence[Row], gaps: Collection[int]) -> tuple[Section, int]:
    """The section with the table, and how many other tables there are.

    Args:
        rows: The rows, empty ones left out.
        gaps: The rows with an empty line in front.
    """
    starts = sorted(place for place in gaps if 0 < place < len(rows))
    # Empty lines everywhere divide nothing.
    if len(starts) > max(8, 0.25 * len(rows)) or (len(starts) >= 3 and len(starts) >= 0.6 * (len(rows) - 1)):
        starts = []
    places = [0, *starts, len(rows)]
    some = [_section(rows, a, b) for a, b in pairwise(places)]
    if len(some) == 1:
        return some[0], 0
    merged: list[Section] = []
    for one in some:
        if merged and _goes_on(rows, merged[-1], one):
            merged[-1] = _section(rows, merged[-1].first, one.end)
        else:
            merged.append(one)
    best = max(merged, key=lambda s: s.score)
    others = sum(
        (s.width == best.width and s.end - s.first >= 3) or _is_table(rows, s)
        for s in merged
        if s is not best
    )
    return best, others


def _section(rows: Sequence[Row], first: int, end: int) -> Section:
    lengths = Counter(len(row) for row in rows[first : min(end, first + 5000)])
    width, count = max(lengths.items(), key=lambda pair: (pair[1], pair[0]))
    filled = sum(1 for row in rows[first : min(end, first + 50)] for cell in row if cell.strip())
    share = min(1.0, filled / max(1, width * min(50, end - first)))
    return Section(
        first, end, width, (end - first) * (count / min(5000, end - first)) * (width - 0.7) ** 1.5 * share
    )


def _is_table(rows: Sequence[Row], one: Section) -> bool:
    body = rows[one.first + 1 : one.end]
    return (
        one.width >= 2
        and len(body) >= 2
        and has_header(rows[one.first], body)
        and votes(rows[one.first], body) > 0
    )


def _goes_on(rows: Sequence[Row], above: Section, below: Section) -> bool:
    """Whether an empty line divides two pieces of one table."""
    if above.width != below.width:
        return False
    head, body = rows[below.first], rows[below.first + 1 : below.end]
    if list(head) == list(rows[above.first]):
        return True
    named = len(body) > 1 and votes(head, body) > 0
    if above.end - above.first == 1:
        # A line alone is the header of what stands below, unless that has its own.
        return not (bool(body) and votes(head, body) > 0)
    return not named


def titles(rows: Sequence[Row], width: int) -> int:
    """How many rows stand above the table: short ones before the first full one."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    several = sorted(count for count in filled if count > 1)
    typical = several[len(several) // 2] if several else 0
    for place, row in enumerate(rows[:_MOST_TITLES]):
        if typical < 2:
            return place
        full = filled[place] >= max(2, 0.6 * typical) and len(row) > 0.5 * width
        if full or _is_span(rows, place, width):
            return 0 if place == 0 else place
    return 0


def _is_span(rows: Sequence[Row], place: int, width: int) -> bool:
    """Whether a row with few names stands over several columns: ",score" or ";2022;;2023;" is no title."""
    row = rows[place]
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    if not filled or len(row) < width:
        return False
    if not row[0].strip():
        return True
    return len(filled) > 1 and filled[1] - filled[0] > 1
