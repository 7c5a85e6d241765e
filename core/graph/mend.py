"""One-click changes carried out: a mend's plain steps turn one drawing into another.

Each step is `{"do": …, "layer": name, …}`:

    insert   kind, fields, input      a new layer between an input (its name, its place in the list, or None: one for
                                      each input) and the layer
    set      fields                   settings by name
    unset    fields                   names of settings that go back to automatic or default
    link     input                    a new link, behind the others
    unlink   input                    all links from there, or the one at that place in the list
    remove   by                       its followers are fed by `by`, or else by the first layer that fed it
    rename   name                     links follow
    turn     kind, fields             another kind in its place; links stay
    add      kind, inputs, fields     a layer of its own, `layer` unused; `name` where it must be known beforehand
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core.errors import GraphError, Mend
from core.graph.drawing import MOST_LAYERS, Graph, Layer
from core.layers import SHELF, is_name
from core.words import Sentence, mark

Step = Mapping[str, Any]


def mended(graph: Graph, mend: Mend) -> Graph:
    """The graph after all steps of the mend.

    Raises:
        GraphError: Where a step names a change, a layer or a kind that there is not, most often because the drawing has
            changed since the mend was offered.
    """
    for step in mend.steps:
        change = _CHANGES.get(str(step.get("do")))
        if change is None:
            raise _stale(mark("“{step}” is no change to a drawing.", step=str(step.get("do"))[:80]))
        try:
            graph = change(graph, step)
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise _stale(
                mark("A part of the change is missing: {part}.", part=str(error.args[0])[:80])
            ) from error
    if len(graph.layers) > MOST_LAYERS:
        raise GraphError(
            mark("The drawing would have more than {count:,} layers.", count=MOST_LAYERS),
            mark("Remove some layers first."),
        )
    return graph


def unused(graph: Graph, name: str) -> str:
    """The name with the first number from 1 behind it that no layer has: `dense_1`, `dense_2`, …"""
    taken = {layer.name for layer in graph.layers}
    number = 1
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def _stale(what: Sentence) -> GraphError:
    return GraphError(what, mark("Look at the drawing as it is now, and choose again."))


def _at(graph: Graph, name: Any) -> int:
    """Where the layer stands in the drawing; of two with one name, the one drawn last."""
    for place in range(len(graph.layers) - 1, -1, -1):
        if graph.layers[place].name == name:
            return place
    raise _stale(mark("There is no layer called “{layer}”.", layer=str(name)[:80]))


def _kind(step: Step) -> str:
    if step["kind"] not in SHELF:
        raise _stale(mark("There is no kind of layer called “{kind}”.", kind=str(step["kind"])[:80]))
    return step["kind"]


def _put(graph: Graph, place: int, layer: Layer) -> Graph:
    return Graph((*graph.layers[:place], layer, *graph.layers[place + 1 :]))


def _insert(graph: Graph, step: Step) -> Graph:
    layer, wanted, kind = graph.layers[_at(graph, step["layer"])], step.get("input"), _kind(step)
    if isinstance(wanted, int):
        wanted = range(len(layer.inputs))[wanted]  # a place that is not there raises IndexError
    chosen = [i for i, name in enumerate(layer.inputs) if wanted is None or wanted in (i, name)]
    if not chosen:
        raise _stale(mark("“{input}” does not feed “{layer}”.", input=str(wanted)[:80], layer=layer.name))
    between: dict[str, str] = {}
    inputs = list(layer.inputs)
    for i in chosen:
        source = inputs[i]
        if source not in between:
            new = Layer(unused(graph, kind), kind, (source,), dict(step.get("fields", {})))
            between[source] = new.name
            place = _at(graph, layer.name)
            graph = Graph((*graph.layers[:place], new, *graph.layers[place:]))
        inputs[i] = between[source]
    return _put(graph, _at(graph, layer.name), replace(layer, inputs=tuple(inputs)))


def _set(graph: Graph, step: Step) -> Graph:
    place = _at(graph, step["layer"])
    layer = graph.layers[place]
    return _put(graph, place, replace(layer, fields={**layer.fields, **step["fields"]}))


def _unset(graph: Graph, step: Step) -> Graph:
    place = _at(graph, step["layer"])
    layer = graph.layers[place]
    gone = set(step["fields"])
    kept = {name: value for name, value in layer.fields.items() if name not in gone}
    return _put(graph, place, replace(layer, fields=kept))


def _link(graph: Graph, step: Step) -> Graph:
    source = graph.layers[_at(graph, step["input"])].name
    place = _at(graph, step["layer"])
    layer = graph.layers[place]
    if source in layer.inputs:
        return graph
    return _put(graph, place, replace(layer, inputs=(*layer.inputs, source)))


def _unlink(graph: Graph, step: Step) -> Graph:
    place = _at(graph, step["layer"])
    layer = graph.layers[place]
    wanted = step["input"]
    kept = tuple(name for i, name in enumerate(layer.inputs) if wanted not in (i, name))
    return _put(graph, place, replace(layer, inputs=kept))


def _remove(graph: Graph, step: Step) -> Graph:
    place = _at(graph, step["layer"])
    gone = graph.layers[place]
    rest = Graph((*graph.layers[:place], *graph.layers[place + 1 :]))
    if gone.name in rest:  # links belong to the other layer of that name
        return rest
    feeding = [i for i in gone.inputs if i != gone.name]
    if step.get("by") is not None:
        feeding = [graph.layers[_at(graph, step["by"])].name]
    return Graph(tuple(_fed_instead(layer, gone.name, feeding[:1]) for layer in rest.layers))


def _fed_instead(layer: Layer, gone: str, by: list[str]) -> Layer:
    if gone not in layer.inputs:
        return layer
    # Neither a second link from the same layer nor one from the layer to itself.
    by = [name for name in by if name not in layer.inputs and name != layer.name]
    inputs: list[str] = []
    for name in layer.inputs:
        inputs += [name] if name != gone else [source for source in by if source not in inputs]
    return replace(layer, inputs=tuple(inputs))


def _rename(graph: Graph, step: Step) -> Graph:
    place, new = _at(graph, step["layer"]), step["name"]
    layer = graph.layers[place]
    if not is_name(new):
        raise _stale(mark("A layer cannot be called “{layer}”.", layer=str(new)[:80]))
    if new in graph:
        raise _stale(mark("There is a layer called “{layer}” already.", layer=new))
    fields = dict(layer.fields)
    if layer.kind == "input":  # it reads the part that is called like it, until it says which
        fields.setdefault("source", layer.name)
    graph = _put(graph, place, replace(layer, name=new, fields=fields))
    if layer.name in graph:  # links belong to the other layer of that name
        return graph
    return Graph(
        tuple(
            replace(later, inputs=tuple(new if i == layer.name else i for i in later.inputs))
            if layer.name in later.inputs
            else later
            for later in graph.layers
        )
    )


def _turn(graph: Graph, step: Step) -> Graph:
    place = _at(graph, step["layer"])
    layer = graph.layers[place]
    return _put(graph, place, replace(layer, kind=_kind(step), fields=dict(step.get("fields", {}))))


def _add(graph: Graph, step: Step) -> Graph:
    inputs = tuple(graph.layers[_at(graph, name)].name for name in step.get("inputs", ()))
    name, kind = step.get("name"), _kind(step)
    if name is None or name in graph:
        name = unused(graph, kind)
    return Graph((*graph.layers, Layer(name, kind, inputs, dict(step.get("fields", {})))))


_CHANGES: Mapping[str, Callable[[Graph, Step], Graph]] = {
    "insert": _insert,
    "set": _set,
    "unset": _unset,
    "link": _link,
    "unlink": _unlink,
    "remove": _remove,
    "rename": _rename,
    "turn": _turn,
    "add": _add,
}
