"""Pictures that compare: the model with simpler ones, and columns with each other."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from core.baselines import SHELF as BASELINES
from core.charts.look import Palette, cut, figure, figure_text, rows_height, see_through
from core.tasks import SHELF as TASKS
from core.words import say


def comparison(results: Mapping[str, Any], metric: str = "", palette: Palette | None = None) -> go.Figure:
    """One metric of the model and of the baselines on the test rows, each with its 95 % interval.

    Args:
        metric: The main metric if not given.
    """
    metric = metric or results["main"]
    measured = results["metrics"]
    label, _ = TASKS[results["task"]].METRIC_WORDS[metric]
    entries = [
        (str(BASELINES[name].LABEL), figures[metric], measured["baseline_intervals"][name][metric], False)
        for name, figures in measured["baselines"].items()
    ]
    entries.append((say("This network"), measured["test"][metric], measured["intervals"][metric], True))
    entries = [entry for entry in entries if entry[1] is not None]
    made, colours = figure(str(label), palette, rows_height(len(entries), 90, 40))
    made.add_scatter(
        x=[entry[1] for entry in entries],
        y=[cut(entry[0], 26) for entry in entries],
        mode="markers+text", cliponaxis=False,
        text=[figure_text(entry[1]) for entry in entries], textposition="top center",
        marker={"size": 12, "color": [colours["accent"] if entry[3] else colours["quiet"] for entry in entries]},
        error_x={
            "type": "data", "symmetric": False, "thickness": 2, "width": 5, "color": colours["line"],
            "array": [_reach(entry, 1) for entry in entries],
            "arrayminus": [_reach(entry, 0) for entry in entries],
        },
        hovertemplate="%{y}: %{x:.4~g}<extra></extra>",
    )  # fmt: skip
    made.update_yaxes(showgrid=False, range=[-0.6, len(entries) - 0.2])
    made.update_xaxes(nticks=6)
    return made


def _reach(entry: tuple[str, float, Any, bool], side: int) -> float:
    """How far the interval reaches beyond the figure, to the left (0) or right (1)."""
    _, value, interval, _ = entry
    edge = interval[side]
    return 0.0 if edge is None else max(0.0, edge - value if side else value - edge)


def importance(results: Mapping[str, Any], most: int = 15, palette: Palette | None = None) -> go.Figure:
    """How much the main metric drops when a column is shuffled; the longest bar is what it leans on most."""
    label, _ = TASKS[results["task"]].METRIC_WORDS[results["main"]]
    entries = results["importance"][:most][::-1]
    made, colours = figure(say("What the answer leans on"), palette, rows_height(len(entries), around=124))
    made.add_bar(
        x=[max(entry["drop"], 0.0) for entry in entries],
        y=list(range(len(entries))),
        orientation="h",
        marker={"color": see_through(colours["accent"], 0.85), "cornerradius": 3},
        error_x={"type": "data", "array": [entry["spread"] for entry in entries], "color": colours["line"],
                 "thickness": 1.5, "width": 3},
        text=[entry["column"] for entry in entries], textposition="none",
        hovertemplate="%{text}: %{x:.3~g}<extra></extra>",
    )  # fmt: skip
    made.update_yaxes(
        tickvals=list(range(len(entries))),
        ticktext=[cut(entry["column"], 18) for entry in entries],
        showgrid=False,
    )
    made.update_xaxes(
        title_text=say("Lost when shuffled:<br>{metric}", metric=label), nticks=5, rangemode="tozero"
    )
    return made
