"""How every picture looks: quiet lines, no background of its own, letters that can be read on a phone."""

from collections.abc import Mapping

import plotly.graph_objects as go

# Readable on a light and on a dark page alike; a page that knows its theme gives its own.
PALETTE: Mapping[str, str] = {
    "text": "#7f8886",
    "grid": "#80808033",
    "line": "#80808080",
    "accent": "#1a9482",
    "second": "#d27a22",
    "third": "#5b86c4",
    "quiet": "#98a09d",
}
FONT = "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', sans-serif"
TEXT_PIXELS = 13
LONGEST_LABEL = 24

Palette = Mapping[str, str]


def figure(
    title: str, palette: Palette | None, height: int = 320, legend: bool = False
) -> tuple[go.Figure, dict[str, str]]:
    """An empty picture in our look with room for a legend if wanted, and the colours to draw with (those missing in `palette` are ours)."""
    colours = {**PALETTE, **(palette or {})}
    axis = {
        "gridcolor": colours["grid"], "linecolor": colours["line"], "zeroline": False, "automargin": True,
        "ticks": "", "title": {"standoff": 10, "font": {"size": TEXT_PIXELS}}, "fixedrange": True,
    }  # fmt: skip
    made = go.Figure()
    made.update_layout(
        template=None, height=height, paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": TEXT_PIXELS, "color": colours["text"]},
        title={"text": title, "x": 0, "xref": "container", "y": 0.98, "yanchor": "top",
               "font": {"size": TEXT_PIXELS + 2}},
        margin={"l": 8, "r": 12, "t": 74 if legend else 44, "b": 8}, showlegend=legend, xaxis=axis, yaxis=axis,
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "itemsizing": "constant", "font": {"size": TEXT_PIXELS}},
        hoverlabel={"font": {"family": FONT, "size": TEXT_PIXELS}}, bargap=0.25, dragmode=False,
    )  # fmt: skip
    return made, colours


def see_through(colour: str, share: float) -> str:
    """A `#rrggbb` colour of which only a share covers what lies behind.

    Example:
        >>> see_through("#ff8000", 0.5)
        'rgba(255,128,0,0.5)'
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"


def figure_text(value: float) -> str:
    """A figure as it is written everywhere: about three digits that matter, rounded once, and never `-4e-05`.

    Example:
        >>> figure_text(0.84449), figure_text(-0.00004), figure_text(99.96), figure_text(12345.6)
        ('0.844', '0.000', '100', '12,346')
    """
    if abs(value) >= 99.95:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 9.9995 else f"{round(value, 3) + 0.0:.3f}"


def cut(label: str, longest: int = LONGEST_LABEL) -> str:
    """A label short enough for a phone; empty text is shown as a dash."""
    label = label.strip() or "–"
    # Plotly takes some tags in labels for markup, so what looks like one is defused.
    label = label if len(label) <= longest else label[: longest - 1] + "…"
    return label.replace("<", "‹").replace(">", "›")


def rows_height(rows: int, around: int = 90, bar: int = 26) -> int:
    """Pixels for a picture with so many bars one below the other."""
    return around + bar * max(rows, 2)
