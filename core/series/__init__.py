"""Rows ordered by time become series, and series become windows from which the next values are learned."""

from core.series.apart import Sides, divided
from core.series.prepared import make
from core.series.question import AHEAD, forecasting, with_forecast

__all__ = ["AHEAD", "Sides", "divided", "forecasting", "make", "with_forecast"]
