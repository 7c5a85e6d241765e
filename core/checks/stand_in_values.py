"""A number or a day that stands for "not known", such as 999 or 1900-01-01."""

from collections.abc import Sequence

from core.columns._evidence import shown
from core.columns.date import spoken
from core.profile import ColumnFacts, Profile, Worry
from core.words import mark

LABEL = mark("Values that mean “not known”")
# What people write who have to fill a field: SPSS's and others' manuals recommend runs of nines and negative numbers.
CODES = {
    0.0,
    -1.0,
    -9.0,
    *(sign * (10.0**places - 1) for sign in (1, -1) for places in range(2, 10)),
    -77.0,
    -88.0,
    88888.0,
}
DAYS = {
    "1900-01-01",
    "1899-12-30",
    "1899-12-31",
    "1970-01-01",
    "0001-01-01",
    "9999-12-31",
    "9999-01-01",
    "2099-12-31",
}
GAP, FEWEST = 0.5, 2  # of what all other values span, between it and the next; rows
LEAST_VALUES, MOST_ZEROS = 15, 0.05  # with fewer values they are counts; many zeros mean none


def look(facts: Profile) -> list[Worry]:
    found = []
    for column in facts.columns:
        for end in column.summary.get("ends", {}).values():
            if _stands_in(column, end, facts.rows):
                found.append(_worry(column, end))
    return found


def _stands_in(column: ColumnFacts, end: Sequence[float], every: int) -> bool:
    value, rows, following, far = end
    if rows < FEWEST or abs(value - following) < GAP * abs(far - following):
        return False
    if column.kind == "date":
        return spoken(value) in DAYS
    return value in CODES and column.distinct >= LEAST_VALUES and (value != 0 or rows <= MOST_ZEROS * every)


def _worry(column: ColumnFacts, end: Sequence[float]) -> Worry:
    value, rows, following, _ = end
    told = spoken if column.kind == "date" else shown
    what = mark(
        "{count:,} row of column “{column}” says {value}, far from every other value; the next is {following}.",
        plural="{count:,} rows of column “{column}” say {value}, far from every other value; the next is {following}.",
        count=rows, column=column.name, value=told(value), following=told(following),
    )  # fmt: skip
    fix = mark("If it means “not known”, empty these cells in the file: as it is, it counts as an amount.")
    return Worry("stand_in_values", column.name, "warning", what, fix)
