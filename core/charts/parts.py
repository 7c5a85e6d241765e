"""How far each column moved one answer."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from core.charts.look import Palette, cut, figure, rows_height, see_through
from core.words import say

MOST = 10


def parts(
    columns: Sequence[tuple[str, float, float]],
    row: Mapping[str, str],
    chances: bool,
    palette: Palette | None = None,
) -> go.Figure:
    """One bar for each column, the longest first: to the right where it makes the answer likelier or the amount larger.

    Args:
        columns: Each with its part and the part's standard error, the largest first; those after `MOST` become one bar.
        row: What stands in them.
        chances: Whether parts are chances, which are shown in points of a hundred, and not amounts.
    """
    unit = 100.0 if chances else 1.0
    shown = [
        (f"{name} = {row[name] or say('(empty)')}", part * unit, error * unit)
        for name, part, error in columns[:MOST]
    ]
    if rest := columns[MOST:]:
        label = say("{count} more column", plural="{count} more columns", count=len(rest))
        shown.append((label, sum(part for _, part, _ in rest) * unit, 0.0))
    shown = shown[::-1]
    made, colours = figure(say("How far each column moves it"), palette, rows_height(len(shown), around=110))
    good, bad = see_through(colours["accent"], 0.85), see_through(colours["second"], 0.85)
    made.add_bar(
        x=[part for _, part, _ in shown], y=list(range(len(shown))), orientation="h",
        marker={"color": [good if part >= 0 else bad for _, part, _ in shown], "cornerradius": 3},
        error_x={"type": "data", "array": [error for *_, error in shown], "color": colours["line"], "thickness": 1.5, "width": 3},
        customdata=[label for label, *_ in shown], hovertemplate="%{customdata}: %{x:+.3~g}<extra></extra>",
    )  # fmt: skip
    made.update_yaxes(
        tickvals=list(range(len(shown))), ticktext=[cut(label, 28) for label, *_ in shown], showgrid=False
    )
    title = say("Points of a hundred") if chances else say("In the answer's own unit")
    made.update_xaxes(title_text=title, nticks=5, zeroline=True, zerolinecolor=colours["line"])
    return made
