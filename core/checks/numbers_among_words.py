"""A column in which numbers and words are mixed."""

from core.profile import ColumnFacts, Profile, Worry
from core.recipes import read_values
from core.words import mark

LABEL = mark("Numbers among words")
LEAST, DISTINCT = 0.4, 12  # share of the shown rows that are numbers; with fewer values they are codes


def look(facts: Profile) -> list[Worry]:
    found = []
    for column in facts.columns:
        words = _words(column) if column.kind == "category" and column.distinct >= DISTINCT else []
        if words:
            what = mark(
                "Column “{column}” holds numbers, and words such as “{example}”.", column=column.name, example=words[0][:40]
            )  # fmt: skip
            fix = mark(
                "If the words mean that a number is missing, make it a number below: they then count as empty."
            )
            found.append(Worry("numbers_among_words", column.name, "warning", what, fix))
    return found


def _words(column: ColumnFacts) -> list[str]:
    """The words, where there are some, and numbers in many rows."""
    top = column.summary.get("top", [])
    read = read_values([value for value, _ in top], {"as": "number"})
    rows = sum(count for _, count in top)
    numbers = sum(count for (_, count), number in zip(top, read, strict=True) if number == number)
    words = [value for (value, _), number in zip(top, read, strict=True) if number != number]
    return words if rows and LEAST <= numbers / rows < 1 else []
