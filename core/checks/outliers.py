"""A number that lies far beyond all others."""

from core.columns._evidence import shown
from core.profile import ColumnFacts, Profile, Worry
from core.words import mark

LABEL = mark("Far beyond the others")
# Amounts of money reach a few hundred times their usual spread in honest tables; slips of the keyboard and broken exports go on.
FAR, MOST_ROWS = 1_000.0, 3


def look(facts: Profile) -> list[Worry]:
    return [worry for column in facts.columns if column.kind == "number" for worry in _worries(column)]


def _worries(column: ColumnFacts) -> list[Worry]:
    summary = column.summary
    if not summary.get("ends"):
        return []
    low, *_, high = summary["quantiles"]
    usual = max(high - low, 1e-12)
    far = [
        end for end in summary["ends"].values()
        if high > low and end[1] <= MOST_ROWS and abs(end[0] - end[2]) > FAR * usual
    ]  # fmt: skip
    if not far:
        return []
    what = mark(
        "Column “{column}” says {value} in {count} row; nine of ten rows lie between {low} and {high}.",
        plural="Column “{column}” says {value} in {count} rows; nine of ten rows lie between {low} and {high}.",
        count=far[0][1], column=column.name, value=shown(far[0][0]), low=shown(low), high=shown(high),
    )  # fmt: skip
    fix = mark("Look whether it is a slip; mend it in the file, or empty the cell.")
    return [Worry("outliers", column.name, "warning", what, fix)]
