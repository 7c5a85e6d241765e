"""Edits of a drawing that signs offer: each becomes steps as `core.graph.mend` carries them out."""

from collections.abc import Callable, Mapping
from typing import Any

from core.fields import Decimal
from core.graph import Graph, Layer, LayerReport, Report
from core.layers import SHELF

Step = Mapping[str, Any]
SIZES = ("units", "filters")  # settings that say how much a layer can see
DROPPING = ("rate", "dropout")  # settings that say how much is left out
MORE_LEFT_OUT, FIRST_LEFT_OUT, MOST_LEFT_OUT = 0.15, 0.25, 0.6
FEWEST, MOST = 4, 4_096  # units that a change leads to
PASSING = ("dropout", "gaussian_dropout", "batch_normalization", "layer_normalization", "activation")


def more_dropout(graph: Graph, report: Report) -> list[Step]:
    """Every share left out becomes larger; hidden dense layers without any guard behind them get one."""
    steps: list[Step] = []
    for layer in graph.layers:
        for name in DROPPING:
            rate = _filled(layer, name, report)
            if rate is not None and rate < MOST_LEFT_OUT:
                more = min(round(rate + MORE_LEFT_OUT, 2), MOST_LEFT_OUT)
                steps.append({"do": "set", "layer": layer.name, "fields": {name: more}})
    return steps + [step for layer in graph.layers if layer.kind == "dense" for step in _guard(layer, graph)]


def _guard(layer: Layer, graph: Graph) -> list[Step]:
    """Dropout between a dense layer with a bend and whatever it feeds, unless something stands there already."""
    followers = [other for other in graph.layers if layer.name in other.inputs]
    if layer.fields.get("activation") in ("linear", "softmax", "sigmoid"):
        return []
    if any(follower.kind in PASSING for follower in followers):
        return []
    new = {"kind": "dropout", "fields": {"rate": FIRST_LEFT_OUT}}
    return [{"do": "insert", "layer": f.name, "input": layer.name, **new} for f in followers]


def smaller(graph: Graph, report: Report) -> list[Step]:
    """Half as many units in each layer."""
    return _resized(graph, report, lambda size: max(size // 2, FEWEST) if size > FEWEST else size)


def larger(graph: Graph, report: Report) -> list[Step]:
    """Twice as many units in each layer."""
    return _resized(graph, report, lambda size: min(size * 2, MOST) if size < MOST else size)


def _resized(graph: Graph, report: Report, size_after: Callable[[int], int]) -> list[Step]:
    steps: list[Step] = []
    for layer in graph.layers:
        for name in SIZES:
            # What follows from the sizes that come in goes on doing so.
            follows = layer.fields.get(name) is None and hasattr(SHELF[layer.kind], "from_shapes")
            size = None if follows else _filled(layer, name, report)
            if size is not None and size_after(size) != size:
                steps.append({"do": "set", "layer": layer.name, "fields": {name: size_after(size)}})
    return steps


def _filled(layer: Layer, name: str, report: Report) -> Any:
    """The setting as it is now, automatic or not; None where the layer has no such number."""
    knob = SHELF[layer.kind].FIELDS.get(name) if layer.kind not in ("input", "output") else None
    if knob is None or (name in DROPPING and not isinstance(knob, Decimal)):
        return None
    known: LayerReport | None = report.layers.get(layer.name)
    return known.fields.get(name) if known else None


EDITS: Mapping[str, Callable[[Graph, Report], list[Step]]] = {
    "more_dropout": more_dropout,
    "smaller": smaller,
    "larger": larger,
}
