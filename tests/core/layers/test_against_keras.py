"""The shelf's contract, second half: the arithmetic of every kind of layer is Keras's own."""

import inspect
from itertools import product
from typing import Any

import pytest

from core.errors import GraphError
from core.graph import measure, opened
from core.layers import SHELF, Made
from tests.core.layers.kinds import BLOCKS, EXAMPLES, WITH_KERAS, alone, complete

pytestmark = pytest.mark.heavy

# Ours on purpose; why, the kinds say themselves.
CONVOLUTIONS = [kind for kind in WITH_KERAS if "conv" in kind]
OURS = {
    ("dense", "activation"),
    ("random_flip", "mode"),
    *product(CONVOLUTIONS, ("activation", "padding")),
}
SINGLE = [row for row in EXAMPLES if row.values[0] not in (*BLOCKS, "input")]
OF_BLOCKS = [row for row in EXAMPLES if row.values[0] in BLOCKS]


def made_by_keras(kind: str, fields: dict[str, Any], shapes: list) -> tuple[Any, Any]:
    """The layer and what comes out of it."""
    import keras

    from core.graph import LayerReport
    from core.worker.build import called, keras_layer

    dtype = "int32" if getattr(SHELF[kind], "CODES", "") == "reads" else "float32"
    inputs = [keras.Input(shape, dtype=dtype) for shape in shapes]
    layer = keras_layer(kind, "it", LayerReport(fields=fields), shapes)
    return layer, called(kind, layer, inputs, fields)


@pytest.mark.parametrize(("kind", "example"), SINGLE)
def test_shape_and_weights_are_those_of_keras(kind: str, example: dict):
    fields, shapes = complete(kind, example), example["shapes"]
    layer, answer = made_by_keras(kind, fields, shapes)
    assert SHELF[kind].output_shape(fields, shapes) == answer.shape[1:]
    assert SHELF[kind].weights(fields, shapes) == layer.count_params()
    assert layer.name == "it"


@pytest.mark.parametrize(("kind", "example"), OF_BLOCKS)
def test_a_block_measures_what_keras_makes_of_its_layers(kind: str, example: dict):
    from core.worker.build import build

    graph, facts = alone(kind, example)
    report = measure(graph, facts)
    assert report.ok, report.errors
    assert report.layers["it"].parts
    model = build(graph, facts)
    assert model.count_params() == report.weights
    assert model.get_layer("row").input.shape[1:] == report.layers["it"].shape


@pytest.mark.parametrize(("kind", "example"), OF_BLOCKS)
def test_an_opened_block_weighs_the_same(kind: str, example: dict):
    graph, facts = alone(kind, example)
    flat = opened(graph, facts)
    assert not {layer.kind for layer in flat.layers} & set(BLOCKS)
    assert measure(flat, facts).weights == measure(graph, facts).weights


def arguments_of(made: Made) -> dict[str, inspect.Parameter]:
    import keras

    from core.worker.own import own_class

    kind = own_class(made.name) if made.own else getattr(keras.layers, made.name)
    return dict(inspect.signature(kind.__init__).parameters)


def check_arguments(made: Made) -> None:
    for name, value in made.arguments.items():
        assert name in arguments_of(made)
        if isinstance(value, Made):
            check_arguments(value)


@pytest.mark.parametrize("kind", [kind for kind in WITH_KERAS if not hasattr(SHELF[kind], "made")])
def test_settings_are_arguments_of_the_keras_class_with_its_defaults(kind: str):
    module = SHELF[kind]
    known = arguments_of(Made(module.KERAS, {}, getattr(module, "OWN", False)))
    for name, field in module.FIELDS.items():
        assert name in known
        theirs = known[name].default
        if theirs is inspect.Parameter.empty or field.auto or (kind, name) in OURS:
            continue
        both = isinstance(field.default, list) and isinstance(theirs, int)  # one number that stands for two
        assert field.default == (
            [theirs] * 2 if both else list(theirs) if isinstance(theirs, tuple) else theirs
        )


@pytest.mark.parametrize(
    ("kind", "example"), [row for row in SINGLE if hasattr(SHELF[row.values[0]], "made")]
)
def test_what_a_kind_is_made_of_are_arguments_of_its_class(kind: str, example: dict):
    check_arguments(SHELF[kind].made(complete(kind, example), example["shapes"]))


WINDOWS = [
    {"kernel_size": size, "strides": move, "padding": edges, "dilation_rate": gap}
    for size, move, edges, gap in product((1, 2, 5), (1, 2, 3), ("same", "valid"), (1, 2))
]
MOVING = ["conv_1d", "conv_2d", "separable_conv_1d", "separable_conv_2d", "depthwise_conv_2d",
          "conv_1d_transpose", "conv_2d_transpose", "max_pooling_1d", "average_pooling_2d"]  # fmt: skip

# Steps and gaps together are ruled out by Keras's documents for some, and enlarging with holes by ONNX, but not by
# Keras's code.
LENIENT = {
    "separable_conv_1d",
    "separable_conv_2d",
    "depthwise_conv_2d",
    "conv_1d_transpose",
    "conv_2d_transpose",
}


def settings_for(kind: str, window: dict[str, Any]) -> dict[str, Any]:
    """The window in the kind's own settings."""
    known = SHELF[kind].FIELDS
    size = {"pool_size": window["kernel_size"]} if "pool_size" in known else {}
    values = {name: value for name, value in {**window, **size}.items() if name in known}
    more = {"filters": 2} if "filters" in known else {}
    if "2d" in kind:
        values = {name: value if name == "padding" else [value] for name, value in values.items()}
    return {**values, **more}


@pytest.mark.parametrize("kind", MOVING)
def test_every_window_is_measured_or_refused_as_keras_does(kind: str):
    for window, length in product(WINDOWS, (4, 9)):
        shape = (length, 7, 2) if "2d" in kind else (length, 2)
        fields = complete(kind, {"fields": settings_for(kind, window), "shapes": [shape]})
        try:
            ours = SHELF[kind].output_shape(fields, [shape])
        except GraphError:
            if kind in LENIENT and window["strides"] > 1:
                continue
            with pytest.raises(ValueError, match=r"stride|output size|negative|dimension"):
                made_by_keras(kind, fields, [shape])
            continue
        layer, answer = made_by_keras(kind, fields, [shape])
        assert answer.shape[1:] == ours, (window, length)
        assert layer.count_params() == SHELF[kind].weights(fields, [shape])
