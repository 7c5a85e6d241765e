"""A column that names or marks persons."""

from core.columns._evidence import name_words
from core.profile import ColumnFacts, Profile, Worry
from core.words import mark

LABEL = mark("Personal data")
CALLED = {
    "email": mark("e-mail addresses"), "card": mark("card numbers"), "iban": mark("bank account numbers"),
    "chinese_id": mark("identity card numbers"), "social_security": mark("social security numbers"),
    "phone": mark("phone numbers"), "name": mark("names of persons"),
}  # fmt: skip
# Words of column names that hold persons' names, where nearly every row has another value.
_NAMES = (
    {"surname"}, {"lastname"}, {"firstname"}, {"fullname"}, {"last", "name"}, {"first", "name"}, {"full", "name"},
    {"nachname"}, {"vorname"}, {"apellido"}, {"nom"}, {"姓名"}, {"customer", "name"}, {"patient", "name"}, {"passenger", "name"},
)  # fmt: skip
_ALONE = ({"name"}, {"names"})
FEWEST, DIFFERENT = 20, 0.5  # values; of the rows with the most frequent ones, the share that another one has
ADDRESSES = 0.01  # share of texts with an address in them


def look(facts: Profile) -> list[Worry]:
    found = []
    for column in facts.columns:
        kind = _kind(column)
        if kind:
            what = mark("Column “{column}” holds {what}.", column=column.name, what=CALLED[kind])
            fix = mark("Leave it out: a model needs no persons, and what it learns could give them away.")
            found.append(Worry("personal_data", column.name, "warning", what, fix, "leave_out"))
        elif (share := column.summary.get("addresses", 0.0)) >= ADDRESSES:
            what = mark(
                "{share:.0%} of the texts in column “{column}” have an e-mail address in them.", share=share, column=column.name
            )  # fmt: skip
            fix = mark(
                "Replace them in the file by a word such as “address” before you give the model to others."
            )
            found.append(Worry("personal_data", column.name, "info", what, fix))
    return found


def _kind(column: ColumnFacts) -> str:
    marks = column.summary.get("persons", {})
    if marks:
        return max(marks, key=marks.__getitem__)
    words = name_words(column.name)
    named = words in _ALONE or any(one <= words for one in _NAMES)
    shown = column.summary.get("top", [])
    different = column.distinct > FEWEST and len(shown) >= DIFFERENT * sum(rows for _, rows in shown)
    return "name" if named and different else ""
