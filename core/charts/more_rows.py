"""How much better it gets with more rows, and what twice as many would bring."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.charts.look import Palette, figure, see_through
from core.words import say


def more_rows(found: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """The stand-in's scores for each number of rows with the spread of its draws, and the curve drawn on to twice as many."""
    title = (
        say("Right answers of 100, by rows learned from")
        if found["classes"]
        else say("Explained differences of 100, by rows learned from")
    )
    made, colours = figure(title, palette, 320, legend=True)
    scores, sizes = 100 * np.asarray(found["scores"]), found["sizes"]
    mean, spread = scores.mean(0), scores.std(0)
    curve, rows = found["next"]["curve"], found["next"]["rows"]
    coming = [pair for pair in zip(curve["rows"], curve["score"], strict=True) if pair[0] > sizes[-1]]
    coming = [(sizes[-1], mean[-1] / 100), *coming]
    made.add_scatter(
        x=[*sizes, *sizes[::-1]], y=[*(mean + spread), *(mean - spread)[::-1]], fill="toself", mode="none",
        fillcolor=see_through(colours["accent"], 0.15), hoverinfo="skip", showlegend=False,
    )  # fmt: skip
    made.add_scatter(
        x=sizes, y=mean, mode="lines+markers", name=say("Measured"), cliponaxis=False,
        line={"color": colours["accent"], "width": 2}, marker={"size": 9},
        hovertemplate="%{x:,}: %{y:.1f}<extra></extra>",
    )  # fmt: skip
    made.add_scatter(
        x=[size for size, _ in coming], y=[100 * score for _, score in coming], mode="lines", name=say("Drawn on to twice as many"),
        line={"color": colours["second"], "width": 2, "dash": "dot"}, hoverinfo="skip",
    )  # fmt: skip
    ticks = [sizes[0], sizes[len(sizes) // 2], sizes[-1], 2 * rows]
    made.update_xaxes(
        type="log", tickvals=ticks, ticktext=[f"{tick:,}" for tick in ticks], showgrid=False, tickangle=0,
        range=[math.log10(0.85 * sizes[0]), math.log10(2.4 * rows)],
    )  # fmt: skip
    made.update_yaxes(nticks=6)
    return made
