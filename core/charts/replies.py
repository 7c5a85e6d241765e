"""Pictures of models that find answers, and sometimes say that they do not know."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from core.charts.look import Palette, figure
from core.words import say


def curve(results: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """Of the given answers, how many are right, when only the surest so many of a hundred questions are answered."""
    points, now = results["curve"], results["unsure"]
    made, colours = figure(say("The fewer it answers, the more of it is right?"), palette, 320)
    made.add_scatter(
        x=[100 * point["answered"] for point in points],
        y=[100 * point["right"] for point in points],
        customdata=[point["threshold"] for point in points],
        mode="lines", line={"color": colours["accent"], "width": 2.5},
        hovertemplate=say("From a score of {score} on: {answered} of 100 answered, {right} of 100 of these right",
                          score="%{customdata:.2f}", answered="%{x:.0f}", right="%{y:.0f}") + "<extra></extra>",
    )  # fmt: skip
    if now["right"] is not None:
        made.add_scatter(
            x=[100 * now["answered"]], y=[100 * now["right"]], mode="markers", hoverinfo="skip",
            marker={"size": 12, "color": colours["second"], "symbol": "diamond"},
        )  # fmt: skip
    made.update_xaxes(title_text=say("Answered of 100 test questions"), range=[-2, 102], nticks=6)
    made.update_yaxes(title_text=say("Right of 100 answers given"), range=[-2, 102], nticks=6)
    return made
