"""Plain results become Plotly figures: one function, one picture; colours come from outside, words from `core.words`."""

from core.charts.classes import calibration, confusion, roc, scores
from core.charts.columns import column
from core.charts.comparison import comparison, importance
from core.charts.look import PALETTE, figure_text
from core.charts.looked import looked
from core.charts.parts import parts
from core.charts.scatter import scatter

__all__ = [
    "PALETTE",
    "calibration",
    "column",
    "comparison",
    "confusion",
    "figure_text",
    "importance",
    "looked",
    "parts",
    "roc",
    "scatter",
    "scores",
]
