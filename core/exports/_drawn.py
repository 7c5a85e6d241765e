"""Pictures of a model card as SVG, without scripts and without anything from elsewhere: curves, and the network's layers."""

from collections.abc import Mapping, Sequence
from html import escape

from core.graph import Graph

WIDTH, HEIGHT, SIDE = 640, 260, 46  # pixels
COLOURS = ("#2456a6", "#c2571a", "#5b7f2b")
BOX, TALL, GAP = 150, 34, 26
LONGEST = 20  # letters of a layer's name
Curve = tuple[str, Sequence[tuple[float, float]]]


def curves(title: str, below: str, lines: Sequence[Curve], square: bool = False) -> str:
    """Lines over one axis, with their names beneath; those without two points are left out.

    Args:
        below: What stands along the horizontal axis.
        lines: Name and points of each.
        square: Whether both axes go from 0 to 1, as shares do.
    """
    lines = [(name, points) for name, points in lines if len(points) > 1]
    if not lines:
        return ""
    every = [point for _, points in lines for point in points]
    (left, right), (low, high) = (_ends([p[axis] for p in every], square) for axis in (0, 1))

    def at(point: tuple[float, float]) -> str:
        x = SIDE + (point[0] - left) / (right - left) * (WIDTH - 2 * SIDE)
        y = HEIGHT - SIDE - (point[1] - low) / (high - low) * (HEIGHT - 2 * SIDE)
        return f"{x:.1f},{y:.1f}"

    drawn = [
        f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(map(at, points))}"/>'
        f'<text x="{SIDE + 150 * place}" y="{HEIGHT - 6}" fill="{colour}">{escape(name)}</text>'
        for place, ((name, points), colour) in enumerate(zip(lines, COLOURS, strict=False))
    ]
    frame = (
        f'<path d="M{SIDE} {SIDE}V{HEIGHT - SIDE}H{WIDTH - SIDE}" fill="none" stroke="#888"/>'
        f'<text x="{SIDE}" y="18" font-weight="bold">{escape(title)}</text>'
        f'<text x="{SIDE - 4}" y="{SIDE + 4}" text-anchor="end">{high:.3g}</text>'
        f'<text x="{SIDE - 4}" y="{HEIGHT - SIDE}" text-anchor="end">{low:.3g}</text>'
        f'<text x="{SIDE}" y="{HEIGHT - SIDE + 16}">{left:.3g}</text>'
        f'<text x="{WIDTH - SIDE}" y="{HEIGHT - SIDE + 16}" text-anchor="end">{right:.3g} {escape(below)}</text>'
    )
    return _svg(title, WIDTH, HEIGHT, frame + "".join(drawn))


def _ends(values: Sequence[float], square: bool) -> tuple[float, float]:
    if square:
        return 0.0, 1.0
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def network(title: str, graph: Graph, labels: Mapping[str, str]) -> str:
    """The layers as boxes from left to right, each behind all that feed it.

    Args:
        labels: What each layer is, by its name.
    """
    depth = _depths(graph)
    columns: dict[int, list[str]] = {}
    for layer in graph.layers:
        columns.setdefault(depth[layer.name], []).append(layer.name)
    spots = {
        name: (10 + column * (TALL + GAP), 10 + row * (BOX + GAP))
        for column, names in columns.items()
        for row, name in enumerate(names)
    }  # downwards, so that deep networks fit on a page
    links = [
        f'<path d="M{spots[one][1] + BOX / 2} {spots[one][0] + TALL}L{spots[layer.name][1] + BOX / 2} {spots[layer.name][0]}" stroke="#888"/>'
        for layer in graph.layers
        for one in layer.inputs
        if one in spots
    ]
    boxes = [_box(name, labels.get(name, ""), *spots[name]) for name in spots]
    wide = 20 + max(len(names) for names in columns.values()) * (BOX + GAP)
    return _svg(title, wide, 20 + len(columns) * (TALL + GAP), "".join(links + boxes))


def _box(name: str, label: str, y: float, x: float) -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{BOX}" height="{TALL}" rx="5" fill="#eef3fb" stroke="#2456a6"/>'
        f'<text x="{x + BOX / 2}" y="{y + 14}" text-anchor="middle">{escape(name[:LONGEST])}</text>'
        f'<text x="{x + BOX / 2}" y="{y + 27}" text-anchor="middle" fill="#555">{escape(label[:LONGEST])}</text>'
    )


def _depths(graph: Graph) -> dict[str, int]:
    """How many layers stand before each on the longest way; a ring counts no further than there are layers."""
    depth = dict.fromkeys((layer.name for layer in graph.layers), 0)
    for _ in graph.layers:
        for layer in graph.layers:
            depth[layer.name] = min(
                max([depth[one] + 1 for one in layer.inputs if one in depth], default=0), len(graph.layers)
            )
    used = sorted(set(depth.values()))
    return {name: used.index(value) for name, value in depth.items()}


def _svg(title: str, wide: float, high: float, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="11">{inside}</svg>'
    )
