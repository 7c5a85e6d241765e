"""Texts are sorted by the names of the answers alone."""

import pytest

from core.errors import DataError
from core.pretrained import by_name
from core.pretrained.by_name import Answer

TEXTS = [
    "my invoice shows the wrong amount", "you charged my card twice", "the parcel never arrived", "the courier left my order with a neighbour",
    "die Rechnung ist falsch", "包裹还没有到",
]  # fmt: skip


def test_texts_get_the_answer_that_is_nearest_in_meaning_in_whatever_language():
    told: list[float] = []
    found = by_name.guess(
        TEXTS, [Answer("billing", "invoices and payments"), Answer("delivery", "parcels")], told.append
    )
    assert found.places.tolist() == [0, 0, 1, 1, 0, 1]
    assert (found.ahead > 0).all()
    assert told[-1] == 1.0


def test_a_single_text_is_sorted_too():
    assert by_name.guess(TEXTS[:1], [Answer("delivery of parcels"), Answer("invoices")]).places.tolist() == [
        1
    ]


def test_what_was_written_down_becomes_answers():
    lines = ["  Billing :  invoices,  payments ", "", " : ", "Delivery", "退款：钱"]
    assert by_name.read(lines) == [
        Answer("Billing", "invoices, payments"),
        Answer("Delivery"),
        Answer("退款", "钱"),
    ]


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (["only one"], "1 answer is written down."),
        ([f"answer {number}" for number in range(51)], "51 answers are written down."),
        (["Yes", "no", "yes"], "“yes” is written down twice."),
        (["yes", "n" * 81], f"“{'n' * 80}” cannot be the name of an answer."),
        (["yes", ": no name"], "“” cannot be the name of an answer."),
    ],
)
def test_what_cannot_be_sorted_by_is_refused_in_words(lines: list[str], what: str):
    with pytest.raises(DataError) as caught:
        by_name.read(lines)
    assert str(caught.value.what) == what
