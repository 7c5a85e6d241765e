"""Rows that are exactly equal to an earlier one."""

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Repeated rows")


def look(facts: Profile) -> list[Worry]:
    if not facts.repeated:
        return []
    # In a narrow table equal rows happen by chance; many of them are a copy.
    level = "warning" if facts.repeated > 0.05 * facts.rows else "info"
    what = mark(
        "{count} row is an exact copy of an earlier one.",
        plural="{count:,} rows are exact copies of earlier ones.", count=facts.repeated,
    )  # fmt: skip
    fix = mark(
        "If they were not meant, remove them: a copy among the test rows makes a model look better than it is."
    )
    return [Worry("repeated_rows", "", level, what, fix)]
