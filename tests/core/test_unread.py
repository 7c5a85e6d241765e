"""Values that a model cannot make out are told, and no others."""

import pytest
from pandas import DataFrame

from core import unread
from core.columns import SHELF

TRAINED = {
    "age": ("number", ["20", "30", "40", ""]),
    "when": ("date", ["2024-01-31", "2024-02-01", "", ""]),
    "plan": ("category", ["Basic", "Pro", "Basic", "Pro"]),
}


def recipes() -> dict:
    columns = [
        SHELF[kind].fit(texts, SHELF[kind].reading(texts), name) for name, (kind, texts) in TRAINED.items()
    ]
    return {"columns": columns}


@pytest.mark.parametrize(
    ("column", "texts", "says"),
    [
        ("age", ["1,234", " 5 ", "", "n/a"], "1 of 2 values count as missing"),
        ("when", ["31/01/2024", "01/02/2024", "", "2024-01-01"], "2 of 3 values count as missing"),
        ("plan", ["basic", "pro", "pro", "Pro"], "3 of 4 values were never seen in training, such as “pro”"),
        ("plan", ["basic", "Basic", "", "Pro"], ""),
        ("age", ["", "", "", ""], ""),
        ("plan", ["", "", "", ""], ""),
    ],
)  # fmt: skip
def test_what_cannot_be_made_out_is_told(column: str, texts: list[str], says: str):
    table = DataFrame({name: texts if name == column else fit[1] for name, fit in TRAINED.items()})
    told = [str(sentence) for sentence in unread.look(recipes(), table)]
    assert len(told) == bool(says)
    assert all(column in sentence and says in sentence for sentence in told)


def test_no_rows_are_no_trouble():
    assert unread.look(recipes(), DataFrame({name: [] for name in TRAINED})) == []
