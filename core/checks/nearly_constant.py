"""A column that says the same in nearly every row."""

from core.profile import ColumnFacts, Profile, Worry
from core.words import mark

LABEL = mark("Nearly always the same")
SHARE, FEWEST_OTHER = 0.995, 30  # with thirty rows that say otherwise, something can be learned from them


def look(facts: Profile) -> list[Worry]:
    return [
        Worry(
            "nearly_constant", column.name, "info",
            mark(
                "Column “{column}” says “{value}” in {share:.1%} of its rows.",
                column=column.name, value=column.summary["top"][0][0][:60], share=_share(column, facts.rows),
            ),
            mark("Hardly anything can be learned from it; leave it out if its few other rows mean nothing."),
            "leave_out",
        )
        for column in facts.columns
        if column.distinct > 1 and column.summary.get("top") and _nearly(column, facts.rows)
    ]  # fmt: skip


def _share(column: ColumnFacts, rows: int) -> float:
    return column.summary["top"][0][1] / max(rows - column.missing, 1)


def _nearly(column: ColumnFacts, rows: int) -> bool:
    other = rows - column.missing - column.summary["top"][0][1]
    return 0 < other < FEWEST_OTHER and _share(column, rows) >= SHARE
