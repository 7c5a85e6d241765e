"""Categories that differ only in capital letters or spaces."""

from collections import defaultdict

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Mixed spelling")


def look(facts: Profile) -> list[Worry]:
    found = []
    for column in facts.columns:
        twins = _twins(column.summary.get("top", [])) if column.kind == "category" else []
        if twins:
            first, second = twins[0]
            what = mark(
                "Column “{column}” writes the same value in two ways: “{first}” and “{second}”.",
                column=column.name, first=first[:40], second=second[:40],
            )  # fmt: skip
            fix = mark("Each spelling counts as a value of its own; make them one in the file.")
            found.append(Worry("mixed_spelling", column.name, "warning", what, fix))
    return found


def _twins(top: list[list]) -> list[tuple[str, str]]:
    spellings: dict[str, list[str]] = defaultdict(list)
    for value, _ in top:
        spellings[" ".join(value.casefold().split())].append(value)
    return [(same[0], same[1]) for same in spellings.values() if len(same) > 1]
