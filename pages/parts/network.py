"""A graph becomes a picture: self-contained SVG that follows the page's colours and fits a phone."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from core.graph import Graph, Layer, LayerReport, Report
from core.graph.order import rings, sort
from core.layers import SHELF
from core.words import say
from pages.parts import layer_words, layered, lettering

STYLE = Path(__file__).with_name("network.css").read_text(encoding="utf-8")
PAD, LINE = 13.0, 18.5
# Widths of boxes: at least, beside others, alone in their rank.
NARROWEST, SHARED, ALONE = 118.0, 152.0, 244.0
GAP = (14.0, 32.0)
MARGIN, SWING = 8.0, 30.0  # room around the picture; more where a link swings back around it
# Below this share of its size the letters would be smaller than 11 pixels: then the picture scrolls sideways.
SMALLEST = 0.845

Point = tuple[float, float]  # across, along


@dataclass(frozen=True)
class _Box:
    """One layer as it is drawn: lines of one text, or of two that stand at both ends."""

    layer: Layer
    look: str
    lines: tuple[tuple[lettering.Text, ...], ...]
    full: str
    width: float

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 17


@dataclass(frozen=True)
class _Picture:
    """Everything that drawing one link or box needs to know."""

    boxes: Sequence[_Box]
    links: Sequence[tuple[int, int]]
    layout: layered.Layout
    vertical: bool
    margin: float

    def spot(self, across: float, along: float) -> str:
        x, y = self.turned(across + self.margin, along + self.margin)
        return f"{x:.1f},{y:.1f}"

    def turned(self, across: float, along: float) -> tuple[float, float]:
        return (across, along) if self.vertical else (along, across)

    def half(self, number: int) -> float:
        """From the middle of a box to its edge, in the direction of the flow."""
        return self.turned(self.boxes[number].height, self.boxes[number].width)[0] / 2


def picture(graph: Graph, report: Report, selected: str = "", vertical: bool = True) -> str:
    """The network as HTML with one inline SVG; needs no script and no other file.

    Args:
        report: What `core.graph.measure` says about the graph.
        selected: Name of the layer that is being changed.
        vertical: Whether it flows from top to bottom rather than from left to right.
    """
    layers = _in_order(graph)
    number = {layer.name: i for i, layer in reversed(list(enumerate(layers)))}
    links = [
        (number[n], i) for i, layer in enumerate(layers) for n in dict.fromkeys(layer.inputs) if n in number
    ]
    boxes = _boxes(layers, layered.ranks_of(len(layers), links), report, selected)
    sizes = [(b.width, b.height) if vertical else (b.height, b.width) for b in boxes]
    layout = layered.place(sizes, links, GAP if vertical else (GAP[0], 44.0))
    margin = SWING if any(a >= b for a, b in links) else MARGIN
    return _html(_Picture(boxes, links, layout, vertical, margin), _headline(graph, report))


def _in_order(graph: Graph) -> list[Layer]:
    """All layers in the order of the flow; of each ring, one link is left that goes backwards."""
    layers, rest = sort(graph)
    found = list(layers)
    while rest:
        names = {layer.name for layer in rest}
        ring = rings(rest)[0]
        fed = {layer.name for layer in rest if set(layer.inputs) - names}
        first = next((name for name in ring if name in fed), ring[0])
        later = sort(Graph(tuple(replace(la, inputs=()) if la.name == first else la for la in rest)))
        by_name = {layer.name: layer for layer in rest}
        found += [by_name[la.name] for la in later[0]]
        rest = later[1]
    return found


def _html(drawing: _Picture, headline: str) -> str:
    layout, margin = drawing.layout, drawing.margin
    width, height = drawing.turned(layout.width + 2 * margin, layout.length + 2 * margin)
    links = "".join(_link(a, b, drawing) for a, b in drawing.links)
    boxes = "".join(_drawn_box(i, drawing) for i in range(len(drawing.boxes)))
    return (
        f'<div class="my-network" tabindex="0"><style>{STYLE}</style>'
        f'<svg role="img" aria-label="{escape(headline)}" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' style="max-width:{width:.0f}px;min-width:{width * SMALLEST:.0f}px" xmlns="http://www.w3.org/2000/svg">'
        f"<desc>{escape(' '.join(box.full for box in drawing.boxes))}</desc>{links}{boxes}</svg></div>"
    )


def _headline(graph: Graph, report: Report) -> str:
    if report.ok:
        return say("The network: {layers} layers with {weights:,} weights.",
                   layers=len(graph.layers), weights=report.weights)  # fmt: skip
    return say("The network, with {count} fault to mend.", plural="The network, with {count} faults to mend.",
               count=len(report.errors))  # fmt: skip


def _boxes(layers: Sequence[Layer], ranks: Sequence[int], report: Report, selected: str) -> list[_Box]:
    """Boxes that are narrow where they stand beside others, and then alike."""
    crowd = Counter(ranks)
    boxes = [
        _box(layer, report.layers[layer.name], layer.name == selected, ALONE if crowd[rank] == 1 else SHARED)
        for layer, rank in zip(layers, ranks, strict=True)
    ]
    tallest: Counter[int] = Counter()
    for box, rank in zip(boxes, ranks, strict=True):
        tallest[rank] = max(tallest[rank], len(box.lines))
    return [
        box if len(box.lines) == tallest[rank] else
        _box(box.layer, report.layers[box.layer.name], box.layer.name == selected, SHARED, stacked=True)
        for box, rank in zip(boxes, ranks, strict=True)
    ]  # fmt: skip


def _box(layer: Layer, report: LayerReport, selected: bool, room: float, stacked: bool = False) -> _Box:
    label, group = layer_words.label(layer), SHELF[layer.kind].GROUP if layer.kind in SHELF else "shaping"
    gives, weighs = layer_words.gives(report), layer_words.weighs(report)
    pairs = [(("label", label), ("name", layer.name)), (("gives", gives), ("weighs", weighs))]
    lines = tuple(line for pair in pairs for line in _lines(pair, room - 2 * PAD, stacked))
    width = max(lettering.line_width(line) for line in lines) + 2 * PAD
    look = "wrong" if report.error else "waiting" if report.waits_for else "fine"
    look = f"{group} {look}{' selected' if selected else ''}"
    return _Box(layer, look, lines, layer_words.sentence(layer, report), max(width, NARROWEST))


def _lines(
    pair: tuple[lettering.Text, lettering.Text], room: float, stacked: bool
) -> list[tuple[lettering.Text, ...]]:
    """The two texts on one line where they fit beside each other, else on several."""
    if pair[1][1] and not stacked and lettering.line_width(pair) <= room:
        return [pair]
    return [(line,) for text in pair if text[1] for line in lettering.folded(text, room)]


def _drawn_box(number: int, drawing: _Picture) -> str:
    box, layout = drawing.boxes[number], drawing.layout
    across, along = layout.across[number] + drawing.margin, layout.along[number] + drawing.margin
    x, y = drawing.turned(across, along)
    left, top = x - box.width / 2, y - box.height / 2
    texts = ""
    for i, line in enumerate(box.lines):
        base = top + 22 + i * LINE
        for j, (look, words) in enumerate(line):
            side = left + box.width - PAD if j else left + PAD
            texts += f'<text class="{look}{" end" * j}" x="{side:.1f}" y="{base:.1f}">{escape(words)}</text>'
    return (
        f'<g class="box {box.look}" data-layer="{escape(box.layer.name)}"><title>{escape(box.full)}</title>'
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="12"/>'
        f"{texts}</g>"
    )


def _link(a: int, b: int, drawing: _Picture) -> str:
    """One smooth line with an arrowhead."""
    layout = drawing.layout
    begin = (layout.across[a], layout.along[a] + drawing.half(a))
    end = (layout.across[b] + _port(a, b, drawing), layout.along[b] - drawing.half(b) - 5)
    path = _way_back(begin, end, drawing) if a >= b else _way(a, b, begin, end, drawing)
    back = " back" if a >= b else ""
    corners = [(end[0], end[1] + 4), (end[0] - 4, end[1] - 3), (end[0] + 4, end[1] - 3)]
    head = "L".join(drawing.spot(*corner) for corner in corners)
    return f'<path class="link{back}" d="{path}"/><path class="head{back}" d="M{head}Z"/>'


def _way(a: int, b: int, begin: Point, end: Point, drawing: _Picture) -> str:
    """Straight through the ranks that it passes, bent between them."""
    layout = drawing.layout
    stops = [begin]
    for across, rank in layout.lines[(a, b)]:
        stops += [(across, layout.starts[rank]), (across, layout.starts[rank] + layout.depths[rank])]
    path = f"M{drawing.spot(*begin)}"
    for (x, y), (u, v) in itertools.pairwise([*stops, end]):
        bend = (v - y) * 0.6
        path += f"C{drawing.spot(x, y + bend)} {drawing.spot(u, v - bend)} {drawing.spot(u, v)}"
    return path


def _way_back(begin: Point, end: Point, drawing: _Picture) -> str:
    """Around everything else, as in a ring."""
    side, swing = drawing.layout.width + SWING * 0.5, SWING * 0.75
    (x, y), (u, v) = begin, end
    spot = drawing.spot
    return (
        f"M{spot(x, y)}C{spot(x, y + swing)} {spot(side, y + swing)} {spot(side, y - swing)}"
        f"L{spot(side, v + swing)}C{spot(side, v - swing)} {spot(u, v - swing)} {spot(u, v)}"
    )


def _port(a: int, b: int, drawing: _Picture) -> float:
    """How far from the middle of box `b` the link from `a` arrives, so that several do not end in one point."""
    layout = drawing.layout

    def comes_from(other: int) -> float:
        if other >= b:
            return layout.width + SWING
        way = layout.lines[(other, b)]
        return way[-1][0] if way else layout.across[other]

    arriving = sorted((x for x, y in drawing.links if y == b), key=comes_from)
    step = min(22.0, 90.0 / len(arriving))
    return (arriving.index(a) - (len(arriving) - 1) / 2) * step
