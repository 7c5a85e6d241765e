"""A column that is mostly empty."""

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Mostly empty")
SHARE = 0.4


def look(facts: Profile) -> list[Worry]:
    return [
        Worry(
            "many_missing", column.name, "warning",
            mark(
                "Column “{column}” is missing in {missing:,} of {rows:,} rows.",
                column=column.name, missing=column.missing, rows=facts.rows,
            ),
            mark("Keep it only if missing itself means something, or if new rows will have it more often."),
            "leave_out",
        )
        for column in facts.columns
        if column.distinct and column.missing >= SHARE * facts.rows
    ]  # fmt: skip
