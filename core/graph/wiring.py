"""What is wrong with the links of a graph, before any shape is known."""

from typing import Any

from core.errors import GraphError
from core.graph.drawing import Graph, Layer
from core.graph.order import ring_error, rings, sort
from core.layers import SHELF
from core.words import mark


def wiring_errors(graph: Graph) -> tuple[list[GraphError], dict[str, GraphError]]:
    """Errors that belong to no layer, and one error for each layer whose name, kind or links cannot work."""
    checks = (_names, _kinds, _links, _rings, _sources, _outputs)
    wrong: dict[str, GraphError] = {}
    for check in checks:
        for error in check(graph):
            wrong.setdefault(error.layer, error)
    return _general(graph), wrong


def _general(graph: Graph) -> list[GraphError]:
    if not graph.layers:
        return [
            GraphError(
                mark("The network has no layers."),
                mark("Start from a template, or add an Input and an Output."),
            )
        ]
    # A layer of an unknown kind may have been meant as the output.
    if all(layer.kind in SHELF and layer.kind != "output" for layer in graph.layers):
        return [
            GraphError(mark("The network has no output."), mark("Add an Output layer behind the last layer."))
        ]
    return []


def _error(layer: Layer, what: Any, fix: Any) -> GraphError:
    return GraphError(what, fix, layer.name)


def _names(graph: Graph) -> list[GraphError]:
    seen: set[str] = set()
    found = []
    for layer in graph.layers:
        if layer.name in seen:
            twice = mark("Two layers are called “{layer}”.", layer=layer.name)
            found.append(_error(layer, twice, mark("Rename one of them.")))
        seen.add(layer.name)
        # Keras on TensorFlow takes no other letters in a layer's name.
        if not (layer.name.isidentifier() and layer.name.isascii()):
            found.append(
                _error(
                    layer,
                    mark("A layer is called “{layer}”.", layer=layer.name[:80]),
                    mark("Use only the letters a to z, digits and underscores, with a letter first."),
                )
            )
    return found


def _kinds(graph: Graph) -> list[GraphError]:
    return [
        _error(
            layer,
            mark(
                "Layer “{layer}” is of the kind “{kind}”, which there is not.",
                layer=layer.name,
                kind=layer.kind[:80],
            ),
            mark("Take one of these: {names}.", names=SHELF.names),
        )
        for layer in graph.layers
        if layer.kind not in SHELF
    ]


def _links(graph: Graph) -> list[GraphError]:
    names = {layer.name: layer.kind for layer in graph.layers}
    found = []
    for layer in graph.layers:
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
                    )
                )
            elif names[name] == "output":
                found.append(
                    _error(
                        layer,
                        mark("Layer “{layer}” comes after the output “{name}”.", layer=layer.name, name=name),
                        mark("Put it in front of the output, or remove it."),
                    )
                )
        found += _count(layer)
    return found


def _count(layer: Layer) -> list[GraphError]:
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
        return [_error(layer, what, fix)]
    return []


def _rings(graph: Graph) -> list[GraphError]:
    return [ring_error(ring) for ring in rings(sort(graph)[1])]


def _sources(graph: Graph) -> list[GraphError]:
    found = []
    readers: dict[str, str] = {}
    for layer in graph.layers:
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
                )
            )
        readers.setdefault(source, layer.name)
    for layer in graph.layers:
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
                )
            )
    return found


def source_of(layer: Layer) -> Any:
    """What an input layer reads: what it says, or else the part that is called like the layer."""
    source = layer.fields.get("source")
    return layer.name if source is None else source


def _outputs(graph: Graph) -> list[GraphError]:
    outputs = [layer for layer in graph.layers if layer.kind == "output"]
    return [
        _error(
            layer,
            mark("“{layer}” is a second output beside “{first}”.", layer=layer.name, first=outputs[0].name),
            mark("Remove one of the two."),
        )
        for layer in outputs[1:]
    ]


def dead_ends(graph: Graph) -> list[GraphError]:
    """Layers that feed no other, though there is an output that they could lead to."""
    if not any(layer.kind == "output" for layer in graph.layers):
        return []
    feeding = {name for layer in graph.layers for name in layer.inputs}
    return [
        _error(
            layer,
            mark("Layer “{layer}” leads nowhere.", layer=layer.name),
            mark("Draw a link from it to a later layer, or remove it."),
        )
        for layer in graph.layers
        if layer.kind != "output" and layer.name not in feeding
    ]
