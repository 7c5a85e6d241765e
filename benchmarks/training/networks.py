"""The five networks as drawings, built as the app builds its own."""

from collections.abc import Mapping
from typing import Any

import keras

from benchmarks.training.rows import CATEGORIES, LETTERS, NUMBERS, PLACES, SIDE, WORDS
from core.graph import Graph, Layer, Report, measure, opened, order
from core.worker.build import called, keras_layer

INPUTS: dict[str, dict[str, Any]] = {
    "a": {"pixels": {"shape": [SIDE * SIDE], "dtype": "float32"}},
    "b": {
        "numbers": {"shape": [NUMBERS], "dtype": "float32"},
        "categories": {"shape": [len(CATEGORIES)], "dtype": "int32", "vocabulary": sum(CATEGORIES)},
    },
    "c": {"picture": {"shape": [SIDE, SIDE, 1], "dtype": "float32"}},
    "d": {"words": {"shape": [PLACES], "dtype": "int32", "vocabulary": WORDS}},
    "e": {"letters": {"shape": [PLACES], "dtype": "int32", "vocabulary": LETTERS}},
}
TASKS = {"a": "one_of_many", "b": "yes_no", "c": "one_of_many", "d": "yes_no", "e": "one_of_many"}
BINARY = {"units": 1, "activation": "sigmoid"}
OUTPUTS = {"yes_no": BINARY, "one_of_many": {"units": 10, "activation": "softmax"}}


def facts(network: str) -> dict[str, Any]:
    task = TASKS[network]
    return {"inputs": INPUTS[network], "output": OUTPUTS[task], "task": task, "rows": {"train": 10_000}}


def drawing(network: str) -> Graph:
    """The network's graph; that of `e` answers at every place, so no output layer ends it."""
    lines = {
        "a": ("pixels: input", "hidden: dense 64 < pixels", "answer: output < hidden"),
        "b": (
            "numbers: input", "categories: input", "told: embedding 8 < categories", "row: flatten < told",
            "all: concatenate < numbers row", "wide: dense 256 < all", "again: dense 256 < wide",
            "answer: output < again",
        ),
        "c": (
            "picture: input", "edges: conv_2d 32 < picture", "half: max_pooling_2d < edges",
            "shapes: conv_2d 64 < half", "quarter: max_pooling_2d < shapes", "row: flatten < quarter",
            "answer: output < row",
        ),
        "d": (
            "words: input", "told: embedding 64 < words", "placed: position_embedding < told",
            "first: transformer_encoder < placed", "second: transformer_encoder < first",
            "row: global_average_pooling_1d < second", "answer: output < row",
        ),
        "e": (
            "letters: input", "told: embedding 128 < letters", "placed: position_embedding < told",
            "b1: transformer_decoder < placed", "b2: transformer_decoder < b1", "b3: transformer_decoder < b2",
            "b4: transformer_decoder < b3", "scaled: layer_normalization < b4", "answer: dense 65 < scaled",
        ),
    }  # fmt: skip
    return Graph(tuple(_layer(line) for line in lines[network]))


def _layer(line: str) -> Layer:
    head, _, inputs = line.partition("<")
    name, _, what = head.partition(":")
    kind, *size = what.split()
    fields: Mapping[str, Any] = {
        "dense": {"activation": "softmax" if name == "answer" else "relu"},
        "conv_2d": {"kernel_size": [3, 3], "activation": "relu"},
    }.get(kind, {})
    if size:
        argument = {"embedding": "output_dim", "conv_2d": "filters"}.get(kind, "units")
        fields = {**fields, argument: int(size[0])}
    return Layer(name, kind, tuple(inputs.split()), fields)


def measured(network: str) -> Report:
    """What is known about its layers, those inside blocks too."""
    known = facts(network)
    return measure(opened(drawing(network), known), known)


def network(name: str) -> keras.Model:
    """The untrained network: what `core.worker.build.build` makes, with an end other than `output` where there is one."""
    known = facts(name)
    flat = opened(drawing(name), known)
    reports = measure(flat, known).layers
    tensors: dict[str, Any] = {}
    inputs = []
    for layer in order(flat):
        report = reports[layer.name]
        if layer.kind == "input":
            part = known["inputs"][layer.name]
            tensors[layer.name] = keras.Input(tuple(part["shape"]), dtype=part["dtype"], name=layer.name)
            inputs.append(tensors[layer.name])
            continue
        shapes = [reports[link].shape for link in layer.inputs]
        fresh = keras_layer(layer.kind, layer.name, report, shapes)
        given = [tensors[link] for link in layer.inputs]
        tensors[layer.name] = called(layer.kind, fresh, given, report.fields)
    return keras.Model(inputs, tensors["answer"])
