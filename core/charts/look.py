"""How every picture looks: quiet lines, no background of its own, letters that can be read on a phone."""

from collections.abc import Mapping, Sequence

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
INK = "#101614"
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
    red, green, blue = _parts(colour)
    return f"rgba({red},{green},{blue},{share:g})"


def letters_on(colour: str, share: float, text: str) -> str:
    """What can be read best where a colour covers a share of the page: white, or nearly black.

    Args:
        text: The page's own letters, which tell whether the page is light or dark.

    Example:
        >>> letters_on("#0a6b5c", 1.0, "#202020"), letters_on("#4fc3ae", 1.0, "#eeeeee"), letters_on("#4fc3ae", 0.1, "#eeeeee")
        ('#ffffff', '#101614', '#ffffff')

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    page = 0 if _luminance(_parts(text)) > 0.3 else 255
    behind = _luminance([share * part + (1 - share) * page for part in _parts(colour)])
    return "#ffffff" if 1.05 / (behind + 0.05) > (behind + 0.05) / (_luminance(_parts(INK)) + 0.05) else INK


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _luminance(parts: Sequence[float]) -> float:
    shares = [part / 255 for part in parts]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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
