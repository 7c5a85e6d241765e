"""Sentences are translated when they are spoken, and cross process borders untranslated."""

import json

import pytest

from core import words
from core.errors import DataError, UserError
from core.words import Sentence, mark, say


def test_values_stand_in_placeholders_and_numbers_keep_their_marks():
    assert say("{name} has {rows:,} rows.", name="a{b}.csv", rows=12345) == "a{b}.csv has 12,345 rows."


@pytest.mark.parametrize(("count", "spoken"), [(0, "0 rows"), (1, "1 row"), (2000, "2,000 rows")])
def test_one_is_not_many(count: int, spoken: str):
    assert say("{count} row", plural="{count:,} rows", count=count) == spoken


def test_a_sentence_survives_as_plain_data_with_sentences_inside():
    sentence = mark("“{label}” is {value}.", label=mark("Units"), value=3)
    assert Sentence.from_json(json.loads(json.dumps(sentence.to_json()))) == sentence
    assert str(sentence) == "“Units” is 3."


def test_a_sentence_without_values_may_hold_braces():
    assert say("p_{class}") == "p_{class}"


def test_an_unknown_language_is_english():
    words.follow(lambda: "xx")
    assert words.language() == "en"


def test_an_error_crosses_a_process_border_as_two_sentences():
    error = DataError(mark("Column “{c}” is empty.", c="年龄"), mark("Choose another."))
    back = UserError.from_json(json.loads(json.dumps(error.to_json())))
    assert str(back) == "Column “年龄” is empty. Choose another."
