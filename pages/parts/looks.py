"""Pictures on a page: Plotly figures in the colours of the viewer's theme."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.charts import PALETTE

PALETTES = {
    "light": {
        **PALETTE, "text": "#4c5451", "grid": "#e6e2d8", "line": "#b9b3a6", "accent": "#0b7a6b",
        "second": "#d27a22", "third": "#3a6fb5", "quiet": "#98a09d",
    },
    "dark": {
        **PALETTE, "text": "#b7bfbb", "grid": "#2b322f", "line": "#5a635f", "accent": "#4cc0ab",
        "second": "#e9a054", "third": "#78aae6", "quiet": "#7d8783",
    },
}  # fmt: skip
CONFIG = {"displayModeBar": False, "responsive": True}


def palette() -> dict[str, str]:
    """The colours that suit the viewer's theme."""
    return PALETTES["dark" if st.context.theme.type == "dark" else "light"]


def draw(chart: Callable[..., Any], *given: Any, key: str) -> None:
    """Draw one of `core.charts` here; what gives no picture draws nothing."""
    made = chart(*given, palette=palette())
    if made is not None:
        st.plotly_chart(made, key=key, theme=None, config=CONFIG)
