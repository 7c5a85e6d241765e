"""Measures of forecasts are those of the papers, and what is drawn keeps neighbours together."""

import numpy as np
import pytest

from core.results import forecasts

TRUTH = np.array([[10.0, 12.0], [20.0, 22.0], [30.0, np.nan]])
SAID = np.array([[11.0, 10.0], [20.0, 25.0], [27.0, 999.0]])
SIZE = np.array([2.0, 2.0, 4.0])


def test_measures_are_those_of_their_formulas():
    found = forecasts.measured(TRUTH, SAID, SIZE)
    off = np.array([1, 2, 0, 3, 3.0])
    assert found["mae"] == pytest.approx(off.mean())
    assert found["rmse"] == pytest.approx(np.sqrt((off**2).mean()))
    assert found["mase"] == pytest.approx((off / np.array([2, 2, 2, 2, 4])).mean())
    share = [2 * 1 / 21, 2 * 2 / 22, 0, 2 * 3 / 47, 2 * 3 / 57]
    assert found["smape"] == pytest.approx(100 * np.mean(share))


@pytest.mark.heavy
def test_the_plain_ones_are_those_of_scikit_learn():
    from sklearn.metrics import mean_absolute_error, root_mean_squared_error

    random = np.random.RandomState(0)
    truth, said = random.randn(2, 30, 4)
    found = forecasts.measured(truth, said, np.ones(30))
    assert found["mae"] == pytest.approx(mean_absolute_error(truth.ravel(), said.ravel()))
    assert found["rmse"] == pytest.approx(root_mean_squared_error(truth.ravel(), said.ravel()))


def test_a_perfect_forecast_misses_nothing():
    assert set(forecasts.measured(TRUTH, TRUTH, SIZE).values()) == {0.0}


def test_windows_that_begin_at_one_time_are_drawn_together():
    at = np.tile(np.arange(40), 3)
    often = forecasts.draws(at, 5)
    assert (often[:, :40] == often[:, 40:80]).all()
    assert (often.sum(1) == len(at)).all()


def test_neighbours_make_intervals_wider_than_if_each_window_stood_alone():
    random = np.random.RandomState(3)
    off = np.repeat(random.rand(40), 10)[:, None]
    truth, size, at = np.zeros((400, 1)), np.ones(400), np.arange(400)
    wide, narrow = (
        forecasts.between(forecasts.scores(truth, off, size, forecasts.draws(at, steps)))["mae"]
        for steps in (20, 1)
    )
    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])


def test_each_step_is_measured_by_itself():
    found = forecasts.by_step(TRUTH, {"network": SAID})
    assert found["network"] == pytest.approx([4 / 3, 2.5])
