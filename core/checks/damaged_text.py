"""Letters that were lost or read wrongly somewhere on the file's way."""

from core.profile import Profile, Worry
from core.words import mark

LABEL = mark("Damaged letters")


def look(facts: Profile) -> list[Worry]:
    found = []
    for column in facts.columns:
        rows, example = column.summary.get("damaged") or (0, "")
        if rows:
            what = mark(
                "Letters are damaged in {count:,} row of column “{column}”: “{example}”.",
                plural="Letters are damaged in {count:,} rows of column “{column}”, such as “{example}”.",
                count=rows, column=column.name, example=example[:60],
            )  # fmt: skip
            fix = mark(
                "Export the file once more as UTF-8 where it comes from; what was lost cannot be guessed."
            )
            found.append(Worry("damaged_text", column.name, "warning", what, fix))
    return found
