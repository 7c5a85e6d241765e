"""What a column's texts hold besides values."""

import numpy as np
import pytest

from core.columns import _contents

HONEST = {
    "dates": [f"2024-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 28)],
    "days with dots": [f"{day:02d}.{month:02d}.2024" for month in range(1, 13) for day in range(1, 28)],
    "times": [f"2024-01-{day:02d} 10:{minute:02d}:00" for day in range(1, 28) for minute in range(20)],
    "amounts": [f"{number * 1234567 / 100:.2f}" for number in range(100)],
    "whole numbers": [str(1_000_000 + 37 * number) for number in range(200)],
    "orders": [f"2024-{number:05d}" for number in range(200)],
    "versions": [f"{a}.{b}.{c}" for a in range(5) for b in range(5) for c in range(5)],
    "ranges": [f"{low} - {low + 10}" for low in range(100)],
    "seconds since 1970": [str(1_700_000_000 + 86_400 * number) for number in range(200)],
    "coordinates": [f"47.{number:05d}, 8.{number:05d}" for number in range(100)],
}
MARKS = {
    "email": ["ann@example.com", "b.o+x@mail.example.co.uk", "李雷@example.cn"],
    "card": ["4111 1111 1111 1111", "5500-0000-0000-0004", "340000000000009"],
    "iban": ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "FR1420041010050500013M02606"],
    "chinese_id": ["11010519491231002X", "440524188001010014"],
    "social_security": ["078-05-1120", "219-09-9999"],
    "phone": ["+49 170 1234567", "(030) 1234 5678", "13800138000", "0171-2345678", "+14155552671"],
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_values_are_no_marks_of_persons(name: str):
    assert _contents.persons(HONEST[name]) == {}


@pytest.mark.parametrize("name", MARKS)
def test_marks_of_persons_are_known_by_their_form_and_their_check_digits(name: str):
    assert _contents.persons(MARKS[name]) == {name: 1.0}


@pytest.mark.parametrize("text", ["4111 1111 1111 1112", "DE89370400440532013001", "110105194912310021"])
def test_a_wrong_check_digit_is_no_mark(text: str):
    assert not _contents.persons([text]).keys() & {"card", "iban", "chinese_id"}


def test_one_mark_among_many_values_does_not_make_a_column_personal():
    assert _contents.persons([*HONEST["orders"], "ann@example.com"]) == {}


@pytest.mark.parametrize(
    ("text", "place"),
    [("caf\u00c3\u00a9 au lait", "caf\u00c3\u00a9"), ("it\u00e2\u20ac\u2122s fine", "it\u00e2\u20ac\u2122s"),
     ("a \ufffd b", "\ufffd"), ("锟斤拷 ok", "锟斤拷")],
)  # fmt: skip
def test_damaged_letters_are_found_and_shown(text: str, place: str):
    assert _contents.damaged([text, "fine"], np.array([3, 1])) == (3, place)


@pytest.mark.parametrize(
    "text",
    ["café au lait", "Übergröße", "São Paulo – “ça”", "很好，很好", "привет", "naïve ½ £5", "ÃO", "Ångström"],
)
def test_honest_letters_of_any_language_are_not_damaged(text: str):
    assert _contents.damaged([text], np.array([1])) == (0, "")


def test_texts_that_differ_in_signs_and_numbers_only_are_alike():
    texts = [
        "Win 100 dollars today, my friend!",
        "WIN 200 dollars today my friend",
        "Lose no dollars today, my friend",
        "hi",
    ]
    assert _contents.alike(texts, np.array([1, 4, 1, 9])) == 4
