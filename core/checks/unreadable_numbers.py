"""A number column with some texts that are no numbers."""

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Texts among numbers")


def look(facts: Profile) -> list[Worry]:
    return [
        _worry(column.name, column.summary["unreadable"])
        for column in facts.columns
        if column.kind == "number" and column.summary["unreadable"]
    ]


def _worry(name: str, unreadable: list[list]) -> Worry:
    what = mark(
        "Column “{column}” holds {count} value that is not a number, “{example}”.",
        plural="Column “{column}” holds {count:,} values that are not numbers, such as “{example}”.",
        column=name, count=sum(rows for _, rows in unreadable), example=unreadable[0][0][:40],
    )  # fmt: skip
    fix = mark("They count as missing; mend them in the file, or make the column a category.")
    return Worry("unreadable_numbers", name, "warning", what, fix)
