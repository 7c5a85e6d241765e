"""The picture of one column on the data page."""

import itertools
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from core.charts.look import Palette, cut, figure, rows_height, see_through
from core.words import say

MOST_VALUES = 12


def column(name: str, summary: Mapping[str, Any], palette: Palette | None = None) -> go.Figure | None:
    """A histogram of numbers or the most frequent values of a category; None where there is nothing to draw.

    Args:
        summary: As in `core.profile.ColumnFacts`.
    """
    if summary.get("histogram", {}).get("counts"):
        return _histogram(name, summary["histogram"], palette)
    if summary.get("top"):
        return _top(name, summary["top"], palette)
    return None


def _histogram(name: str, histogram: Mapping[str, Any], palette: Palette | None) -> go.Figure:
    made, colours = figure(cut(name, 34), palette, 240)
    edges, counts = histogram["edges"], histogram["counts"]
    made.add_bar(
        x=[(low + high) / 2 for low, high in itertools.pairwise(edges)], y=counts,
        width=[high - low for low, high in itertools.pairwise(edges)],
        marker={"color": see_through(colours["accent"], 0.75), "line": {"width": 0}},
        customdata=list(itertools.pairwise(edges)),
        hovertemplate=say("{low} to {high}: {rows} rows", low="%{customdata[0]:,.4~g}",
                          high="%{customdata[1]:,.4~g}", rows="%{y:,}") + "<extra></extra>",
    )  # fmt: skip
    made.update_layout(bargap=0.03)
    made.update_xaxes(
        nticks=6, **({"title_text": say("Characters")} if histogram.get("of") == "characters" else {})
    )
    made.update_yaxes(title_text=say("Rows"), nticks=4)
    return made


def _top(name: str, top: list[Any], palette: Palette | None) -> go.Figure:
    entries = top[:MOST_VALUES][::-1]
    made, colours = figure(cut(name, 34), palette, rows_height(len(entries)))
    made.add_bar(
        x=[count for _, count in entries], y=list(range(len(entries))), orientation="h",
        marker={"color": see_through(colours["accent"], 0.75), "cornerradius": 3},
        text=[cut(str(value), 40) for value, _ in entries], textposition="none",
        hovertemplate=say("{value}: {rows} rows", value="%{text}", rows="%{x:,}") + "<extra></extra>",
    )  # fmt: skip
    made.update_yaxes(
        tickvals=list(range(len(entries))),
        ticktext=[cut(str(value), 18) for value, _ in entries],
        showgrid=False,
    )
    made.update_xaxes(title_text=say("Rows"), nticks=5)
    return made
