"""A table with too few rows to learn much from."""

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Few rows")
LEAST = 200


def look(facts: Profile) -> list[Worry]:
    if facts.rows >= LEAST:
        return []
    what = mark(
        "The table has only {count} row.", plural="The table has only {count} rows.", count=facts.rows
    )
    fix = mark("Take the results with care, and add rows if you can: {least} or more.", least=LEAST)
    return [Worry("few_rows", "", "warning", what, fix)]
