"""Which links can be drawn from a layer, or to it, and why the others cannot."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.errors import GraphError
from core.graph import faults
from core.graph.drawing import Graph, Layer
from core.graph.measure import LayerReport, Report, measured
from core.graph.offers import Surroundings
from core.layers import SHELF
from core.words import Sentence, mark

Answer = Sentence | None


def fits(
    graph: Graph,
    report: Report,
    facts: Mapping[str, Any],
    source: str | None = None,
    target: str | None = None,
) -> dict[str, Answer]:
    """For every other layer, why a link cannot be drawn: from `source` to it, or from it to `target`; None where it can.

    Only the layer at the link's end is measured, with what feeds it and the new link. Where a layer takes a single
    link, the new one stands in for the old one. What cannot be known yet, because something further up is faulty, fits.

    Args:
        report: What `measure` says about the graph with these facts.
        source: Where the links begin; give either this or `target`.
    """
    around = Surroundings(graph)
    layers = around.layers
    fixed = source if source is not None else target
    if fixed not in layers:
        return {}
    from_here = source is not None
    ring = _in_front(layers, fixed) if from_here else around.behind(fixed)
    answered: dict[Any, Answer] = {}
    found: dict[str, Answer] = {}
    for name in layers:
        if name == fixed:
            continue
        start, end = (fixed, name) if from_here else (name, fixed)
        why = _wiring(layers[start], layers[end], name in ring)
        found[name] = why or _forms(layers, report, facts, start, end, answered)
    return found


def _in_front(layers: Mapping[str, Layer], name: str) -> set[str]:
    """The layer and all that come before it."""
    seen, todo = {name}, [name]
    while todo:
        for before in layers[todo.pop()].inputs:
            if before not in seen and before in layers:
                seen.add(before)
                todo.append(before)
    return seen


def _wiring(source: Layer, target: Layer, ring: bool) -> Answer:
    """What keeps the link from being drawn whatever flows through it."""
    if target.kind not in SHELF or source.kind not in SHELF:
        strange = target if target.kind not in SHELF else source
        return mark("There is no layer of the kind “{kind}”.", kind=strange.kind[:80])
    most = SHELF[target.kind].INPUTS[1]
    # Attention may ask and answer with the same steps: then one layer feeds two ports.
    if source.name in target.inputs and not getattr(SHELF[target.kind], "PORTS", ()):
        return mark("“{source}” feeds “{target}” already.", source=source.name, target=target.name)
    if source.kind == "output":
        return mark("An output gives the answer, and feeds no other layer.")
    if most == 0:
        return mark("This is where rows come in, so no layer can feed it.")
    if ring:
        return mark("This link would close a ring: “{target}” leads to “{source}” already.",
                    source=source.name, target=target.name)  # fmt: skip
    if most > 1 and len(target.inputs) >= most:
        return mark(
            "“{target}” takes at most {count} links, and has them already.", target=target.name, count=most
        )
    return None


def _forms(
    layers: Mapping[str, Layer],
    report: Report,
    facts: Mapping[str, Any],
    start: str,
    end: str,
    answered: dict[Any, Answer],
) -> Answer:
    """Whether what would come in fits the layer and its other links; the same question is answered once."""
    layer = layers[end]
    least, most = SHELF[layer.kind].INPUTS
    inputs = (start,) if most == 1 else (*layer.inputs, start)
    before = {name: report.layers[name] for name in inputs if name in report.layers}
    if len(inputs) < least or any(name not in before or before[name].shape is None for name in inputs):
        return None
    asked = (layer.kind, repr(layer.fields), tuple((before[n].shape, before[n].codes) for n in inputs))
    if asked not in answered:
        answered[asked] = _trouble(replace(layer, inputs=inputs), before, facts)
    return answered[asked]


def _trouble(layer: Layer, before: Mapping[str, LayerReport], facts: Mapping[str, Any]) -> Answer:
    try:
        fields = faults.settings(layer)
    except GraphError:
        return None  # its settings are to blame, not the link
    try:
        measured(layer, fields, before, facts)
    except GraphError as error:
        return mark("It does not fit: {what}", what=error.what)
    return None
