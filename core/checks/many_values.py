"""A category with nearly as many values as rows."""

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Hardly any value comes back")


def look(facts: Profile) -> list[Worry]:
    return [
        Worry(
            "many_values", column.name, "info",
            mark(
                "Column “{column}” has {distinct:,} different values in {rows:,} rows.",
                column=column.name, distinct=column.distinct, rows=facts.rows - column.missing,
            ),
            mark("Values that occur once are treated as never seen; group them if you can."),
        )
        for column in facts.columns
        if column.kind == "category" and column.distinct > 20 and column.distinct > 0.5 * (facts.rows - column.missing)
    ]  # fmt: skip
