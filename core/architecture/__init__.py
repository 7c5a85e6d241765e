"""Drawings that come from files: our own, and the architecture of Keras models, of which nothing is ever run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.architecture import _ends, _file
from core.architecture._kinds import NoPlaceError, Translated, translated
from core.architecture._left import left_out
from core.architecture._steps import MODELS, Key, Step, odd, steps_of
from core.errors import GraphError
from core.graph import Graph, Layer, order
from core.layers import SHELF
from core.words import Sentence, mark

MOST_NAMED = 20


@dataclass(frozen=True)
class Imported:
    """A drawing from a file.

    Args:
        graph: Its layers; whether they work for the data at hand, `core.graph.measure` says.
        notes: What is not as it was in the file.
    """

    graph: Graph
    notes: tuple[Sentence, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        return iter((self.graph, self.notes))


def read(name: str, content: bytes | Path, facts: Mapping[str, Any]) -> Imported:
    """The drawing in a file that may come from anywhere.

    Args:
        name: What the user calls the file.
        content: A drawing of ours as JSON, a `.keras` file, or what `model.to_json()` gives; or where that lies.
        facts: As for `core.graph.measure`.

    Raises:
        FileError: Where the file is none of these.
        GraphError: Where what it describes does not hold together, or holds layers that there are not here.
    """
    data = _file.plain(name[:80], content)
    if isinstance(data, Mapping) and isinstance(data.get("graph"), Mapping):
        data = data["graph"]
    if isinstance(data, Mapping) and "class_name" in data:
        return _foreign(data, facts)
    if not isinstance(data, Mapping) or "layers" not in data:
        _file.refuse(mark("“{name}” holds no drawing.", name=name[:80]))
    return Imported(_ours(Graph.from_json(data)))


def _ours(graph: Graph) -> Graph:
    """The drawing, whose layers may still be in need of mending. Raises GraphError where it could never be shown."""
    strange = [layer.kind[:60] for layer in graph.layers if layer.kind not in SHELF]
    if strange:
        _refuse_unknown(list(dict.fromkeys(strange)))
    names = [layer.name for layer in graph.layers]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise GraphError(
            mark("Two layers are called “{layer}”.", layer=twice[0]),
            mark("Rename one of them in the file."),
        )
    order(graph)
    return graph


def _refuse_unknown(names: list[Any]) -> None:
    shown = names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "…"]
    raise GraphError(
        mark("Modelyard has no layers like these: {names}.", names=shown),
        mark("Put other layers in their place before the model is saved, or draw the network here."),
    )


def _foreign(model: Mapping[str, Any], facts: Mapping[str, Any]) -> Imported:
    if (kind := str(model["class_name"])[:60]) not in MODELS:
        _refuse_unknown([kind])
    steps, ends = steps_of(model)
    if len(set(ends)) != 1:
        raise GraphError(
            mark("This model gives {count} answers, and a network here gives one.", count=len(set(ends))),
            mark("Save a model with only the answer that you want."),
        )
    inputs = [step for step in steps if step.kind == "InputLayer"]
    found = _translated([step for step in steps if step.kind != "InputLayer"])
    parts, notes = _ends.readers(inputs, facts)
    names, renamed = _ends.names([step.key for step in steps], parts)
    layers = [_layer(step, found.get(step.key), names, parts) for step in steps]
    if ends[0] not in names:
        odd(mark("layer “{name}” is missing", name=ends[0][-1][:80]))
    made = {names[key]: translation for key, translation in found.items()}
    layers, said = _ends.ended(layers, made, names[ends[0]], facts)
    graph = Graph.from_json(Graph(tuple(layers)).to_json())
    order(graph)
    return Imported(graph, (*notes, *renamed, *said, *left_out(graph, made, facts)))


def _translated(steps: list[Step]) -> dict[Key, Translated]:
    """All layers in our terms. Raises GraphError that names every layer for which there is none."""
    found: dict[Key, Translated] = {}
    unknown: list[Sentence] = []
    for step in steps:
        try:
            found[step.key] = translated(step)
        except NoPlaceError as error:
            unknown.append(error.said)
    if unknown:
        _refuse_unknown(unknown)
    return found


def _layer(step: Step, made: Translated | None, names: Mapping[Key, str], parts: Mapping[Key, str]) -> Layer:
    name = names[step.key]
    if made is None:
        source = parts.get(step.key, name)
        return Layer(name, "input", (), {} if source == name else {"source": source})
    for key in made.inputs:
        if key not in names:
            odd(mark("layer “{name}” is missing", name=key[-1][:80]))
    return Layer(name, made.kind, tuple(names[key] for key in made.inputs), dict(made.fields))
