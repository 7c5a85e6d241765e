"""What is known about items and persons beside who had what: columns of a second table, joined by key, become numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from core import recommending
from core.columns import SHELF as COLUMNS
from core.errors import DataError
from core.recommending import spelled
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_VALUES, MOST_WORDS = 100, 300  # of one column that get a number of their own
FEWEST_TIMES = 2  # a value or a word of one item alone tells nothing about others
MATCHED = 0.3  # of the names, so many have to stand in a key column
MOST_NEW = 100_000  # items that nobody had yet and that can be recommended by their facts
SAME = 0.98  # of those who come several times, so many have to have one value only
ONE_VALUE_WORDS = 1.5  # words in a cell on average, from which on they count one by one


@dataclass(frozen=True)
class Facts:
    """What is known, by code.

    Args:
        numbers: float32 [codes, width]; row 0, and rows of whom nothing is known, are zeros.
        recipe: How a row of the table becomes such numbers, as `recommending.described` carries it out.
        names: The columns, as they are called.
        fresh: Names in the table that nobody had, which follow the known ones as codes.
        notes: What was noticed on the way.
    """

    numbers: np.ndarray
    recipe: Sequence[Mapping[str, Any]] = ()
    names: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    notes: tuple[Sentence, ...] = field(default=())

    @property
    def width(self) -> int:
        return self.numbers.shape[1]


def nothing(codes: int) -> Facts:
    """No facts."""
    return Facts(np.zeros((codes, 0), np.float32))


def key_of(table: "DataFrame", column: str, names: Sequence[str]) -> str:
    """The column of a table of facts that holds the names: the one called alike, or the one that holds most of them.

    Raises:
        DataError: If none does.
    """
    known = {spelled(name) for name in names}
    columns = [str(name) for name in table.columns]
    alike = recommending.column_called(columns, column)
    for one in ([alike] if alike else []) + columns:
        held = {spelled(text) for text in table[one].tolist()} & known
        if held and (one == alike or len(held) >= MATCHED * len(known)):
            return one
    raise DataError(
        mark("No column of the table of facts holds what “{column}” does, such as “{example}”.",
             column=column, example=names[0][:40]),
        mark("Bring a table with a column “{column}” that names them as the other table does; it has {columns}.",
             column=column, columns=columns[:30]),
    )  # fmt: skip


def joined(
    table: "DataFrame", kinds: Mapping[str, str], column: str, names: Sequence[str], fresh: bool = False
) -> Facts:
    """The facts of a table with one row for each name.

    Args:
        table: Of text.
        kinds: The kind of each of its columns.
        column: What the key is called where the names come from.
        names: That of code 1 first.
        fresh: Whether names that nobody had get codes of their own, behind the others.

    Raises:
        DataError: If no column of the table holds the names, or none beside it tells anything.
    """
    key = key_of(table, column, names)
    place: dict[str, int] = {}
    keys = [spelled(text) for text in table[key].tolist()]
    for row, one in enumerate(keys):
        if one:
            place.setdefault(one, row)
    notes = _told(keys, place, column, names)
    known = {spelled(name) for name in names}
    more = [row for one, row in place.items() if one not in known][:MOST_NEW] if fresh else []
    if more:
        notes.append(
            mark("{count:,} items stand in the table of facts that nobody had yet: they are recommended by their facts alone.",
                 count=len(more))
        )  # fmt: skip
    rows = np.array([place.get(spelled(name), -1) for name in names] + more, np.int64)
    others = [str(name) for name in table.columns if str(name) != key]
    found = _encoded({name: table[name].tolist() for name in others}, kinds, rows)
    written = table[key].tolist()
    return Facts(*found, tuple(" ".join(str(written[row]).split()) for row in more), tuple(notes))


def _told(keys: Sequence[str], place: Mapping[str, int], column: str, names: Sequence[str]) -> list[Sentence]:
    """Rows without a key, keys that come again, and names of which nothing is known."""
    empty, found = sum(not one for one in keys), []
    again = len(keys) - empty - len(place)
    lacking = [name for name in names if spelled(name) not in place]
    if empty:
        found.append(
            mark(
                "{count:,} rows of the facts about “{column}” name nothing and are left out.",
                count=empty,
                column=column,
            )
        )
    if again:
        found.append(
            mark(
                "{count:,} rows of the facts about “{column}” name something again; the first row counts.",
                count=again,
                column=column,
            )
        )
    if lacking:
        found.append(
            mark(
                "Nothing is known about {count:,} of {total:,} in “{column}”, such as “{name}”; they are taken by who had them alone.",
                count=len(lacking),
                total=len(names),
                column=column,
                name=lacking[0][:40],
            )
        )
    return found


def constant(
    table: "DataFrame", kinds: Mapping[str, str], rows: np.ndarray, codes: np.ndarray, count: int
) -> Facts:
    """The facts that stand in the table of who had what itself: columns that are always the same for one code.

    Args:
        table: Of text, without the columns that play a role.
        rows: Of each event, its row in the table.
        codes: Of each event, whom it is about, from 1 on.
        count: How many codes there are, 0 included.
    """
    order = np.argsort(codes, kind="stable")
    first = np.zeros(count, np.int64) - 1
    first[codes[order[::-1]]] = rows[order[::-1]]
    several = np.bincount(codes, minlength=count) > 1
    told = {}
    for name in map(str, table.columns):
        texts = table[name].to_numpy()
        differs = np.zeros(count, bool)
        differs[codes[texts[rows] != texts[first[codes]]]] = True
        if several.sum() >= FEWEST_TIMES and (~differs[several]).mean() >= SAME and len(set(texts)) > 1:
            told[name] = texts.tolist()
    if not told:
        return nothing(count)
    try:
        return Facts(*_encoded(told, kinds, first[1:]))
    except DataError:
        return nothing(count)


def _encoded(
    columns: Mapping[str, Sequence[str]], kinds: Mapping[str, str], rows: np.ndarray
) -> tuple[np.ndarray, list[dict[str, Any]], tuple[str, ...]]:
    """The numbers of these rows, -1 for none, how they are made, and the columns that tell something.

    Raises:
        DataError: If no column tells anything.
    """
    there = rows[rows >= 0]
    recipe = []
    for name, texts in columns.items():
        recipe += _recipe(name, kinds.get(name, "text"), [texts[row] for row in there])
    if not recipe:
        raise DataError(
            mark("No column of the table of facts tells anything that several have in common."),
            mark("Bring columns such as a class, words, a price or a year, beside the names."),
        )
    used = tuple(dict.fromkeys(part["column"] for part in recipe))
    told = recommending.described(recipe, {name: [columns[name][row] for row in there] for name in used})
    numbers = np.zeros((len(rows) + 1, told.shape[1]), np.float32)
    numbers[1 + np.flatnonzero(rows >= 0)] = told
    return numbers, recipe, used


def _recipe(name: str, kind: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """How a column becomes numbers; nothing where it tells nothing."""
    filled = [text for text in texts if str(text).strip()]
    if not filled or len(set(filled)) < 2 or kind == "image":
        return []
    if kind in ("number", "date"):
        return _of_numbers(name, kind, texts, filled)
    words = [recommending.words_of(text) for text in filled]
    often = Counter(text.casefold().strip() for text in filled)
    if kind in ("text", "identifier") or (
        sum(map(len, words)) > ONE_VALUE_WORDS * len(words) and len(often) > len(filled) ** 0.5
    ):
        return _of_values(name, "words", Counter(one for some in words for one in set(some)), MOST_WORDS)
    return _of_values(name, "value", often, MOST_VALUES)


def _of_numbers(name: str, kind: str, texts: Sequence[str], filled: Sequence[str]) -> list[dict[str, Any]]:
    try:
        parse = COLUMNS[kind].reading(filled)
        values = recommending.numbers_of(parse, texts)
    except DataError:
        return []
    known = values[np.isfinite(values)]
    spread = float(known.std()) if len(known) else 0.0
    if not spread:
        return []
    return [{"column": name, "as": "number", "parse": parse, "mean": float(known.mean()), "spread": spread}]


def _of_values(name: str, how: str, often: Counter[str], most: int) -> list[dict[str, Any]]:
    kept = [
        one for one, times in sorted(often.items(), key=lambda pair: (-pair[1], pair[0])) if times >= FEWEST_TIMES and one
    ][:most]  # fmt: skip
    return [{"column": name, "as": how, "values": kept}] if kept else []
