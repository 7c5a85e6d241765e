"""More rows per step than there are rows."""

from core.before._asked import Asked
from core.before._objection import Change, Objection
from core.words import mark

LABEL = mark("Rows per step")


def look(asked: Asked) -> list[Objection]:
    wanted = asked.settings["batch_size"]
    # What follows from the rows is never mended by itself: with very few of them, one step takes all.
    if wanted <= asked.rows or asked.automatic["batch_size"] >= wanted:
        return []
    what = mark(
        "{wanted:,} rows per step are asked for, and there is {count:,} row to learn from.",
        plural="{wanted:,} rows per step are asked for, and there are {count:,} rows to learn from.",
        wanted=wanted, count=asked.rows,
    )  # fmt: skip
    fix = mark("Take fewer: with one step for each look at the rows, it learns slowly.")
    rows = asked.automatic["batch_size"]
    label = mark("Take {count:,} row per step", plural="Take {count:,} rows per step", count=rows)
    return [Objection("worry", what, fix, (Change(label, {"batch_size": None}),))]
