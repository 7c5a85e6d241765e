"""Which rows hold the names of the columns, one or several, and what the names are."""

import re
from collections.abc import Sequence
from itertools import pairwise

from core.readers._kinds import NOT_KNOWN, kind

Row = Sequence[str]
_LIKE_DATA = re.compile(r"[\s(+\-\u2212$€£¥₹<>]*[.,]?\d.*", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]")
_MOST_LINES = 4
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_FEW_WORDS = 5
_UNIT = re.compile(
    r"[(\[].{1,20}[)\]]|[%‰°€$£¥]\S{0,6}|\S{1,4}/\S{1,6}|(?:in |1000 |Tsd\. )?(?:[kmcdµnMGT]?(?:m|g|s|W|V|A|Hz|Pa|J|l|L|Wh|B|bar)[²³23]?|"
    r"t|h|d|K|ha|min|kn|mph|psi|ppm|ppb|dB|EUR|USD|GBP|CHF|Euro|Stück|Stk\.?|pcs|years?|Jahre?|days?|Tage?|元|円|万元|kg|个|人)"
)


def header_lines(rows: Sequence[Row]) -> int:
    """How many of the first rows hold names, 0 if none does: spans over several columns, names, units."""
    if not rows:
        return 0
    if len(rows) == 1:
        return 1
    last = _last_line_of_names(rows)
    if last > 0 and all(_part(rows[place], rows[place + 1]) for place in range(last)):
        return last + 1
    first, rows = rows[0], [rows[0], *(row for row in rows[1:] if list(row) != list(rows[0]))]
    if len(rows) == 1:
        return 0
    if _spans(first) and len(rows) > 2 and _names(rows[1]) and not has_header(first, rows[2:]):
        return 2
    return int(has_header(first, rows[1:]))


def _last_line_of_names(rows: Sequence[Row]) -> int:
    """The last of the first rows that says only words where what stands below are numbers."""
    for place in range(min(_MOST_LINES, len(rows) - 1) - 1, 0, -1):
        numbers = _number_columns(rows[place + 1 :])
        words = _words_over(rows[place], numbers)
        if len(words) < max(1, 0.5 * len(numbers)):
            continue
        # A second line of words is one of names only if several columns agree, or it looks like units.
        if len(words) < 2 and not all(map(_UNIT.fullmatch, words)) and not _spans(rows[place - 1]):
            continue
        if _repeated_below(rows[place], rows[place + 1 :], numbers):
            continue
        between = rows[1:place]
        if all(_spans(row) or _words_over(row, numbers) for row in between) and not _is_data(
            rows[0], numbers
        ):
            return place
    return 0


def _words_over(row: Row, numbers: Sequence[int]) -> list[str]:
    """What a row says where numbers stand below, nothing if any of it is a number itself."""
    said = [row[i].strip() for i in numbers if i < len(row) and row[i].strip().lower() not in NOT_KNOWN]
    return [] if any(map(_like_data, said)) else said


def _repeated_below(row: Row, body: Sequence[Row], numbers: Sequence[int]) -> bool:
    """Whether a cell of the row stands in its column again, as values do and names do not."""
    words = {place: cell for place, cell in enumerate(row) if place not in numbers and cell.strip()}
    return any(place < len(other) and other[place] == cell for other in body for place, cell in words.items())


def _is_data(row: Row, numbers: Sequence[int]) -> bool:
    """Whether a row is full and says numbers where numbers stand below, and not just years."""
    said = [row[i].strip() for i in numbers if i < len(row)]
    return all(said) and any(_like_data(cell) and not _is_year(cell) for cell in said)


def _number_columns(body: Sequence[Row]) -> list[int]:
    """Columns that are numbers, dates or amounts nearly everywhere."""
    width = max(map(len, body))
    found = []
    for place in range(width):
        values = [row[place].strip() for row in body if place < len(row)]
        values = [value for value in values if value.lower() not in NOT_KNOWN]
        if values and sum(map(_like_data, values)) >= 0.8 * len(values):
            found.append(place)
    return found


def _spans(row: Row) -> bool:
    """Whether some names stand over several columns: empty cells behind them."""
    filled = [place for place, cell in enumerate(row) if cell.strip()]
    return bool(filled) and len(filled) < len(row) and filled[-1] >= 1 and (filled[0] > 0 or len(filled) > 1)


def _names(row: Row) -> bool:
    return all(cell.strip() and not _like_data(cell) for cell in row[1:])


def _part(row: Row, below: Row) -> bool:
    """Whether a row above names belongs to them rather than being a title."""
    filled = [place for place, cell in enumerate(row) if cell.strip()]
    return len(row) >= 0.5 * len(below) and (len(filled) > 1 or (bool(filled) and filled[0] > 0))


def names_of(lines: Sequence[Row], width: int) -> list[str]:
    """One name for each column; a name over several columns is said for each of them.

    Example:
        >>> names_of([["Region", "2022", "", "2023"], ["", "Men", "Women", "Men"]], 4)
        ['Region', '2022 Men', '2022 Women', '2023 Men']
    """
    if len(lines) == 1:
        return list(lines[0])
    wide = [[*line, *[""] * (width - len(line))] for line in lines]
    said: list[list[str]] = [[] for _ in range(width)]
    for level, line in enumerate(wide):
        below = wide[level + 1 :]
        before, upper = "", None
        for place, cell in enumerate(line[:width]):
            name = " ".join(cell.split())
            over = [wide[k][place].strip() for k in range(level)]
            if name or (level and over and any(over) and over != upper):
                before, upper = name, over
            elif below and any(row[place].strip() for row in below):
                name = before
            if name and (not said[place] or said[place][-1] != name):
                said[place].append(name)
    return [" ".join(parts) for parts in said]


def has_header(first: Row, body: Sequence[Row]) -> bool:
    """Whether the first row holds names rather than values, by a vote of the columns."""
    if not body or _runs_on(first, body):
        return True
    cast = votes(first, body)
    return cast > 0 if cast else len(set(first)) == len(first)


def votes(first: Row, body: Sequence[Row]) -> float:
    """How much more the columns below speak for names in this row than against."""
    cast = 0.0
    for place, cell in enumerate(first):
        below = [row[place].strip() for row in body if place < len(row)]
        below = [value for value in below if value.lower() not in NOT_KNOWN]
        if below:
            cast += _vote(cell.strip(), below)
    return cast


def _vote(cell: str, below: Sequence[str]) -> float:
    if sum(map(_like_data, below)) >= 0.8 * len(below):
        if kind(cell) == "date" and sum(kind(value) == "number" for value in below) >= 0.8 * len(below):
            return 1  # days over numbers are names
        return -1 if _like_data(cell) else (1 if cell.lower() not in NOT_KNOWN else 0)
    distinct = set(below)
    if len(distinct) > 0.5 * len(below):
        return -0.5 if cell in distinct else _as_long(cell, below)
    return -1 if cell in distinct else 0.5


def _as_long(cell: str, below: Sequence[str]) -> float:
    """How much its length speaks for a name over texts, which is short or a question, and against one more text."""
    usual = sorted(len(_WORDS.findall(value)) for value in below)[len(below) // 2]
    words = len(_WORDS.findall(cell))
    if usual < _FEW_WORDS or cell.endswith(("?", "？")):
        return 0
    if words >= max(_FEW_WORDS, 0.5 * usual):
        return -0.5
    return (
        0.5 if 0 < words < min(_FEW_WORDS, 0.5 * usual) and not cell.endswith((".", "!", "。", "！")) else 0
    )


def _like_data(cell: str) -> bool:
    """Whether it looks like a number, a date or an amount rather than a name."""
    return bool(_LIKE_DATA.fullmatch(cell)) and len(_LETTERS.findall(cell)) <= 4


def _runs_on(first: Row, body: Sequence[Row]) -> bool:
    """Whether the numbers in a row are names that run on: 2019, 2020, 2021 or 0, 1, 2."""
    numbers = [int(c) for c in (cell.strip() for cell in first) if c.isascii() and c.isdigit()]
    if len(numbers) < 2 or any(_like_data(c) and not c.strip().isdigit() for c in first):
        return False
    steps = [b - a for a, b in pairwise(numbers)]
    years = all(1900 <= n <= 2100 for n in numbers)
    if len(numbers) >= 3 and set(steps) == {1} and (years or numbers[0] in (0, 1)):
        return True
    # Other years in order are names if no years stand below them.
    below = [cell.strip() for row in body for cell in row if cell.strip()]
    ordered = all(step > 0 for step in steps) or all(step < 0 for step in steps)
    return years and ordered and sum(map(_is_year, below)) < 0.05 * len(below)


def _is_year(cell: str) -> bool:
    return len(cell) == 4 and cell.isdigit() and "1900" <= cell <= "2100"
