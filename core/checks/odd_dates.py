"""Days that cannot be meant: long past, or in the future."""

from datetime import UTC, datetime

from core.columns.date import spoken
from core.profile import ColumnFacts, Profile, Worry
from core.words import mark

LABEL = mark("Odd days")
EARLIEST, YEARS_AHEAD, DAYS_OF_YEAR = 1850, 30, 365.25


def look(facts: Profile) -> list[Worry]:
    return [worry for column in facts.columns if column.kind == "date" for worry in _worries(column)]


def _worries(column: ColumnFacts) -> list[Worry]:
    ends = column.summary.get("ends", {})
    now = datetime.now(UTC).timestamp() / 86_400
    earliest, latest = (EARLIEST - 1970) * DAYS_OF_YEAR, now + YEARS_AHEAD * DAYS_OF_YEAR
    odd = [end for name, end in ends.items() if (end[0] < earliest if name == "low" else end[0] > latest)]
    if not odd or all(earliest > end[0] for end in ends.values()):  # a table of history is not odd
        return []
    what = mark(
        "Column “{column}” says {day}, which can hardly be meant.", column=column.name, day=spoken(odd[0][0])
    )
    fix = mark("Mend such days in the file, or empty their cells: one of them stretches the scale of all.")
    return [Worry("odd_dates", column.name, "warning", what, fix)]
