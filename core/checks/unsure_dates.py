"""Dates whose day and month could be the other way round."""

from core.columns.date import format_in_words
from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Day or month first")


def look(facts: Profile) -> list[Worry]:
    return [
        Worry(
            "unsure_dates", column.name, "warning",
            mark(
                "Column “{column}” is read as {format}, but day and month could be the other way round.",
                column=column.name, format=format_in_words(column.summary["format"]),
            ),
            mark("Look at its first and last day; write the dates as 2024-01-31 if they are wrong."),
        )
        for column in facts.columns
        if column.kind == "date" and column.summary.get("unsure")
    ]  # fmt: skip
