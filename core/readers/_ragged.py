"""Rows that are too long because a delimiter stands in a cell that nobody quoted."""

from collections import Counter
from collections.abc import Sequence

from core.readers._kinds import kind

Row = Sequence[str]
_LOOKED_AT = 500
_FEWEST_ROWS, _MOST_VALUES = (
    10,
    0.2,
)  # from how many rows on a column of few different values is known by them; share of the rows
_OFTEN, _OFTEN_ROWS = 0.2, 5  # share of the rows, and so many at least
_NAME = 40  # characters of the longest name of a column

Usual = str | frozenset[str]


def joined(rows: Sequence[Row], width: int, delimiter: str) -> tuple[list[Row], int]:
    """The rows, those put together again whose cells then are what their columns are; and how many.

    Only where one place fits better than all others, and better than extra cells at the end.

    Example:
        >>> joined([["1", "Ann", "34"], ["2", "Bo", "51"], ["3", "Lee", " Cy", "27"]], 3, ",")
        ([['1', 'Ann', '34'], ['2', 'Bo', '51'], ['3', 'Lee, Cy', '27']], 1)
    """
    if (
        width < 2 or not delimiter or len(set(map(len, rows))) < 2
    ):  # all longer by one: the first column has no name
        return list(rows), 0
    # Single rows may have a cell too many; where many have, it is the mark in their texts.
    if sum(len(row) > width for row in rows) >= max(_OFTEN_ROWS, _OFTEN * len(rows)):
        place = _place_of_texts(rows, width)
        if place is not None:
            made = [_together(row, place, width, delimiter) if len(row) > width else row for row in rows]
            return made, sum(len(row) > width for row in rows)
    even = [row for row in rows if len(row) == width][:_LOOKED_AT]
    kinds = [_usual([row[place] for row in even]) for place in range(width)] if len(even) > 1 else []
    if all(k == "text" for k in kinds):
        return list(rows), 0
    better = [_better(row, kinds, delimiter) if len(row) > width else None for row in rows]
    made = [other or row for row, other in zip(rows, better, strict=True)]
    return made, sum(other is not None for other in better)


def _place_of_texts(rows: Sequence[Row], width: int) -> int | None:
    """The one column whose cells may be in pieces, where all others are values; None if no column or several may be it."""
    seen = [row for row in rows if len(row) >= width][:_LOOKED_AT]
    found = []
    for place in range(width):
        others = [*range(place), *range(place + 1 - width, 0)]  # those behind it are counted from the end
        if all(_usual([row[other] for row in seen]) != "text" for other in others):
            found.append(place)
    return found[0] if len(found) == 1 else None


def _together(row: Row, place: int, width: int, delimiter: str) -> Row:
    """The row with the pieces of one cell put together."""
    end = place + 1 + len(row) - width
    return [*row[:place], delimiter.join(row[place:end]), *row[end:]]


def by_header(lines: Sequence[str], marks: Sequence[str]) -> str:
    """The mark that divides the first line into names and each other line too, where texts hold the mark as well; or "".

    Example:
        >>> by_header(["review,stars", "fine,5", "good, but late,3", "no,1", "never, ever,1", "so, so,3"], [","])
        ','
    """
    for mark in marks:
        names = [cell.strip().strip("\"'") for cell in lines[0].split(mark)] if lines else []
        if len(names) < 2 or not all(_is_name(name) for name in names) or len(set(names)) < len(names):
            continue
        rows = [line.split(mark) for line in lines[1:]]
        made, _ = joined(rows, len(names), mark)
        if len(rows) > 4 and sum(len(row) == len(names) for row in made) >= 0.9 * len(rows):
            return mark
    return ""


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _NAME and kind(text) == "text" and len(text.split()) < 5


def _usual(cells: Sequence[str]) -> Usual:
    """The kind of nearly all cells; or, where that is text, the values where there are but few, or text."""
    kinds = Counter(k for k in map(kind, cells) if k != "empty")
    total = sum(kinds.values())
    name, count = kinds.most_common(1)[0] if kinds else ("text", 0)
    if count >= 0.9 * total and name != "text":
        return name
    values = frozenset(cell.strip() for cell in cells)
    few = len(cells) >= _FEWEST_ROWS and len(values) <= _MOST_VALUES * len(cells)
    return values if few and max(map(len, values)) <= _NAME else "text"


def _is(cell: str, usual: Usual) -> bool:
    return cell.strip() in usual if isinstance(usual, frozenset) else kind(cell) in (usual, "empty")


def _fit(row: Row, kinds: Sequence[Usual]) -> int:
    return sum(_is(cell, usual) for cell, usual in zip(row, kinds, strict=False) if usual != "text")


def _better(row: Row, kinds: Sequence[Usual], delimiter: str) -> Row | None:
    """The row with some neighbouring cells put together, None where no place is clearly best."""
    extra = len(row) - len(kinds)
    if extra > 30:
        return None
    tried = []
    for place, wanted in enumerate(kinds):
        if wanted != "text":
            continue
        whole = _together(row, place, len(kinds), delimiter)
        prose = sum(cell.startswith(" ") for cell in row[place + 1 : place + extra + 1])
        tried.append((_fit(whole, kinds), prose, whole))
    tried.sort(key=lambda one: one[:2], reverse=True)
    typed = sum(wanted != "text" for wanted in kinds)
    if not tried or tried[0][0] < typed or (len(tried) > 1 and tried[0][:2] == tried[1][:2]):
        return None
    as_it_is = _fit(row, kinds)
    return tried[0][2] if tried[0][0] > as_it_is or tried[0][1] == extra else None
