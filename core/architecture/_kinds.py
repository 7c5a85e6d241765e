"""Layers of Keras become kinds of the shelf; nothing else is ever made of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.architecture._steps import OURS, Key, Step
from core.fields import Choice, Decimal, Field, Numbers, Whole
from core.layers import SHELF
from core.layers._keras import keras_defaults
from core.words import Sentence, mark

# Names that mean the same.
BENDS = {None: "linear", "swish": "silu"}
# Sums of tensors that were written with `+` and the like.
OPERATIONS = {"Add", "Subtract", "Multiply", "Maximum", "Minimum"}
LONGEST_LIST = 8


@dataclass(frozen=True)
class Translated:
    """One layer in our terms.

    Args:
        kind: An item of the shelf.
        inputs: Keys of what feeds it.
        fields: Settings that differ from ours.
        left: Arguments that our kind has no place for, with their values.
        classes: The class of Keras, and the one that it wraps.
    """

    kind: str
    inputs: tuple[Key, ...]
    fields: Mapping[str, Any]
    left: Mapping[str, Any]
    classes: tuple[str, ...]


class NoPlaceError(Exception):
    """A layer that has no place here; says which one, and why."""

    def __init__(self, said: Sentence):
        super().__init__(said)
        self.said = said


@cache
def _by_class() -> dict[tuple[str, bool], list[str]]:
    """The kinds for each class of Keras, and of ours."""
    found: dict[tuple[str, bool], list[str]] = {}
    for kind in SHELF:
        if SHELF[kind].KERAS:
            key = (SHELF[kind].KERAS, getattr(SHELF[kind], "OWN", False))
            found.setdefault(key, []).append(kind)
    return found


def translated(step: Step) -> Translated:
    """The layer as a kind of ours. Raises NoPlaceError."""
    if step.calls > 1:
        raise NoPlaceError(mark("“{name}” (used {count} times)", name=_name(step), count=step.calls))
    special = SPECIAL.get(step.kind) if _from_keras(step) else None
    # What a file leaves out is what Keras takes by itself, which is not always what we do.
    known = keras_defaults().get(step.kind, {"defaults": {}})["defaults"]
    kind, config = special(step) if special else (_kind(step), known | step.config)
    inputs = step.inputs
    if _twice(kind):
        inputs = inputs[:1]
    elif len(inputs) == 3 and kind == "multi_head_attention" and inputs[1] == inputs[2]:
        inputs = inputs[:2]
    fields = {}
    given = {**config, **{name: value for name, value in step.call.items() if name in SHELF[kind].FIELDS}}
    for name, field in SHELF[kind].FIELDS.items():
        if name in given:
            value = _setting(step, name, field, given[name])
            if value is not None and value != field.default:
                fields[name] = value
    called = {k: v for k, v in step.call.items() if k not in SHELF[kind].FIELDS and v}
    wrapped = step.config.get("layer")
    inside = str(wrapped.get("class_name"))[:60] if isinstance(wrapped, Mapping) else step.kind
    return Translated(kind, inputs, fields, {**_left(config, kind), **called}, (step.kind, inside))


def _kind(step: Step) -> str:
    """The kind of that class that takes what comes in."""
    own = step.module == OURS
    known = _from_keras(step) or own or ("keras.src.ops" in step.module and step.kind in OPERATIONS)
    kinds = _by_class().get((step.kind, own), []) if known else []
    if not kinds:
        raise NoPlaceError(mark("“{name}” ({kind})", name=_name(step), kind=step.kind[:60]))
    # What looks at itself is the simpler kind, so it is asked first.
    for kind in sorted(kinds, key=lambda kind: not _twice(kind)):
        least, most = SHELF[kind].INPUTS
        if _twice(kind):
            fits = len(step.inputs) > 1 and len(set(step.inputs)) == 1
        else:
            fits = least <= len(step.inputs) <= most
        if fits:
            return kind
    raise NoPlaceError(
        mark(
            "“{name}” ({kind}, fed by {count} layers)",
            name=_name(step),
            kind=step.kind,
            count=len(step.inputs),
        )
    )


def _twice(kind: str) -> bool:
    """Whether it hands its one input to Keras as query and as value."""
    return getattr(SHELF[kind], "CALL", "one") == "twice"


def _from_keras(step: Step) -> bool:
    """Whether the class is one of Keras's own layers, or the file is too old to say."""
    return step.module in ("", "keras") or step.module.startswith(("keras.layers", "keras.src.layers"))


def _name(step: Step) -> str:
    return "/".join(step.key)[:60]


def _setting(step: Step, name: str, field: Field, value: Any) -> Any:
    """The value for our setting; None where it is automatic, or does not matter once the model has learned."""
    value = simple(name, value)
    if name == "axis" and isinstance(value, int) and value < -1 and step.rank:
        value += step.rank
    for form in _forms(value):
        if field.allows(form):
            return field.check(form)
    if value is None or (isinstance(field, Choice) and name.endswith("initializer")):
        return None
    if isinstance(field, (Whole, Decimal, Numbers)) and _numbers(value):
        return value  # the drawing then shows on this layer what it may be
    raise NoPlaceError(
        mark("“{name}” ({argument} = {value})", name=_name(step), argument=name, value=repr(value)[:40])
    )


def simple(name: str, value: Any) -> Any:
    """Bends and first weights by their plain names, such as `relu` and `glorot_uniform`."""
    if name == "activation" and (value is None or isinstance(value, str)):
        return BENDS.get(value, value)
    if name.endswith("initializer") and isinstance(value, Mapping):
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(value.get("class_name"))[:60]).lower()
    return value


def _forms(value: Any) -> list[Any]:
    """The value, and how else the same may be written: one number for equal ones, a flat list for a nested one."""
    forms = [value]
    if isinstance(value, list) and value and len(value) <= LONGEST_LIST:
        if all(isinstance(item, list) and len(item) <= LONGEST_LIST for item in value):
            forms.append([part for item in value for part in item])
        elif all(item == value[0] for item in value):
            forms.append(value[0])
        elif len(value) == 2 and _numbers(value) and value[0] == -value[1]:
            forms.append(value[1])  # as far to one side as to the other
    elif isinstance(value, int) and not isinstance(value, bool):
        forms.append([value])
    return forms


def _numbers(value: Any) -> bool:
    """Whether it is a number or a short list of them."""
    items = value if isinstance(value, list) else [value]
    short = 0 < len(items) <= LONGEST_LIST
    return short and all(
        isinstance(i, (int, float)) and not isinstance(i, bool) and abs(i) < 1e12 for i in items
    )


def _left(config: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {name: value for name, value in config.items() if name not in SHELF[kind].FIELDS}


def _relu(step: Step) -> tuple[str, Mapping[str, Any]]:
    """ReLU as a layer of its own is one of our bends, as long as it is not cut off."""
    config = {
        key: value
        for key, value in step.config.items()
        if key not in ("max_value", "threshold", "negative_slope")
    }
    if step.config.get("max_value") is not None or step.config.get("threshold"):
        raise NoPlaceError(mark("“{name}” ({kind})", name=_name(step), kind="ReLU, max_value, threshold"))
    slope = step.config.get("negative_slope")
    return (
        ("leaky_relu", {**config, "negative_slope": slope})
        if slope
        else ("activation", {**config, "activation": "relu"})
    )


def _contrast(step: Step) -> tuple[str, Mapping[str, Any]]:
    """Keras writes one number down as the range from 0 to it."""
    factor = step.config.get("factor")
    if isinstance(factor, list) and len(factor) == 2 and factor[0] == 0:
        return "random_contrast", {**step.config, "factor": factor[1]}
    return "random_contrast", step.config


def _same(step: Step) -> tuple[str, Mapping[str, Any]]:
    return "activation", {**step.config, "activation": "linear"}


def _inner(step: Step) -> Step:
    """The layer that this one wraps."""
    layer = step.config.get("layer")
    config = layer.get("config") if isinstance(layer, Mapping) else None
    if not isinstance(layer, Mapping) or not isinstance(config, Mapping):
        raise NoPlaceError(mark("“{name}” ({kind})", name=_name(step), kind=step.kind))
    return Step(step.key, str(layer.get("class_name"))[:60], str(layer.get("module") or "")[:80], config)


def _wrapping(step: Step, inner: Step) -> NoPlaceError:
    return NoPlaceError(
        mark("“{name}” ({kind} of {inner})", name=_name(step), kind=step.kind, inner=inner.kind)
    )


def _both_ways(step: Step) -> tuple[str, Mapping[str, Any]]:
    """Bidirectional around one of the recurrent layers; both directions have to be alike."""
    inner = _inner(step)
    cells = {name: cell for cell, name in SHELF["bidirectional"].CELLS.items()}
    back = step.config.get("backward_layer")
    units = (
        back["config"].get("units")
        if isinstance(back, Mapping) and isinstance(back.get("config"), Mapping)
        else None
    )
    alike = back is None or (back.get("class_name") == inner.kind and units == inner.config.get("units"))
    if inner.kind not in cells or not _from_keras(inner) or not alike or inner.config.get("go_backwards"):
        raise _wrapping(step, inner)
    outer = {key: value for key, value in step.config.items() if key not in ("layer", "backward_layer")}
    return "bidirectional", {**inner.config, **outer, "cell": cells[inner.kind]}


def _each_step(step: Step) -> tuple[str, Mapping[str, Any]]:
    """TimeDistributed around a dense layer, or around the one convolution that our kind stands for."""
    inner = _inner(step)
    outer = {key: value for key, value in step.config.items() if key != "layer"}
    if inner.kind == "Dense" and _from_keras(inner):
        return "time_distributed", {**inner.config, **outer, "layer": "dense"}
    window = inner.config.get("kernel_size"), inner.config.get("padding"), inner.config.get("strides")
    if inner.kind == "Conv2D" and _from_keras(inner) and window == ([3, 3], "same", [1, 1]):
        config = {
            key: value
            for key, value in inner.config.items()
            if key not in ("filters", "kernel_size", "padding")
        }
        return "time_distributed", {
            **config,
            **outer,
            "units": inner.config.get("filters"),
            "layer": "conv_2d",
        }
    raise _wrapping(step, inner)


SPECIAL = {
    "ReLU": _relu,
    "Identity": _same,
    "RandomContrast": _contrast,
    "Bidirectional": _both_ways,
    "TimeDistributed": _each_step,
}
