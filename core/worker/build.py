"""A graph becomes a Keras model: the same layers, under the same names; blocks become the layers they stand for."""

from collections.abc import Mapping, Sequence
from typing import Any

import keras

from core.graph import Graph, LayerReport, measure, opened, order
from core.layers import SHELF, Made
from core.worker.own import own_class
from core.worker.own.members_model import MembersModel

Shape = tuple[int, ...]


def build(graph: Graph, facts: Mapping[str, Any]) -> keras.Model:
    """The untrained model.

    Its inputs are called by what they read, in the order of `facts["inputs"]`; its layers like those of the graph,
    and like `<block>_<part>` where a block stands for them.

    Raises:
        GraphError: The first thing that keeps the graph from working.
    """
    for error in measure(graph, facts).errors:
        raise error
    flat = opened(graph, facts)
    report = measure(flat, facts)
    for error in report.errors:
        raise error
    tensors: dict[str, Any] = {}
    inputs: dict[str, Any] = {}
    answer = None
    for layer in order(flat):
        known = report.layers[layer.name]
        if layer.kind == "input":
            made = keras.Input(tuple(known.shape), dtype=known.fields["dtype"], name=known.fields["source"])
            inputs[known.fields["source"]] = made
        else:
            shapes = [report.layers[name].shape for name in layer.inputs]
            fresh = keras_layer(layer.kind, layer.name, known, shapes)
            made = called(layer.kind, fresh, [tensors[name] for name in layer.inputs], known.fields)
        tensors[layer.name] = made
        answer = made if layer.kind == "output" else answer
    listed = [inputs[name] for name in facts["inputs"] if name in inputs]
    kind = (
        MembersModel
        if any(layer.kind == "output" and layer.fields.get("average") for layer in flat.layers)
        else keras.Model
    )
    return kind(listed, answer)


def answering(model: keras.Model, graph: Graph, facts: Mapping[str, Any]) -> keras.Model:
    """The trained model without layers that vary pictures: called plainly, Keras would go on varying them.

    Args:
        graph: The drawing that `build` has made the model of.
    """
    varying = {layer.name for layer in opened(graph, facts).layers if SHELF[layer.kind].GROUP == "augmenting"}
    if not varying:
        return model

    def passed(layer: keras.layers.Layer, *given: Any, **more: Any) -> Any:
        return given[0] if layer.name in varying else layer(*given, **more)

    made = keras.models.clone_model(model, call_function=passed)
    for layer in made.layers:  # by name: without some layers, the others may lie in another order
        layer.set_weights(model.get_layer(layer.name).get_weights())
    return made


def keras_layer(
    kind: str, name: str, report: LayerReport, shapes: Sequence[Shape] = ()
) -> keras.layers.Layer:
    """Keras's own layer, or ours, with these settings; only classes that the shelf names are ever made.

    Args:
        report: What is known about the layer; its settings are complete.
        shapes: What comes in, for kinds whose arguments follow from it.
    """
    module = SHELF[kind]
    if hasattr(module, "made"):
        return _layer(module.made(report.fields, list(shapes)), name)
    return _layer(Made(module.KERAS, report.fields, getattr(module, "OWN", False)), name)


def called(kind: str, layer: keras.layers.Layer, inputs: Sequence[Any], fields: Mapping[str, Any]) -> Any:
    """What the layer makes of these tensors, called the way its kind says."""
    module = SHELF[kind]
    more = module.call_arguments(fields) if hasattr(module, "call_arguments") else {}
    way = getattr(module, "CALL", "one")
    if way == "spread":
        return layer(*inputs, **more)
    if way == "twice":
        return layer(inputs[0], inputs[0], **more)
    return layer(inputs[0] if len(inputs) == 1 else list(inputs), **more)


def _layer(made: Made, name: str) -> keras.layers.Layer:
    """The layer, and first those that it wraps, which are called `<name>_<argument>`."""
    arguments = {
        argument: _layer(value, f"{name}_{argument}") if isinstance(value, Made) else value
        for argument, value in made.arguments.items()
    }
    kind = own_class(made.name) if made.own else getattr(keras.layers, made.name)
    return kind(**arguments, name=name)
