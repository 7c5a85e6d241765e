"""Keras layers that are made once for all layers of a drawing that are alike; each call brings its own weights.

To make a layer and its variables takes Keras several times as long as to call it, and most layers of a large drawing,
and of a drawing after a change, are like ones that were made before.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import keras
from keras.src.backend.common import global_state

from core.graph import Layer, LayerReport
from core.layers import SHELF
from core.worker.build import called, keras_layer

Shape = tuple[int, ...]

FORMS_KEPT = 1_000  # they hold no weights


@dataclass(frozen=True)
class Wanted:
    """What a form is made from; two are one where kind, settings and what comes in are.

    Args:
        settings: The fields as text.
    """

    kind: str
    settings: str
    takes: tuple[Shape, ...]
    fields: Mapping[str, Any] = field(compare=False)


@dataclass(frozen=True)
class Form:
    """A Keras layer whose variables hold nothing.

    Args:
        starts: What each of its weights begins with: a tensor where that is always the same, else its initializer.
    """

    wanted: Wanted
    layer: keras.layers.Layer
    starts: tuple[Any, ...]

    def fresh(self, name: str) -> list[Any]:
        """New weights, the same ones each time for a layer of this name."""
        return [
            _again(start, f"{name}/{place}", variable) if callable(start) else start
            for place, (start, variable) in enumerate(zip(self.starts, self.layer.weights, strict=True))
        ]

    def __call__(self, weights: Sequence[Any], inputs: Sequence[Any], **more: Any) -> Any:
        """What a layer of this form gives with these weights, in the order of Keras's `get_weights`; not training."""
        pairs = list(zip(self.layer.weights, weights, strict=True))
        with keras.StatelessScope(pairs, initialize_variables=False):
            asked = partial(self.layer, training=False, **more)
            return called(self.wanted.kind, asked, inputs, self.wanted.fields)


def form_of(layer: Layer, flat: Mapping[str, LayerReport]) -> Form:
    """The form of a layer of an opened drawing.

    Args:
        flat: What is known about all layers of the drawing.
    """
    fields = flat[layer.name].fields
    takes = tuple(tuple(flat[name].shape) for name in layer.inputs)
    return form(Wanted(layer.kind, json.dumps(fields, sort_keys=True), takes, fields))


@lru_cache(FORMS_KEPT)
def form(wanted: Wanted) -> Form:
    """The form, made at its first use."""
    with keras.StatelessScope(initialize_variables=False):
        layer = keras_layer(wanted.kind, wanted.kind, LayerReport(fields=wanted.fields), wanted.takes)
        _build(wanted, layer)
        starts = tuple(_start(variable) for variable in layer.weights)
    # Else Keras would give values to all these variables as soon as something else is built in this process.
    global_state.set_global_attribute("uninitialized_variables", [])
    return Form(wanted, layer, starts)


def _build(wanted: Wanted, layer: keras.layers.Layer) -> None:
    shapes = [(None, *shape) for shape in wanted.takes]
    way = getattr(SHELF[wanted.kind], "CALL", "one")
    if way == "spread":
        layer.build(*shapes)
    elif way == "twice":
        layer.build(shapes[0], shapes[0])
    else:
        layer.build(shapes[0] if len(shapes) == 1 else shapes)


def _start(variable: keras.Variable) -> Any:
    initializer = variable._initializer
    if getattr(initializer, "seed", None) is not None:
        return initializer
    return initializer(variable.shape, dtype=variable.dtype)


def _again(initializer: keras.Initializer, name: str, variable: keras.Variable) -> Any:
    seed = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest()) >> 1
    chosen = type(initializer).from_config({**initializer.get_config(), "seed": seed})
    return chosen(variable.shape, dtype=variable.dtype)
