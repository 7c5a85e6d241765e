"""What every layer of a graph gives and holds, and what keeps it from working; nothing here raises on a broken graph."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core.errors import GraphError
from core.graph import faults
from core.graph.drawing import Graph, Layer
from core.graph.order import sort
from core.graph.wiring import dead_ends, source_of, wiring_errors
from core.layers import SHELF

Shape = tuple[int, ...]
FLOAT = 4  # bytes of a float32


@dataclass(frozen=True)
class LayerReport:
    """What is known about one layer.

    Args:
        shape: What it gives for one row, without the batch; None while it cannot be known.
        weights: Count of all its weights, trained or not; None while it cannot be known.
        error: What keeps this very layer from working.
        waits_for: The faulty layer further up that has to be mended first; this one is not to blame.
        fields: All its settings, defaults, automatic values and those that follow from the data included.
        codes: Where it gives codes of categories rather than numbers, how many different ones; else 0.
        parts: Where it is a block, what is known about the layers that it stands for, in order.
        kind: An item of the shelf `core.layers`; empty while nothing could be measured.
        takes: Shapes of what comes in, in the order of its links.
    """

    shape: Shape | None = None
    weights: int | None = None
    error: GraphError | None = None
    waits_for: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    codes: int = 0
    parts: Mapping[str, "LayerReport"] = field(default_factory=dict)
    kind: str = ""
    takes: tuple[Shape, ...] = ()


@dataclass(frozen=True)
class Report:
    """What is known about a whole graph.

    Args:
        layers: By name, in the order of the drawing.
        errors: All errors, those that belong to no layer first; then those in the order of the
            network, and last the layers that lead nowhere, most often because of one of the others.
    """

    layers: Mapping[str, LayerReport]
    errors: tuple[GraphError, ...]

    @property
    def ok(self) -> bool:
        """Whether the network can be built."""
        return not self.errors

    @property
    def weights(self) -> int:
        """All weights of the layers that could be measured."""
        return sum(layer.weights or 0 for layer in self.layers.values())

    @property
    def bytes(self) -> int:
        """What the weights take, in memory and on disk: as float32, unless a kind keeps them smaller."""
        saved = sum(
            getattr(SHELF[layer.kind], "BYTES_SAVED", 0)
            for layer in self.layers.values()
            if layer.weights and layer.kind
        )
        return self.weights * FLOAT - saved


def measure(graph: Graph, facts: Mapping[str, Any]) -> Report:
    """Shape, weights and trouble of every layer.

    Args:
        facts: What is known about the prepared rows: `facts["inputs"]` and `facts["output"]`.
    """
    general, wrong = wiring_errors(graph, facts["inputs"])
    ordered, rest = sort(graph)
    done: dict[str, LayerReport] = {}
    for layer in (*ordered, *rest):
        done.setdefault(layer.name, _report(layer, wrong.get(layer.name), done, facts))
    # What is in or behind a ring was met before what it waits for.
    for layer in rest:
        if done[layer.name].error is None:
            done[layer.name] = replace(done[layer.name], waits_for=faults.cause_in_rest(layer, done))
    errors = [done[layer.name].error for layer in (*ordered, *rest)]
    for error in dead_ends(graph):
        if done[error.layer].error is None:
            done[error.layer] = replace(done[error.layer], error=error, waits_for="")
            errors.append(error)
    unique = dict.fromkeys(e for e in errors if e is not None)
    return Report({layer.name: done[layer.name] for layer in graph.layers}, (*general, *unique))


def resolve(graph: Graph, facts: Mapping[str, Any]) -> Graph:
    """The graph with every setting filled in, automatic ones too; a layer that cannot be measured stays as it is."""
    report = measure(graph, facts).layers
    return Graph(tuple(_filled_in(layer, report[layer.name]) for layer in graph.layers))


def _filled_in(layer: Layer, report: LayerReport) -> Layer:
    if report.shape is None:
        return layer
    return replace(layer, fields={name: report.fields[name] for name in SHELF[layer.kind].FIELDS})


def _report(
    layer: Layer,
    wrong: GraphError | None,
    done: Mapping[str, LayerReport],
    facts: Mapping[str, Any],
    inside: bool = False,
) -> LayerReport:
    """Args: inside: Whether the layer is part of a block, whose user never gave it its name."""
    if wrong:
        return LayerReport(error=wrong)
    named = faults.named_inside if inside else faults.named
    try:
        fields = faults.settings(layer)
    except GraphError as error:
        return LayerReport(error=named(error, layer))
    for name in layer.inputs:
        if name not in done or done[name].shape is None:
            cause = name if name not in done or done[name].error else done[name].waits_for
            return LayerReport(waits_for=cause, fields=fields)
    try:
        return measured(layer, fields, done, facts)
    except GraphError as error:
        return LayerReport(error=named(error, layer), fields=fields)


def measured(
    layer: Layer, fields: dict[str, Any], done: Mapping[str, LayerReport], facts: Mapping[str, Any]
) -> LayerReport:
    """Raises GraphError where it does not fit what comes in."""
    kind, before = SHELF[layer.kind], [done[name] for name in layer.inputs]
    if layer.kind == "input":
        fields = {**fields, "source": source_of(layer)}
    is_block = hasattr(kind, "layers")
    use = getattr(kind, "CODES", "" if is_block else "refuses")
    # A block that does not say leaves codes to its parts, which are measured like layers.
    codes = faults.codes(use, before, done, layer) if use else 0
    if hasattr(kind, "automatic"):
        fields = kind.automatic(fields, facts, codes)
    if layer.kind == "input":
        codes = facts["inputs"][fields["source"]].get("vocabulary", 0)
    shapes = [b.shape for b in before]
    if hasattr(kind, "from_shapes"):
        fields = kind.from_shapes(fields, shapes)
    if is_block:
        return _block(layer, fields, before, facts)
    gives_codes = codes if use == "passes" else 0
    return LayerReport(
        kind.output_shape(fields, shapes), kind.weights(fields, shapes), fields=fields, codes=gives_codes,
        kind=layer.kind, takes=tuple(shapes),
    )  # fmt: skip


def _block(
    layer: Layer, fields: dict[str, Any], before: list[LayerReport], facts: Mapping[str, Any]
) -> LayerReport:
    """A block gives what its last part gives. Raises GraphError where a part does not fit, naming it."""
    parts = SHELF[layer.kind].layers(fields, [b.shape for b in before])
    done = {f"in_{number}": b for number, b in enumerate(before, start=1)}
    for part in parts:
        found = _report(Layer(part.name, part.kind, part.inputs, part.fields), None, done, facts, inside=True)
        if found.error:
            raise found.error
        done[part.name] = found
    inside = {part.name: done[part.name] for part in parts}
    last = inside[parts[-1].name]
    weights = sum(found.weights or 0 for found in inside.values())
    return LayerReport(
        last.shape, weights, fields=fields, codes=last.codes, parts=inside,
        kind=layer.kind, takes=tuple(b.shape for b in before),
    )  # fmt: skip
