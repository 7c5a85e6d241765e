"""Pictures of answers that are amounts."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from core.charts.look import Palette, cut, figure, see_through
from core.words import say


def scatter(results: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """Predicted against true amounts; on the line the answer was right."""
    points = results["scatter"]
    made, colours = figure(say("Predicted against true"), palette, 380, legend=True)
    low, high = min(*points["true"], *points["predicted"]), max(*points["true"], *points["predicted"])
    made.add_scatter(x=[low, high], y=[low, high], mode="lines", name=say("Exactly right"), hoverinfo="skip",
                     line={"color": colours["line"], "dash": "dot", "width": 1.5})  # fmt: skip
    made.add_scattergl(
        x=points["true"], y=points["predicted"], mode="markers", name=say("Test rows"),
        marker={"size": 6, "color": see_through(colours["accent"], 0.4)},
        hovertemplate=say("True {true}<br>Predicted {said}", true="%{x:,.4~g}", said="%{y:,.4~g}")
        + "<extra></extra>",
    )  # fmt: skip
    name = cut(results["target"], 20)
    made.update_xaxes(title_text=say("True “{name}”", name=name), nticks=6)
    made.update_yaxes(title_text=say("Predicted “{name}”", name=name))
    return made
