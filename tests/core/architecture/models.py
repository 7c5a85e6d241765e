"""Descriptions of Keras models as plain data, written without Keras."""

import io
import json
import zipfile
from typing import Any


def entry(kind: str, name: str, *inputs: str, module: str = "keras.layers", **config: Any) -> dict[str, Any]:
    """One layer of a functional model, fed by layers of these names."""
    tensors = [
        {"class_name": "__keras_tensor__", "config": {"shape": [None, 8], "dtype": "float32", "keras_history": [i, 0, 0]}}
        for i in inputs
    ]  # fmt: skip
    args = tensors if len(tensors) == 1 else [tensors]
    return {
        "module": module, "class_name": kind, "config": {"name": name, **config}, "registered_name": None, "name": name,
        "inbound_nodes": [{"args": args, "kwargs": {}}] if inputs else [],
    }  # fmt: skip


def start(name: str = "numbers", *shape: int) -> dict[str, Any]:
    return entry("InputLayer", name, batch_shape=[None, *(shape or (57,))], dtype="float32")


def model(*layers: dict[str, Any], ends: list[Any] | None = None) -> dict[str, Any]:
    """A functional model that ends in its last layer."""
    inputs = [[layer["name"], 0, 0] for layer in layers if layer["class_name"] == "InputLayer"]
    config = {
        "name": "it",
        "layers": list(layers),
        "input_layers": inputs,
        "output_layers": ends or [layers[-1]["name"], 0, 0],
    }
    return {"module": "keras", "class_name": "Functional", "config": config, "registered_name": None}


def whole() -> dict[str, Any]:
    """A model with most of what there is to read."""
    lstm = {"module": "keras.layers", "class_name": "LSTM", "config": {"units": 3, "return_sequences": False}}
    inside = model(start("in", 8), entry("Dense", "deep", "in", units=8, activation="relu"))
    inside["config"]["name"] = "inside"
    inner = entry("Functional", "inside", "hidden")
    inner["config"] = inside["config"]
    return model(
        start(), entry("Dense", "hidden", "numbers", units=8, activation="tanh"), inner,
        entry("Add", "sum", "inside", "hidden"), entry("Reshape", "steps", "sum", target_shape=[4, 2]),
        entry("Bidirectional", "both", "steps", layer=lstm, merge_mode="concat"),
        entry("BatchNormalization", "scale", "both", axis=-1, epsilon=0.01),
        entry("Dense", "answer", "scale", units=1, activation="sigmoid"),
    )  # fmt: skip


def row(*layers: dict[str, Any]) -> dict[str, Any]:
    """A sequential model."""
    plain = [{key: value for key, value in layer.items() if key != "inbound_nodes"} for layer in layers]
    return {"module": "keras", "class_name": "Sequential", "config": {"name": "row", "layers": plain}}


def packed(*files: tuple[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as file:
        for name, content in files:
            file.writestr(name, content)
    return made.getvalue()


def keras_file(data: Any) -> bytes:
    return packed(
        ("metadata.json", "{}"), ("config.json", json.dumps(data)), ("model.weights.h5", b"weights")
    )
