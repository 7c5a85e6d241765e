"""Writes down what Keras's layers take by themselves: `python -m core.worker.keras_defaults`, after an update of Keras."""

import inspect
import json
from typing import Any

import keras

from core.layers._keras import PATH

# What the constructors need before a layer can say what it would save.
SAMPLES: dict[str, Any] = {
    "activation": "linear", "units": 2, "filters": 2, "kernel_size": 2, "pool_size": 2, "rate": 0.5, "stddev": 0.5,
    "num_heads": 1, "key_dim": 2, "input_dim": 2, "output_dim": 2, "output_size": 2, "height": 2, "width": 2,
    "axes": 1, "n": 2, "scale": 1.0, "factor": 0.1, "height_factor": 0.1, "width_factor": 0.1, "dims": [1],
    "target_shape": [-1], "num_bins": 2, "max_number": 2, "head_dim": 2, "num_query_heads": 1, "num_key_value_heads": 1,
}  # fmt: skip
# They carry data or code of their own, which no drawing holds.
APART = {
    "CategoryEncoding", "Discretization", "FlaxLayer", "HashedCrossing", "Hashing", "InputLayer", "IntegerLookup", "JaxLayer", "Lambda",
    "Layer", "Pipeline", "RandAugment", "RandomPosterization", "StringLookup", "TFSMLayer", "TextVectorization", "TorchModuleWrapper",
}  # fmt: skip
LEFT_OUT = {"name", "seed", "dtype", "trainable"}


def table() -> dict[str, dict[str, Any]]:
    """For every layer class of Keras: arguments that it needs, defaults of the others, and what it saves for these."""
    found = {}
    for name in sorted(dir(keras.layers)):
        kind = getattr(keras.layers, name)
        is_layer = inspect.isclass(kind) and issubclass(kind, keras.layers.Layer)
        # Older names of the same class are left out.
        if is_layer and kind.__name__ == name and name not in APART:
            found[name] = _entry(kind)
    return found


def _entry(kind: type[keras.layers.Layer]) -> dict[str, Any]:
    arguments = [
        argument
        for argument in inspect.signature(kind.__init__).parameters.values()
        if argument.name != "self" and argument.kind not in (argument.VAR_KEYWORD, argument.VAR_POSITIONAL)
    ]
    needs = [argument.name for argument in arguments if argument.default is argument.empty]
    defaults = {
        argument.name: argument.default for argument in arguments if argument.default is not argument.empty
    }
    return {"needs": needs, "defaults": defaults, "saved": _saved(kind, needs)}


def _saved(kind: type[keras.layers.Layer], needs: list[str]) -> dict[str, Any]:
    """What is saved for arguments that nobody gave; empty for layers that wrap others or need code."""
    if not set(needs) <= SAMPLES.keys():
        return {}
    config = kind(**{name: SAMPLES[name] for name in needs}).get_config()
    return {key: value for key, value in config.items() if key not in {*needs, *LEFT_OUT}}


def text() -> str:
    """The table as it is kept: one line for each class."""
    lines = [f"{json.dumps(name)}: {json.dumps(entry, sort_keys=True)}" for name, entry in table().items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
