"""Several rows of the same person or thing, of which some would train and others test."""

from core.columns._evidence import name_words
from core.profile import ColumnFacts, Profile, Worry
from core.words import mark

LABEL = mark("Several rows of one")
WHOSE = {
    "customer", "client", "patient", "user", "person", "subject", "member", "student", "employee", "passenger", "account",
    "household", "family", "vehicle", "device", "machine", "driver", "seller", "kunde", "客户", "用户", "患者", "病人", "学生",
}  # fmt: skip
NUMBERED = {"id", "ids", "no", "nr", "number", "key", "code", "name", "编号", "号"}
LEAST, MOST = 1.5, 0.2  # rows of each on average; share of the rows that one alone may have


def look(facts: Profile) -> list[Worry]:
    return [_worry(column, facts.rows) for column in facts.columns if _several(column, facts.rows)]


def _several(column: ColumnFacts, rows: int) -> bool:
    words = name_words(column.name)
    named = bool(words & WHOSE) and (bool(words & NUMBERED) or len(words) == 1)
    filled = rows - column.missing
    return (
        named and column.distinct >= 10 and filled >= LEAST * column.distinct and column.distinct > 1 / MOST
    )


def _worry(column: ColumnFacts, rows: int) -> Worry:
    what = mark(
        "The rows are about {count:,} different “{column}”, each about {each:.1f} times.",
        count=column.distinct, column=column.name, each=(rows - column.missing) / column.distinct,
    )  # fmt: skip
    fix = mark(
        "If new rows will be about others than these, keep all rows of one together: Goal offers it where rows are kept apart."
    )
    return Worry("rows_of_one", column.name, "info", what, fix)
