"""Blocks open into the layers that they stand for, and chosen layers close into a block of the user's own."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.errors import GraphError, UserError
from core.graph.drawing import Graph, Layer
from core.graph.measure import LayerReport, Report, measure
from core.graph.order import order
from core.layers import LONGEST_NAME, SHELF, Part
from core.words import mark

ENDS = {"input", "output"}


def is_block(kind: str) -> bool:
    """Whether layers of this kind stand for several layers."""
    return kind in SHELF and hasattr(SHELF[kind], "layers")


def opened(graph: Graph, facts: Mapping[str, Any], only: str | None = None) -> Graph:
    """The graph with layers in place of blocks, called `<block>_<part>`; what came after a block follows its last part.

    Args:
        facts: As for `measure`: the layers that a block stands for may depend on what comes in.
        only: The one block to open, whose own blocks stay closed; None opens all, and those inside them.

    Raises:
        GraphError: Where a block cannot be opened because it, or a layer in front of it, does not work yet.
    """
    if only is not None:
        return _one_level(graph, facts, {only})
    while closed := {layer.name for layer in graph.layers if is_block(layer.kind)}:
        graph = _one_level(graph, facts, closed)
    return graph


def stands_for(graph: Graph, report: Report, flat: Graph) -> dict[str, Sequence[Layer]]:
    """The layers of the opened drawing that each layer is, or as a block stands for.

    Args:
        report: What `measure` says of the graph.
        flat: What `opened` makes of it: the layers of each block stand side by side, in place of it.
    """
    found: dict[str, Sequence[Layer]] = {}
    at = 0
    for layer in graph.layers:
        end = at + _leaves(report.layers[layer.name])
        found[layer.name] = flat.layers[at:end]
        at = end
    return found


def _leaves(report: LayerReport) -> int:
    return sum(_leaves(part) for part in report.parts.values()) if report.parts else 1


def _one_level(graph: Graph, facts: Mapping[str, Any], names: Collection[str]) -> Graph:
    report = measure(graph, facts).layers
    taken = {layer.name for layer in graph.layers}
    layers: list[Layer] = []
    became: dict[str, str] = {}
    for layer in graph.layers:
        if layer.name not in names:
            layers.append(layer)
            continue
        inside = _inside(layer, report, taken)
        layers += inside
        became[layer.name] = inside[-1].name
    return Graph(tuple(_relinked(layer, became) for layer in layers))


def _inside(layer: Layer, report: Mapping[str, LayerReport], taken: set[str]) -> list[Layer]:
    """The layers that a block stands for; their names are added to those taken."""
    known = report[layer.name]
    if not is_block(layer.kind):
        raise GraphError(
            mark("Layer “{layer}” is no block that could be opened.", layer=layer.name),
            mark("Choose a block, such as a Transformer encoder."),
            layer.name,
        )
    if known.shape is None:
        raise known.error or GraphError(
            mark("Layer “{layer}” cannot be opened, because it waits for “{cause}”.",
                 layer=layer.name, cause=known.waits_for),
            mark("Mend that layer first."),
            layer.name,
        )  # fmt: skip
    parts = SHELF[layer.kind].layers(known.fields, [report[name].shape for name in layer.inputs])
    names = {f"in_{number}": name for number, name in enumerate(layer.inputs, start=1)}
    found = []
    for part in parts:
        names[part.name] = _free(layer.name, part, taken)
        inputs = tuple(names[name] for name in part.inputs)
        found.append(Layer(names[part.name], part.kind, inputs, dict(part.fields)))
    return found


def _free(block: str, part: Part, taken: set[str]) -> str:
    """A name that no other layer has, short enough for a file."""
    number = 1
    while True:
        end = f"_{part.name}" if number == 1 else f"_{part.name}_{number}"
        # From the left the block's name, from the right the part's.
        name = block[: max(LONGEST_NAME - len(end), 1)] + end[-(LONGEST_NAME - 1) :]
        if name not in taken:
            taken.add(name)
            return name
        number += 1


def _relinked(layer: Layer, became: Mapping[str, str]) -> Layer:
    if not became.keys() & set(layer.inputs):
        return layer
    return replace(layer, inputs=tuple(became.get(name, name) for name in layer.inputs))


def wrapped(graph: Graph, names: Collection[str], title: str) -> Graph:
    """The graph with the chosen layers as one block of the user's own, which gives what the last of them gives.

    Args:
        title: What the user calls the block.

    Raises:
        GraphError: Where the layers cannot be one block: there are none, ends of the network are among them, they
            feed each other in a ring, or more than one of them feeds what stays outside.
    """
    chosen = [layer for layer in order(graph) if layer.name in set(names)]
    _choosable(graph, names, chosen)
    last = _exit(graph, chosen)
    inside = {layer.name for layer in chosen}
    outside = list(dict.fromkeys(name for layer in chosen for name in layer.inputs if name not in inside))
    called = {name: f"in_{number}" for number, name in enumerate(outside, start=1)}
    called |= _part_names(chosen)
    # In order, so that the one that leads outside comes last.
    parts = [
        {"name": called[layer.name], "kind": layer.kind, "inputs": [called[name] for name in layer.inputs],
         "fields": dict(layer.fields)}
        for layer in chosen
    ]  # fmt: skip
    fields = {"title": title.strip(), "parts": parts}
    try:
        for name, field in SHELF["own_block"].FIELDS.items():
            field.check(fields[name])
    except UserError as error:
        raise GraphError(error.what, error.fix) from error
    block = Layer(_name(graph, inside, title), "own_block", tuple(outside), fields, _middle(chosen))
    kept = [block if layer.name == last else layer for layer in graph.layers]
    kept = [layer for layer in kept if layer.name not in inside or layer is block]
    return Graph(tuple(_relinked(layer, {last: block.name}) for layer in kept))


def _choosable(graph: Graph, names: Collection[str], chosen: list[Layer]) -> None:
    missing = [name for name in names if name not in graph]
    if missing or not chosen:
        raise GraphError(
            mark("There is no layer “{layer}” in this drawing.", layer=missing[0][:80])
            if missing
            else mark("No layer is chosen."),
            mark("Choose the layers that the block is to hold."),
        )
    for layer in chosen:
        if layer.kind in ENDS:
            raise GraphError(
                mark(
                    "“{layer}” is an end of the network, which cannot be part of a block.", layer=layer.name
                ),
                mark("Leave it out of the choice."),
                layer.name,
            )
        for name in layer.inputs:
            if name not in graph:
                raise GraphError(
                    mark("Layer “{layer}” is fed by “{name}”, which there is not.", layer=layer.name, name=name[:80]),
                    mark("Remove this link, or feed it from one of the other layers."),
                    layer.name,
                )  # fmt: skip


def _exit(graph: Graph, chosen: list[Layer]) -> str:
    """The one layer whose answer is the block's."""
    inside = {layer.name for layer in chosen}
    feeds_inside = {name for layer in chosen for name in layer.inputs}
    feeds_outside = {name for layer in graph.layers if layer.name not in inside for name in layer.inputs}
    ends = [layer.name for layer in chosen if layer.name in feeds_outside or layer.name not in feeds_inside]
    if len(ends) > 1:
        raise GraphError(
            mark("A block gives one answer, but several of these layers feed what stays outside: {names}.",
                 names=ends[:12]),
            mark("Choose also the layers between them, or fewer layers."),
            ends[0],
        )  # fmt: skip
    return ends[0]


def _part_names(chosen: list[Layer]) -> dict[str, str]:
    """What the layers are called inside: as outside, but for those that are called like what comes in."""
    taken = {layer.name for layer in chosen}
    called = {}
    for layer in chosen:
        name = layer.name
        while re.fullmatch(r"in_\d+", name) or (name != layer.name and name in taken):
            name = f"{name}_part"
        called[layer.name] = name
    return called


def _name(graph: Graph, inside: Collection[str], title: str) -> str:
    """The title as a layer's name, or `own_block`, with a number where it is taken."""
    word = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:60]
    first = word if word.isidentifier() else "own_block"
    taken = {layer.name for layer in graph.layers} - set(inside)
    name, number = first, 1
    while name in taken:
        number += 1
        name = f"{first}_{number}"
    return name


def _middle(chosen: list[Layer]) -> tuple[float, float] | None:
    places = [layer.place for layer in chosen if layer.place is not None]
    if not places:
        return None
    return sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places)
