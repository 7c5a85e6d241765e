"""A column that says the same in every row."""

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Always the same")


def look(facts: Profile) -> list[Worry]:
    return [
        _worry(column.name, column.examples, facts.rows)
        for column in facts.columns
        if _constant(column, facts.rows)
    ]


def _constant(column, rows: int) -> bool:
    # One value beside empty cells still tells rows apart.
    return rows > 1 and (column.distinct == 0 or (column.distinct == 1 and column.missing == 0))


def _worry(name: str, examples: tuple[str, ...], rows: int) -> Worry:
    if not examples:
        what = mark("Column “{column}” is empty in all {rows:,} rows.", column=name, rows=rows)
    else:
        what = mark(
            "Column “{column}” says “{value}” in all {rows:,} rows.",
            column=name,
            value=examples[0][:60],
            rows=rows,
        )
    return Worry("constant", name, "info", what, mark("Leave it out: nothing can be learned from it."))
