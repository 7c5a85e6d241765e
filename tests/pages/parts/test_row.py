"""The text that a widget of one row stands for is the text that a table would hold."""

from datetime import datetime

import pytest

from core.recipes import read_date, read_number
from pages.parts import row


@pytest.mark.parametrize(
    ("value", "parse"),
    [
        (12, {}),
        (-3.5, {}),
        (0.25, {"decimal": ","}),
        (1234567.5, {"decimal": ",", "thousands": "."}),
        (1e-7, {}),
    ],
)
def test_a_number_is_read_back_as_it_was(value: float, parse: dict[str, str]):
    text = row._number_text(value, {"parse": {"as": "number", **parse}})
    assert read_number(text, parse) == value


@pytest.mark.parametrize("form", ["iso", "%d/%m/%Y %H:%M", "seconds", "milliseconds"])
def test_a_moment_is_read_back_as_it_was(form: str):
    moment = datetime(2021, 3, 4, 15, 30)
    recipe = {"parse": {"as": "date", "format": form}}
    days = read_date(row._date_text(moment, recipe), recipe["parse"])
    assert row._moment(days) == moment


def test_a_text_has_the_whole_width_and_the_order_stays():
    kinds = ["number", "text", "number", "date", "category", "number", "text", "text"]
    groups = row.beside([{"kind": kind} for kind in kinds])
    assert [[recipe["kind"] for recipe in group] for group in groups] == [
        ["number"], ["text"], ["number", "date", "category"], ["number"], ["text"], ["text"],
    ]  # fmt: skip
