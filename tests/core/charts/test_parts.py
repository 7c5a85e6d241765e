"""The picture of what each column did for an answer."""

import pytest

from core import charts

COLUMNS = [
    (f"c{number}", 0.2 - 0.02 * number if number % 2 else -0.2 + 0.02 * number, 0.01) for number in range(14)
]
ROW = {name: "" if name == "c0" else "7" for name, *_ in COLUMNS}


def test_bars_add_up_to_all_columns_and_chances_are_points_of_a_hundred():
    (bar,) = charts.parts(COLUMNS, ROW, True).data
    assert len(bar.x) == 11
    assert sum(bar.x) == pytest.approx(100 * sum(part for _, part, _ in COLUMNS))
    assert bar.x[-1] == pytest.approx(-20), "the first column stands at the top"


def test_what_stands_in_a_column_is_told_and_the_rest_is_counted():
    made = charts.parts(COLUMNS, ROW, False)
    labels = list(made.layout.yaxis.ticktext)
    assert (labels[0], labels[-1], labels[-2]) == ("4 more columns", "c0 = (empty)", "c1 = 7")
    assert made.layout.xaxis.title.text == "In the answer's own unit"


def test_for_and_against_have_colours_of_their_own():
    (bar,) = charts.parts(COLUMNS[:2], ROW, True).data
    assert bar.marker.color[0] != bar.marker.color[1]
