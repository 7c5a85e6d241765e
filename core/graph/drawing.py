"""The drawing itself as plain data: layers, what feeds them, and their settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from core.errors import GraphError
from core.words import mark

VERSION = 1
MOST_LAYERS = 2_000


@dataclass(frozen=True)
class Layer:
    """One layer of a graph.

    Args:
        name: Unique in the graph, as the user sees it: letters, digits and underscores.
        kind: An item of the shelf `core.layers`.
        inputs: Names of the layers that feed it, in order.
        fields: Values that somebody or a template has set; fields that are left out are automatic or default.
        place: Where it stands in the editor's picture, pixels, or None for automatic.
    """

    name: str
    kind: str
    inputs: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    place: tuple[float, float] | None = None

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"name": self.name, "kind": self.kind, "inputs": list(self.inputs)}
        data["fields"] = dict(self.fields)
        if self.place is not None:
            data["place"] = list(self.place)
        return data


@dataclass(frozen=True)
class Graph:
    """Layers in the order in which they were drawn; `core.graph.order` sorts them."""

    layers: tuple[Layer, ...]

    def __getitem__(self, name: str) -> Layer:
        return next(layer for layer in self.layers if layer.name == name)

    def __contains__(self, name: object) -> bool:
        return any(layer.name == name for layer in self.layers)

    def replace(self, changed: Layer) -> "Graph":
        """The graph with the layer of that name changed."""
        return Graph(tuple(changed if layer.name == changed.name else layer for layer in self.layers))

    def to_json(self) -> dict[str, Any]:
        return {"version": VERSION, "layers": [layer.to_json() for layer in self.layers]}

    @classmethod
    def from_json(cls, data: Any) -> "Graph":
        """The graph in plain data that may come from anywhere; only its form is checked here.

        Raises:
            GraphError: Where it is no graph of ours. Whether the layers fit is for `core.graph.measure` to say.
        """
        try:
            if not isinstance(data, Mapping):
                raise KeyError("layers")
            if data["version"] != VERSION:
                raise _foreign(mark("its version is {version}, not 1", version=str(data["version"])[:20]))
            if len(data["layers"]) > MOST_LAYERS:
                raise _foreign(mark("it has {count:,} layers", count=len(data["layers"])))
            layers = tuple(_layer(entry) for entry in data["layers"])
        except (TypeError, KeyError, ValueError, IndexError) as error:
            raise _foreign(
                mark("“{part}” is missing or has the wrong form", part=str(error.args[0])[:80])
            ) from error
        return cls(layers)


def _layer(entry: Any) -> Layer:
    name, kind = entry["name"], entry["kind"]
    # Keras on TensorFlow takes no other letters in a layer's name.
    if not (isinstance(name, str) and name.isidentifier() and name.isascii() and len(name) <= 80):
        raise _foreign(mark("a layer is called “{name}”", name=str(name)[:80]))
    fields = entry.get("fields", {})
    if (
        not isinstance(kind, str)
        or not isinstance(fields, dict)
        or not all(isinstance(f, str) for f in fields)
    ):
        raise _foreign(mark("layer “{name}” has no kind or no settings", name=name))
    json.dumps(fields, allow_nan=False)  # what JSON cannot hold could not be saved again
    inputs = entry.get("inputs", [])
    if not isinstance(inputs, list) or not all(isinstance(i, str) for i in inputs):
        raise _foreign(mark("the inputs of layer “{name}” are no list of names", name=name))
    return Layer(name, kind, tuple(inputs), dict(fields), _place(entry.get("place")))


def _place(place: Any) -> tuple[float, float] | None:
    if place is None:
        return None
    x, y = (float(side) for side in place)
    if not (isfinite(x) and isfinite(y)):
        raise ValueError("place")
    return x, y


def _foreign(why: Any) -> GraphError:
    return GraphError(
        mark("This is not a drawing that Modelyard can read: {why}.", why=why),
        mark("Take a file that was saved here as “graph”, or start from a template."),
    )
