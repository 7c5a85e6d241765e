"""Pictures of forecasts: beside the truth, step by step, and what comes next."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from core.baselines import SHELF as BASELINES
from core.charts.look import Palette, cut, figure
from core.words import say

STYLES = {
    "network": ("accent", "solid", 2.5),
    "seasonal_naive": ("quiet", "dot", 1.5),
    "exponential_smoothing": ("second", "dash", 1.5),
}
HOVER = "%{y:,.4~g}<extra></extra>"


def windows(shown: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """One series at its end: what was, and what each forecaster said of it.

    Args:
        shown: One entry of the results' `windows`.
    """
    made, colours = figure(cut(shown["name"], 60) if shown["name"] else "", palette, 320, legend=True)
    made.add_scatter(
        x=shown["at"], y=shown["true"], mode="lines", name=say("What happened"),
        line={"color": colours["text"], "width": 1.5}, hovertemplate=HOVER,
    )  # fmt: skip
    for number, forecast in enumerate(shown["forecasts"]):
        for name in (n for n in STYLES if n in forecast):
            colour, dash, width = STYLES[name]
            made.add_scatter(
                x=forecast["at"], y=forecast[name], mode="lines", name=_name(name), legendgroup=name,
                showlegend=number == 0, line={"color": colours[colour], "dash": dash, "width": width},
                hovertemplate=HOVER,
            )  # fmt: skip
    made.update_xaxes(nticks=4, tickangle=0)
    return _legend_below(made)


def by_step(results: Mapping[str, Any], palette: Palette | None = None) -> go.Figure | None:
    """How far off each forecaster is at each step ahead."""
    found = results["by_step"]
    steps = list(range(1, len(found["network"]) + 1))
    if len(steps) < 2:
        return None
    made, colours = figure(say("Mean miss, step by step"), palette, 300, legend=True)
    for name in (n for n in STYLES if n in found):
        colour, dash, width = STYLES[name]
        made.add_scatter(
            x=steps, y=found[name], mode="lines", name=_name(name), hovertemplate=HOVER,
            line={"color": colours[colour], "dash": dash, "width": width},
        )  # fmt: skip
    few = {"dtick": 1} if len(steps) <= 12 else {"nticks": 8}
    made.update_xaxes(title_text=say("Steps ahead"), **few)
    made.update_yaxes(rangemode="tozero", nticks=6)
    return _legend_below(made, room=0.3)


def coming(shown: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """What comes next in one series, after what was.

    Args:
        shown: One series of the results' `next`.
    """
    made, colours = figure(cut(shown["name"], 60) if shown["name"] else "", palette, 320, legend=True)
    made.add_scatter(
        x=shown["at"], y=shown["true"], mode="lines", name=say("What happened"),
        line={"color": colours["text"], "width": 1.5}, hovertemplate=HOVER,
    )  # fmt: skip
    # From the last known value on, so that the line does not begin in the air.
    last = next((p for p in range(len(shown["true"]) - 1, -1, -1) if shown["true"][p] is not None), None)
    at, values = list(shown["next_at"]), list(shown["next"])
    if last is not None:
        at, values = [shown["at"][last], *at], [shown["true"][last], *values]
    made.add_scatter(
        x=at, y=values, mode="lines+markers" if len(values) <= 40 else "lines", name=say("What comes next"),
        line={"color": colours["accent"], "width": 2.5}, marker={"size": 6}, hovertemplate=HOVER,
    )  # fmt: skip
    made.update_xaxes(nticks=4, tickangle=0)
    return _legend_below(made)


def _legend_below(made: go.Figure, room: float = 0.15) -> go.Figure:
    """The same picture; on a phone its legend takes several lines, which would lie on the title."""
    made.update_layout(
        legend={"y": -room, "yanchor": "top"}, margin={"t": 44 if made.layout.title.text else 12}
    )
    return made


def _name(forecaster: str) -> str:
    return say("This network") if forecaster == "network" else str(BASELINES[forecaster].LABEL)
