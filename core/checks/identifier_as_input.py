"""A column that only tells rows apart."""

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Only tells rows apart")


def look(facts: Profile) -> list[Worry]:
    return [
        Worry(
            "identifier_as_input", column.name, "info",
            mark("Column “{column}” looks like an identifier.", column=column.name),
            mark("It is left out; change its kind if its values mean something for new rows."),
        )
        for column in facts.columns
        if column.kind == "identifier"
    ]  # fmt: skip
