"""Two towers, one for questions and one for answers, meet only at the very end: in use, each is asked by itself."""

from collections.abc import Iterator

from core.errors import GraphError
from core.graph.drawing import Graph, Layer
from core.graph.offers import Surroundings
from core.words import mark

QUESTION, REPLY = "question", "reply"  # how the inputs of both towers are viewed


def ends(graph: Graph) -> tuple[str, str] | None:
    """The layers that end the tower of the questions and that of the answers; None where the drawing has no such two."""
    layers = {layer.name: layer for layer in graph.layers}
    output = next((layer for layer in graph.layers if layer.kind == "output"), None)
    last = layers.get(output.inputs[0]) if output and len(output.inputs) == 1 else None
    if last is None or last.kind != "concatenate" or len(last.inputs) != 2:
        return None
    first, second = last.inputs
    return (first, second) if first in layers and second in layers else None


def errors(around: Surroundings) -> Iterator[GraphError]:
    """What is wrong with the two towers, where the rows bring in questions and answers."""
    views = {name: part.get("view") for name, part in (around.inputs or {}).items()}
    if not {QUESTION, REPLY} <= set(views.values()):
        return
    found = ends(around.graph)
    output = next((layer for layer in around.graph.layers if layer.kind == "output"), None)
    if output is None or not output.inputs:
        return  # somebody else says so
    read = [{views.get(name) for name in _read(around.graph, end)} for end in found or ()]
    if read != [{QUESTION}, {REPLY}]:
        yield GraphError(
            mark("“{layer}” needs two towers that meet right in front of it: one reads the questions, the other the answers.",
                 layer=output.name),
            mark("Put a Concatenate layer with two links in front of it: first the end of the questions' tower, then that of the answers'."),
            output.name,
        )  # fmt: skip


def _read(graph: Graph, end: str) -> set[str]:
    """The parts of the rows that come in behind this layer."""
    layers = {layer.name: layer for layer in graph.layers}
    found, seen, left = set(), set(), [end]
    while left:
        name = left.pop()
        if name in seen or name not in layers:
            continue
        seen.add(name)
        layer: Layer = layers[name]
        if layer.kind == "input":
            found.add(str(layer.fields.get("source") or layer.name))
        left += layer.inputs
    return found
