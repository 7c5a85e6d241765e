"""Pictures of answers that are one of several classes."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.charts.look import Palette, cut, figure, letters_on, see_through
from core.words import say

MOST_WRITTEN = 10
QUARTERS = [0, 0.25, 0.5, 0.75, 1]


def confusion(results: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """What was true (row) against what was answered (column), with counts and the share of the row."""
    counts = np.array(results["confusion"]["counts"])
    classes = results["confusion"]["classes"]
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    labels = [cut(name, 14) for name in classes]
    made, colours = figure(say("True and predicted answers"), palette, min(150 + 64 * len(classes), 720))
    scale = [[step / 10, see_through(colours["accent"], _cover(step / 10))] for step in range(11)]
    places = list(range(len(classes)))
    hover = [
        [_told(classes[t], classes[p], counts[t, p], shares[t, p]) for p in places] for t in places
    ]  # fmt: skip
    made.add_heatmap(
        z=shares, x=places, y=places, zmin=0, zmax=1, colorscale=scale, showscale=False, xgap=3, ygap=3,
        text=hover, hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    if len(classes) <= MOST_WRITTEN:
        for true in places:
            for said in places:
                share = shares[true, said]
                made.add_annotation(
                    x=said, y=true, showarrow=False, text=f"<b>{counts[true, said]:,}</b><br>{share:.0%}",
                    font={"color": letters_on(colours["accent"], _cover(share), colours["text"])},
                )  # fmt: skip
    made.update_xaxes(
        title_text=say("Predicted"), tickvals=places, ticktext=labels, showgrid=False,
        range=[-0.5, len(places) - 0.5],
    )  # fmt: skip
    made.update_yaxes(
        title_text=say("True"), tickvals=places, ticktext=labels, showgrid=False,
        range=[len(places) - 0.5, -0.5],
    )  # fmt: skip
    return made


def _cover(share: float) -> float:
    """How much of the page a cell's colour covers."""
    return 0.06 + 0.88 * share


def _told(true: str, said: str, count: int, share: float) -> str:
    return say(
        "True: {true}<br>Predicted: {said}<br>{rows:,} rows, {share} of these",
        true=cut(true), said=cut(said), rows=int(count), share=f"{share:.1%}",
    )  # fmt: skip


def calibration(results: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """How sure it was against how often that came true; on the dotted line it means what it says."""
    made, colours = figure(say("Can its percentages be believed?"), palette, legend=True)
    bins = results["calibration"]
    most = max((entry["rows"] for entry in bins), default=1)
    made.add_scatter(x=[0, 1], y=[0, 1], mode="lines", line={"color": colours["line"], "dash": "dot", "width": 1.5},
                     name=say("Exactly as said"), hoverinfo="skip")  # fmt: skip
    made.add_scatter(
        x=[e["said"] for e in bins], y=[e["was"] for e in bins], mode="lines+markers", name=say("This model"), cliponaxis=False,
        line={"color": colours["accent"], "width": 2.5},
        marker={"size": [8 + 12 * (e["rows"] / most) ** 0.5 for e in bins], "opacity": 0.9},
        text=[say("Said {said}, came true {was} ({rows:,} rows)", said=f"{e['said']:.0%}", was=f"{e['was']:.0%}",
                  rows=e["rows"]) for e in bins],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    made.update_xaxes(title_text=say("It said"), tickformat=".0%", tickvals=QUARTERS, range=[-0.03, 1.03])
    made.update_yaxes(
        title_text=say("It came true"), tickformat=".0%", tickvals=QUARTERS, range=[-0.03, 1.03]
    )
    return made


def roc(results: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """The share that is found against the false alarms, for every threshold."""
    made, colours = figure(say("Finding them, and the price in false alarms"), palette, legend=True)
    points = results["roc"]
    made.add_scatter(x=[0, 1], y=[0, 1], mode="lines", line={"color": colours["line"], "dash": "dot", "width": 1.5},
                     name=say("Guessing"), hoverinfo="skip")  # fmt: skip
    made.add_scatter(
        x=points["false_alarms"], y=points["found"], mode="lines", name=say("This model"), fill="tozeroy",
        line={"color": colours["accent"], "width": 2.5}, fillcolor=see_through(colours["accent"], 0.1),
        text=[say("Finds {found} of them, with {alarms} of the others", found=f"{f:.0%}", alarms=f"{a:.0%}")
              for a, f in zip(points["false_alarms"], points["found"], strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    made.update_xaxes(
        title_text=say("False alarms"), tickformat=".0%", tickvals=QUARTERS, range=[-0.01, 1.04]
    )
    made.update_yaxes(title_text=say("Found"), tickformat=".0%", tickvals=QUARTERS, range=[-0.01, 1.03])
    return made


def scores(results: Mapping[str, Any], palette: Palette | None = None) -> go.Figure:
    """How likely it held each test row to be the second class, by what was true; apart is good."""
    classes = results["confusion"]["classes"]
    made, colours = figure(say("How well it tells them apart"), palette, legend=True)
    edges = np.array(results["scores"]["edges"])
    for place, colour in enumerate((colours["third"], colours["second"])):
        counts = results["scores"]["counts"][place]
        total = max(sum(counts), 1)
        made.add_bar(
            x=(edges[:-1] + edges[1:]) / 2, y=[count / total for count in counts], width=np.diff(edges),
            name=cut(classes[place]), marker={"color": see_through(colour, 0.6), "line": {"width": 0}},
            customdata=counts, hovertemplate=say("{rows} rows", rows="%{customdata:,}") + "<extra></extra>",
        )  # fmt: skip
    made.update_layout(barmode="overlay", bargap=0)
    made.update_xaxes(
        title_text=say("Said chance of “{name}”", name=cut(classes[1], 16)),
        tickformat=".0%",
        tickvals=QUARTERS,
    )
    made.update_yaxes(title_text=say("Share of each class"), tickformat=".0%")
    return made
