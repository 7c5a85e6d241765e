"""Exponential smoothing says what the textbook's own tables say."""

import numpy as np
import pytest

from core.baselines import SHELF, _smoothing, suiting
from core.baselines._series import SeriesQuestion
from core.baselines._smoothing import Smoothing
from core.series import divided, prepared
from core.series.fitted import fit
from tests.core.series.tables import goal, monthly, shops

# Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 2nd edition, tables 7.1 and 7.2.
OIL = [
    445.36, 453.20, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43, 521.28, 508.95, 488.89, 509.87, 456.72,
    473.82, 525.95, 549.83, 542.34,
]  # fmt: skip
AIR = [
    17.55, 21.86, 23.89, 26.93, 26.89, 28.83, 30.08, 30.95, 30.19, 31.58, 32.58, 33.48, 39.02, 41.39, 41.60, 44.66,
    46.95, 48.73, 51.49, 50.03, 60.64, 63.36, 66.36, 68.20, 68.12, 69.78, 72.60,
]  # fmt: skip


def test_simple_smoothing_says_what_the_textbook_says_of_oil():
    _, after = Smoothing(0.8339, 446.5868).run(OIL)
    assert after.forecasts(np.array([17]), 3)[0] == pytest.approx([542.68] * 3, abs=0.02)
    assert after.levels[0] == pytest.approx(445.57, abs=0.01)


def test_smoothing_with_a_trend_says_what_the_textbook_says_of_passengers():
    _, after = Smoothing(0.8321, 15.57, beta=0.8321 * 0.0001, trend=2.102).run(AIR)
    said = after.forecasts(np.array([len(AIR) - 1]), 5)[0]
    assert said == pytest.approx([74.60, 76.70, 78.80, 80.91, 83.01], abs=0.05)


def textbook(
    values: list[float], a: float, b: float, g: float, phi: float, size: int, begin: list
) -> list[float]:
    """The forecasts after the last value, by the component form of 7.3 in the same book (additive, damped)."""
    level, trend, seasons = begin[0], begin[1], list(begin[2])
    for t, y in enumerate(values):
        before = level + phi * trend
        last = level
        level = a * (y - seasons[t]) + (1 - a) * before
        trend = b * (level - last) + (1 - b) * phi * trend
        seasons.append(g * (y - before) + (1 - g) * seasons[t])
    end = len(values)
    damped = np.cumsum(phi ** np.arange(1, 2 * size + 1))
    return [level + damped[h] * trend + seasons[end + h % size] for h in range(2 * size)]


def test_smoothing_with_a_season_is_that_of_the_component_form():
    random = np.random.RandomState(2)
    values = (10 + 0.3 * np.arange(40) + np.tile([3, -1, 0, -2], 10) + random.randn(40)).tolist()
    a, b, g, phi, begin = 0.4, 0.2, 0.15, 0.9, [9.0, 0.4, [2.0, -1.0, 0.5, -1.5]]
    made = Smoothing(a, begin[0], a * b, g, phi, begin[1], tuple(begin[2]))
    _, after = made.run(values)
    said = after.forecasts(np.array([39]), 8)[0]
    assert said == pytest.approx(textbook(values, a, b, g, phi, 4, begin))


@pytest.mark.heavy
def test_fitting_finds_what_foretells_better():
    made = _smoothing.fitted(np.array(OIL), 1)
    assert made.beta is None
    assert made.alpha == pytest.approx(0.83, abs=0.1)
    assert made.error(OIL) <= Smoothing(0.8339, made.level).error(OIL) + 1e-6
    seasonal = np.tile([0.0, 5.0, 9.0, 2.0], 15) + np.random.RandomState(0).randn(60)
    assert _smoothing.fitted(seasonal, 4).season


def question(kind: str) -> SeriesQuestion:
    table = monthly() if kind == "monthly" else shops()
    made, edges = fit(table, goal(kind))
    grids = prepared.grids_of(made, table)
    return SeriesQuestion(made, grids, divided(made, grids, edges).test, edges.test)


@pytest.mark.heavy
@pytest.mark.parametrize("kind", ["monthly", "shops"])
@pytest.mark.parametrize("name", suiting("forecast"))
def test_it_answers_every_origin_and_knows_nothing_of_what_comes_after(name: str, kind: str):
    asked = question(kind)
    said = SHELF[name].answer(asked)
    windows = sum(len(origins) for _, origins in asked.origins)
    assert said.shape == (windows, asked.recipes["series"]["steps"])
    assert np.isfinite(said).all()
    number, origins = asked.origins[0]
    first = int(origins[0])
    changed = {**asked.grids[number], "values": asked.grids[number]["values"].copy()}
    changed["values"][first + 1 :] += 3
    grids = [changed if place == number else grid for place, grid in enumerate(asked.grids)]
    again = SHELF[name].answer(SeriesQuestion(asked.recipes, grids, [(number, origins[:1])], first + 1))
    assert again[0] == pytest.approx(SHELF[name].answer(
        SeriesQuestion(asked.recipes, asked.grids, [(number, origins[:1])], first + 1))[0])  # fmt: skip


def test_repeating_a_season_says_last_year_again():
    asked = question("monthly")
    said = SHELF["seasonal_naive"].answer(asked)
    values = monthly()["sold"].astype(float).to_numpy()
    origins = asked.origins[0][1]
    assert said[0] == pytest.approx(values[origins[0] - 11 : origins[0] - 5])
