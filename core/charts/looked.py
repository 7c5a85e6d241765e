"""Which words of a text looked at which others."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from core.charts.look import Palette, cut, figure, see_through
from core.words import say

LONGEST = 12  # letters of a word that are shown
PIXELS, LEAST, MOST = 22, 220, 720


def looked(words: Sequence[str], shares: np.ndarray, palette: Palette | None = None) -> go.Figure:
    """How much of its attention each word (row) gives to each word (column); darker is more.

    Args:
        words: In their order.
        shares: From 0 to 1, [words, words].
    """
    height = int(np.clip(120 + PIXELS * len(words), LEAST, MOST))
    made, colours = figure(say("What each word looked at"), palette, height)
    scale = [[step / 10, see_through(colours["accent"], 0.03 + 0.9 * step / 10)] for step in range(11)]
    places = list(range(len(words)))
    shown = [cut(word.strip() or "␣", LONGEST) for word in words]
    hover = [
        [
            say("“{word}” gives “{other}” {share:.0%} of its attention", word=shown[row], other=shown[column],
                share=float(shares[row, column]))
            for column in places
        ]
        for row in places
    ]  # fmt: skip
    made.add_heatmap(
        z=shares, x=places, y=places, zmin=0, zmax=max(float(np.max(shares, initial=0)), 1e-6), colorscale=scale,
        showscale=False, xgap=1, ygap=1, text=hover, hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    axis = {"tickvals": places, "ticktext": shown, "showgrid": False}
    made.update_xaxes(**axis, title_text=say("looked at"), tickangle=-60, range=[-0.5, len(words) - 0.5])
    made.update_yaxes(**axis, title_text=say("this word"), range=[len(words) - 0.5, -0.5])
    return made
