"""Pictures of forecasts are drawn whatever is missing in them."""

import pytest

from core.charts import forecast

SHOWN = {
    "name": "north <b>east</b>", "at": ["2024-01-01", "2024-01-02", "2024-01-03"], "true": [1.0, None, 3.0],
    "forecasts": [
        {"at": ["2024-01-03"], "network": [2.5], "seasonal_naive": [1.0], "exponential_smoothing": [2.0]},
    ],
}  # fmt: skip


def test_what_happened_is_drawn_beside_what_everybody_said():
    made = forecast.windows(SHOWN)
    assert len(made.data) == 4
    assert "<b>" not in made.layout.title.text


@pytest.mark.parametrize("true", [[1.0, 2.0, None], [None, None, None]])
def test_what_comes_next_begins_where_the_known_values_end(true: list):
    made = forecast.coming({**SHOWN, "true": true, "next_at": ["2024-01-04"], "next": [5.0]})
    assert made.data[1].y[-1] == 5.0
    assert len(made.data[1].y) == (2 if true[0] else 1)


def test_the_miss_is_drawn_step_by_step_where_there_are_several():
    made = forecast.by_step({"by_step": {"network": [1.0, 2.0], "seasonal_naive": [2.0, 3.0]}})
    assert [trace.y[1] for trace in made.data] == [2.0, 3.0]
    assert forecast.by_step({"by_step": {"network": [1.0]}}) is None
