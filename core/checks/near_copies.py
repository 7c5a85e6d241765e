"""Texts that are nearly the same."""

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Nearly the same texts")
SHARE = 0.01  # of the rows


def look(facts: Profile) -> list[Worry]:
    return [
        Worry(
            "near_copies", column.name, "info",
            mark(
                "{count:,} texts of column “{column}” differ from an earlier one only in capitals, signs or numbers.",
                count=column.summary["alike"], column=column.name,
            ),
            mark("That is no fault, but a copy among the test rows makes a model look better: Results says how many there are."),
        )
        for column in facts.columns
        if column.summary.get("alike", 0) >= max(SHARE * facts.rows, 5)
    ]  # fmt: skip
