"""The drawing itself as plain data: layers, what feeds them, and their settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from core.errors import GraphError
from core.layers import LONGEST_NAME, is_name
from core.words import mark

VERSION = 1
MOST_LAYERS = 2_000
# Limits for files from elsewhere; no network that can be drawn comes near them.
MOST_LINKS = 20_000
MOST_VALUES = 100_000  # numbers, texts, lists and groups in all settings
MOST_LETTERS = 2_000_000  # in all settings
DEEPEST = 24  # lists and groups inside each other: blocks in blocks need three for each
FURTHEST = 1e6  # pixels
LARGEST = 2**53  # the browser counts no further


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
        if not isinstance(data, Mapping) or not isinstance(data.get("layers"), (list, tuple)):
            raise _foreign(mark("it has no list of layers"))
        if type(data.get("version")) is not int or data["version"] != VERSION:
            raise _foreign(mark("its version is {version}, not 1", version=_short(data.get("version"))))
        if len(data["layers"]) > MOST_LAYERS:
            raise _foreign(mark("it has {count:,} layers", count=len(data["layers"])))
        left = {"values": MOST_VALUES, "letters": MOST_LETTERS}
        layers = tuple(_layer(entry, left) for entry in data["layers"])
        if (links := sum(len(layer.inputs) for layer in layers)) > MOST_LINKS:
            raise _foreign(mark("it has {count:,} links", count=links))
        return cls(layers)


def _layer(entry: Any, left: dict[str, int]) -> Layer:
    if not isinstance(entry, Mapping):
        raise _foreign(mark("one of its layers is only “{part}”", part=_short(entry)))
    name, kind, fields = entry.get("name"), entry.get("kind"), entry.get("fields", {})
    if not is_name(name):
        raise _foreign(mark("a layer is called “{name}”", name=_short(name)))
    if not isinstance(kind, str) or len(kind) > LONGEST_NAME or not isinstance(fields, dict):
        raise _foreign(mark("layer “{name}” has no kind or no settings", name=name))
    _check_plain(fields, name, left)
    inputs = entry.get("inputs", [])
    if not isinstance(inputs, list) or not all(isinstance(i, str) and len(i) <= LONGEST_NAME for i in inputs):
        raise _foreign(mark("the inputs of layer “{name}” are no list of names", name=name))
    return Layer(name, kind, tuple(inputs), dict(fields), _place(entry.get("place"), name))


def _check_plain(fields: Any, layer: str, left: dict[str, int]) -> None:
    """Raises GraphError where settings could not be saved again as JSON, or are larger than any network's.

    Args:
        left: How many values and letters the whole drawing may still hold; counted down.
    """
    todo = [
        (fields, 1)
    ]  # a list of our own: what comes from elsewhere may lie deeper than Python calls itself
    while todo:
        value, depth = todo.pop()
        inner: list[Any] = []
        if isinstance(value, dict):
            inner = [*value, *value.values()]
            if not all(isinstance(key, str) for key in value):
                raise _foreign(mark("settings of layer “{name}” have no names", name=layer))
        elif isinstance(value, (list, tuple)):
            inner = list(value)
        elif isinstance(value, str):
            left["letters"] -= len(value)
        elif isinstance(value, float) and not isfinite(value):
            raise _foreign(mark("a setting of layer “{name}” is no number", name=layer))
        elif isinstance(value, int) and abs(value) > LARGEST:
            raise _foreign(mark("a setting of layer “{name}” is too large a number", name=layer))
        elif not isinstance(value, (int, float, type(None))):
            raise _foreign(mark("a setting of layer “{name}” is “{value}”", name=layer, value=_short(value)))
        left["values"] -= 1
        if depth > DEEPEST or left["letters"] < 0 or left["values"] < len(inner):
            raise _foreign(mark("the settings of layer “{name}” hold too much", name=layer))
        todo += [(item, depth + 1) for item in inner]


def _place(place: Any, layer: str) -> tuple[float, float] | None:
    if place is None:
        return None
    if isinstance(place, (list, tuple)) and len(place) == 2:
        x, y = place
        if all(type(side) in (int, float) and abs(side) <= FURTHEST for side in (x, y)):
            return float(x), float(y)
    raise _foreign(mark("layer “{name}” stands at no place in the picture", name=layer))


def _short(value: Any) -> str:
    """The beginning of a text or number; of anything else, which may be large, only what it is."""
    return str(value)[:LONGEST_NAME] if isinstance(value, (str, float, bool)) else type(value).__name__


def _foreign(why: Any) -> GraphError:
    return GraphError(
        mark("This is not a drawing that Modelyard can read: {why}.", why=why),
        mark("Take a file that was saved here as “graph”, or start from a template."),
    )
