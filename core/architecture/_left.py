"""What a file says about a layer that our kind of layer has no place for, where it is not what Keras does anyway."""

from collections.abc import Mapping
from typing import Any

from core.architecture._kinds import Translated, simple
from core.graph import Graph, measure
from core.layers import Made
from core.layers._keras import keras_defaults
from core.script import made_of
from core.words import Sentence, mark

# They say nothing about what a layer calculates.
NO_MATTER = {
    "name", "seed", "data_format", "batch_shape", "batch_input_shape", "zero_output_for_mask", "implementation",
    "time_major", "quantization_config", "synchronized", "autocast", "input_length", "use_cudnn", "training",
}  # fmt: skip
MOST_NOTES = 30


def left_out(graph: Graph, made: Mapping[str, Translated], facts: Mapping[str, Any]) -> list[Sentence]:
    """One sentence for each argument that is left out, with how many layers it was in."""
    reports = measure(graph, facts).layers
    found: dict[tuple[str, str], list[str]] = {}
    for layer in graph.layers:
        if layer.name not in made or layer.kind == "output":
            continue
        known = reports[layer.name]
        expected = _expected(made[layer.name])
        if known.shape is not None and known.takes:
            expected |= _arguments(made_of(layer, reports))
            expected["axis"] = expected.get("axis"), -1, len(known.takes[0])
        for argument, value in made[layer.name].left.items():
            if argument not in NO_MATTER and not _alike(argument, value, expected):
                found.setdefault((argument[:40], _shown(value)), []).append(layer.name)
    notes = [
        mark("“{argument}” = {value} of layer “{layer}” has no place here and is left out.",
             plural="“{argument}” = {value} of {count:,} layers, such as “{layer}”, has no place here and is left out.",
             argument=argument, value=value, layer=names[0], count=len(names))
        for (argument, value), names in found.items()
    ]  # fmt: skip
    if len(notes) <= MOST_NOTES:
        return notes
    return [*notes[:MOST_NOTES], mark("{count:,} more settings are left out.", count=len(notes) - MOST_NOTES)]


def _expected(made: Translated) -> dict[str, Any]:
    expected: dict[str, Any] = {"trainable": True}
    for name in reversed(made.classes):
        entry = keras_defaults().get(name, {"saved": {}, "defaults": {}})
        expected |= entry["defaults"] | entry["saved"]
    # Keras fills these in by itself.
    return {**expected, "attention_axes": (None, [1]), "value_dim": (None, made.fields.get("key_dim"))}


def _arguments(made: Made) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for argument, value in made.arguments.items():
        found |= _arguments(value) if isinstance(value, Made) else {argument: value}
    return found


def _alike(argument: str, value: Any, expected: Mapping[str, Any]) -> bool:
    """Whether the value is what our layer does as well."""
    if argument == "dtype":
        config = value.get("config") if isinstance(value, Mapping) else None
        value = config.get("name") if isinstance(config, Mapping) else value
        return value in (None, "float32") if not isinstance(value, (list, dict)) else False
    if argument not in expected:
        return not value
    ours = expected[argument]
    options = (
        ours if isinstance(ours, tuple) and argument in ("axis", "attention_axes", "value_dim") else (ours,)
    )
    return any(_form(argument, value) == _form(argument, option) for option in options)


def _form(argument: str, value: Any) -> Any:
    """One way to write what may be written in several."""
    value = simple(argument, value)
    if argument.startswith("activation") and value is None:
        return "linear"
    if isinstance(value, (list, tuple)):
        items = [_form("", item) for item in value]
        return items[0] if items and all(item == items[0] for item in items) else items
    return value


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("class_name", "…")
    return str(value)[:40]
