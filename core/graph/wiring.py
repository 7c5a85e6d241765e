"""What is wrong with the links of a graph, before any shape is known."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import GraphError, Mend
from core.graph import offers, towers
from core.graph.drawing import Graph, Layer
from core.graph.offers import Surroundings
from core.graph.order import ring_error, rings, sort
from core.layers import SHELF, is_name
from core.words import mark


def wiring_errors(
    graph: Graph, inputs: Mapping[str, Any] | None = None
) -> tuple[list[GraphError], dict[str, GraphError]]:
    """Errors that belong to no layer, and one error for each layer whose name, kind or links cannot work.

    Args:
        inputs: What the prepared rows bring in, by name, where it is known.
    """
    checks = (_names, _kinds, _links, _rings, _parts, _sources, _outputs, towers.errors)
    around = Surroundings(graph, inputs)
    wrong: dict[str, GraphError] = {}
    for check in checks:
        for error in check(around):
            wrong.setdefault(error.layer, error)
    return _general(around), wrong


def _general(around: Surroundings) -> list[GraphError]:
    graph = around.graph
    if not graph.layers:
        return [
            GraphError(
                mark("The network has no layers."),
                mark("Start from a template, or add an Input and an Output."),
                mends=offers.start(around),
            )
        ]
    # A layer of an unknown kind may have been meant as the output.
    if all(layer.kind in SHELF and layer.kind != "output" for layer in around.graph.layers):
        return [
            GraphError(
                mark("The network has no output."),
                mark("Add an Output layer behind the last layer."),
                mends=offers.output_behind(around),
            )
        ]
    return []


def _error(layer: Layer, what: Any, fix: Any, mends: Sequence[Mend] = (), brief: Any = None) -> GraphError:
    return GraphError(what, fix, layer.name, mends, brief)


def _names(around: Surroundings) -> list[GraphError]:
    seen: set[str] = set()
    found = []
    for layer in around.graph.layers:
        if layer.name in seen:
            twice = mark("Two layers are called “{layer}”.", layer=layer.name)
            fix = mark("Rename one of them.")
            found.append(_error(layer, twice, fix, [offers.rename(layer, around)]))
        seen.add(layer.name)
        if not is_name(layer.name):
            found.append(
                _error(
                    layer,
                    mark("A layer is called “{layer}”.", layer=layer.name[:80]),
                    mark("Use only the letters a to z, digits and underscores, with a letter first."),
                    [offers.rename(layer, around)],
                )
            )
    return found


def _kinds(around: Surroundings) -> list[GraphError]:
    return [
        _error(
            layer,
            mark(
                "Layer “{layer}” is of the kind “{kind}”, which there is not.",
                layer=layer.name,
                kind=layer.kind[:80],
            ),
            mark("Take one of these: {names}.", names=SHELF.names),
            offers.known_kind(layer, around),
        )
        for layer in around.graph.layers
        if layer.kind not in SHELF
    ]


def _links(around: Surroundings) -> list[GraphError]:
    names = {layer.name: layer.kind for layer in around.graph.layers}
    found = []
    for layer in around.graph.layers:
        for name in layer.inputs:
            if name not in names:
                found.append(
                    _error(
                        layer,
                        mark(
                            "Layer “{layer}” is fed by “{name}”, which there is not.",
                            layer=layer.name,
                            name=name[:80],
                        ),
                        mark("Remove this link, or feed it from one of the other layers."),
                        offers.other_source(layer, name, around),
                    )
                )
            elif names[name] == "output":
                found.append(
                    _error(
                        layer,
                        mark("Layer “{layer}” comes after the output “{name}”.", layer=layer.name, name=name),
                        mark("Put it in front of the output, or remove it."),
                        offers.before_output(layer, name, around),
                    )
                )
        found += _count(layer, around)
    return found


def _count(layer: Layer, around: Surroundings) -> list[GraphError]:
    if layer.kind not in SHELF:
        return []
    least, most = SHELF[layer.kind].INPUTS
    got = len(layer.inputs)
    if got < least:
        needs = mark("one layer that feeds it", plural="at least {count} layers that feed it", count=least)
        if least == most and least > 1:
            needs = mark("exactly {count} layers that feed it", count=least)
        return [
            _error(
                layer,
                mark("Layer “{layer}” needs {needs}, and has {got}.", layer=layer.name, needs=needs, got=got),
                mark("Draw a link to it from the layer that it should read."),
                offers.missing_inputs(layer, least, around),
                mark("It needs {needs}, and has {got}.", needs=needs, got=got),
            )
        ]
    if got > most:
        what = mark(
            "Layer “{layer}” takes one layer that feeds it, and has {got}.",
            plural="Layer “{layer}” takes at most {count} layers that feed it, and has {got}.",
            layer=layer.name,
            got=got,
            count=most,
        )
        if most == 0:
            what = mark("Layer “{layer}” is where rows come in, so no layer can feed it.", layer=layer.name)
        fix = (
            mark("Bring them together in a Concatenate layer first.")
            if most == 1
            else mark("Remove links to it.")
        )
        return [_error(layer, what, fix, offers.too_many(layer, most, around))]
    return []


def _rings(around: Surroundings) -> list[GraphError]:
    drawn = [layer.name for layer in around.graph.layers]
    return [ring_error(ring, drawn) for ring in rings(sort(around.graph)[1])]


def _sources(around: Surroundings) -> list[GraphError]:
    found = []
    readers: dict[str, str] = {}
    for layer in around.graph.layers:
        source = source_of(layer) if layer.kind == "input" else ""
        if not isinstance(source, str) or not source:
            continue
        if source in readers:
            found.append(
                _error(
                    layer,
                    mark(
                        "Layers “{first}” and “{layer}” both read “{source}”.",
                        first=readers[source],
                        layer=layer.name,
                        source=source,
                    ),
                    mark("Keep one of them, and draw links from it to both places."),
                    [offers.one_reader(layer, readers[source])],
                    mark("It reads “{source}”, as “{first}” does.", source=source, first=readers[source]),
                )
            )
        readers.setdefault(source, layer.name)
    for layer in around.graph.layers:
        # The model's inputs are called by what they read, so that whoever uses it need not know the drawing.
        if layer.name in readers and layer.name != readers[layer.name]:
            found.append(
                _error(
                    layer,
                    mark(
                        "Layer “{layer}” is called like the part of the rows that “{reader}” reads.",
                        layer=layer.name,
                        reader=readers[layer.name],
                    ),
                    mark("Rename it."),
                    [offers.rename(layer, around)],
                )
            )
    return found


def _parts(around: Surroundings) -> list[GraphError]:
    """Inputs that read what the prepared rows do not have."""
    found = []
    for layer in around.graph.layers if around.inputs else ():
        source = source_of(layer) if layer.kind == "input" else None
        if not isinstance(source, str) or not source or source in around.inputs:
            continue
        reads = mark("it reads “{source}”, but the prepared rows have no such part.", source=source)
        found.append(
            _error(
                layer,
                mark("Layer “{layer}”: {what}", layer=layer.name, what=reads),
                mark("Let it read one of these: {names}.", names=list(around.inputs)),
                offers.parts(layer, around),
                reads,
            )
        )
    return found


def sources(graph: Graph) -> list[str]:
    """What the drawing's inputs read."""
    return [str(source_of(layer)) for layer in graph.layers if layer.kind == "input"]


def source_of(layer: Layer) -> Any:
    """What an input layer reads: what it says, or else the part that is called like the layer."""
    source = layer.fields.get("source")
    return layer.name if source is None else source


def _outputs(around: Surroundings) -> list[GraphError]:
    outputs = [layer for layer in around.graph.layers if layer.kind == "output"]
    return [
        _error(
            layer,
            mark("“{layer}” is a second output beside “{first}”.", layer=layer.name, first=outputs[0].name),
            mark("Remove one of the two."),
            [offers.remove(layer), offers.remove(outputs[0])],
        )
        for layer in outputs[1:]
    ]


def dead_ends(graph: Graph) -> list[GraphError]:
    """Layers that feed no other, though there is an output that they could lead to."""
    around = Surroundings(graph)
    if around.output is None:
        return []
    return [
        _error(
            layer,
            mark("Layer “{layer}” leads nowhere.", layer=layer.name),
            mark("Draw a link from it to a later layer, or remove it."),
            offers.dead_end(layer, around),
            mark("It leads nowhere."),
        )
        for layer in graph.layers
        if layer.kind != "output" and not around.followers[layer.name]
    ]
