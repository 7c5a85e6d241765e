"""Rows that are too long because a delimiter stands in a cell that nobody quoted."""

from collections import Counter
from collections.abc import Sequence

from core.readers._kinds import kind

Row = Sequence[str]
_LOOKED_AT = 500


def joined(rows: Sequence[Row], width: int, delimiter: str) -> tuple[list[Row], int]:
    """The rows, those put together again whose cells then are what their columns are; and how many.

    Only where one place fits better than all others, and better than extra cells at the end.

    Example:
        >>> joined([["1", "Ann", "34"], ["2", "Bo", "51"], ["3", "Lee", " Cy", "27"]], 3, ",")
        ([['1', 'Ann', '34'], ['2', 'Bo', '51'], ['3', 'Lee, Cy', '27']], 1)
    """
    even = [row for row in rows if len(row) == width][:_LOOKED_AT]
    if len(even) < 2 or width < 2 or not delimiter or len(even) == len(rows):
        return list(rows), 0
    kinds = [_usual([row[place] for row in even]) for place in range(width)]
    if all(k == "text" for k in kinds):
        return list(rows), 0
    made: list[Row] = []
    count = 0
    for row in rows:
        better = _better(row, kinds, delimiter) if len(row) > width else None
        made.append(better or row)
        count += better is not None
    return made, count


def _usual(cells: Sequence[str]) -> str:
    """The kind of nearly all cells, or text."""
    kinds = Counter(k for k in map(kind, cells) if k != "empty")
    total = sum(kinds.values())
    name, count = kinds.most_common(1)[0] if kinds else ("text", 0)
    return name if count >= 0.9 * total else "text"


def _fit(row: Row, kinds: Sequence[str]) -> int:
    return sum(
        kind(cell) in (wanted, "empty") for cell, wanted in zip(row, kinds, strict=False) if wanted != "text"
    )


def _better(row: Row, kinds: Sequence[str], delimiter: str) -> Row | None:
    """The row with some neighbouring cells put together, None where no place is clearly best."""
    extra = len(row) - len(kinds)
    if extra > 30:
        return None
    tried = []
    for place, wanted in enumerate(kinds):
        if wanted != "text":
            continue
        whole = [*row[:place], delimiter.join(row[place : place + extra + 1]), *row[place + extra + 1 :]]
        prose = sum(cell.startswith(" ") for cell in row[place + 1 : place + extra + 1])
        tried.append((_fit(whole, kinds), prose, whole))
    tried.sort(key=lambda one: one[:2], reverse=True)
    typed = sum(wanted != "text" for wanted in kinds)
    if not tried or tried[0][0] < typed or (len(tried) > 1 and tried[0][:2] == tried[1][:2]):
        return None
    as_it_is = _fit(row, kinds)
    return tried[0][2] if tried[0][0] > as_it_is or tried[0][1] == extra else None
