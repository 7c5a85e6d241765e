"""Pictures of models that turn one text into another."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from core.charts.look import Palette, figure, see_through
from core.words import say

ROW = 26  # pixels
MOST_LETTERS = 16


def looked(said: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """For each piece that was written, how much was looked at each piece of the text.

    Args:
        said: As `core.answering` answers: `source` and `pieces`, and `looked` [pieces, source].
    """
    source, pieces = ([_named(one) for one in said[name]] for name in ("source", "pieces"))
    made, colours = figure("", palette, 90 + ROW * len(pieces))
    made.add_heatmap(
        z=[row[: len(source)] for row in said["looked"]][: len(pieces)], zmin=0, showscale=False, xgap=1, ygap=1,
        colorscale=[[0, see_through(colours["accent"], 0.04)], [1, see_through(colours["accent"], 0.95)]],
        hovertemplate=say("{share} of its look went there", share="%{z:.0%}") + "<extra></extra>",
    )  # fmt: skip
    made.update_xaxes(
        tickvals=list(range(len(source))), ticktext=source, side="top", showgrid=False, tickangle=-40
    )
    made.update_yaxes(
        tickvals=list(range(len(pieces))), ticktext=pieces, autorange="reversed", showgrid=False
    )
    return made


def _named(piece: str) -> str:
    """A piece as it can be read on an axis: a space that it begins with is left out, and long ones are cut."""
    plain = piece.strip().replace("\ufffd", "·") or "␣"
    return plain if len(plain) <= MOST_LETTERS else f"{plain[: MOST_LETTERS - 1]}…"
