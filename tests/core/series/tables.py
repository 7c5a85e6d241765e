"""Made-up series for the tests of forecasts."""

import numpy as np
from pandas import DataFrame

from core.goal import Forecast, Goal, Split


def monthly(months: int = 120, seed: int = 0) -> DataFrame:
    """One series of months that grows, with a yearly season that grows along."""
    random = np.random.RandomState(seed)
    at = np.arange(months)
    values = 100 * 1.01**at * (1 + 0.2 * np.sin(at * np.pi / 6)) * np.exp(0.02 * random.randn(months))
    dates = (np.datetime64("2005-01") + at).astype(str)
    return DataFrame({"month": dates, "sold": np.round(values, 2).astype(str)})


def shops(days: int = 150, names: tuple[str, ...] = ("north", "south", "west"), seed: int = 1) -> DataFrame:
    """A few shops day by day with a weekly season and a price; newest rows first, as exports often are."""
    random = np.random.RandomState(seed)
    at = np.arange(days)
    parts = []
    for place, name in enumerate(names):
        week = 50 * (1 + place) + 20 * np.isin(at % 7, (5, 6)) + random.randn(days)
        dates = (np.datetime64("2024-01-01") + at).astype(str)
        price = np.round(2 + 0.1 * random.randn(days), 2)
        parts.append(DataFrame({"day": dates, "shop": name, "price": price, "sold": np.round(week, 2)})[::-1])
    return DataFrame({n: np.concatenate([p[n] for p in parts]) for n in parts[0]}).astype(str)


def goal(kind: str = "monthly", steps: int = 6, **split: float) -> Goal:
    """The goal to forecast one of these tables."""
    if kind == "monthly":
        kinds = {"month": "date", "sold": "number"}
        return Goal(
            "sold", "forecast", (), kinds, Split("time", "month", **split), Forecast("month", (), steps)
        )
    kinds = {"day": "date", "shop": "category", "price": "number", "sold": "number"}
    forecast = Forecast("day", ("shop",), steps)
    return Goal("sold", "forecast", ("price",), kinds, Split("time", "day", **split), forecast)
