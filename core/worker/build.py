"""A graph becomes a Keras model: the same layers, under the same names."""

from collections.abc import Mapping
from typing import Any

import keras

from core.graph import Graph, measure, order
from core.graph.measure import LayerReport
from core.layers import SHELF


def build(graph: Graph, facts: Mapping[str, Any]) -> keras.Model:
    """The untrained model.

    Its inputs are called by what they read, in the order of `facts["inputs"]`; its layers like those of the graph.

    Raises:
        GraphError: The first thing that keeps the graph from working.
    """
    report = measure(graph, facts)
    for error in report.errors:
        raise error
    tensors: dict[str, Any] = {}
    inputs: dict[str, Any] = {}
    answer = None
    for layer in order(graph):
        known = report.layers[layer.name]
        if layer.kind == "input":
            made = keras.Input(tuple(known.shape), dtype=known.fields["dtype"], name=known.fields["source"])
            inputs[known.fields["source"]] = made
        else:
            before = [tensors[name] for name in layer.inputs]
            made = keras_layer(layer.kind, layer.name, known)(before[0] if len(before) == 1 else before)
        tensors[layer.name] = made
        answer = made if layer.kind == "output" else answer
    return keras.Model([inputs[name] for name in facts["inputs"] if name in inputs], answer)


def keras_layer(kind: str, name: str, report: LayerReport) -> keras.layers.Layer:
    """Keras's own layer with these settings; only classes that the shelf names are ever made."""
    if kind == "output":
        return keras.layers.Dense(report.fields["units"], report.fields["activation"], name=name)
    return getattr(keras.layers, SHELF[kind].KERAS)(**report.fields, name=name)
