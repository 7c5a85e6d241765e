"""The shelf's contract: every kind of layer describes itself, and its arithmetic is Keras's own."""

import inspect

import pytest

from core.errors import GraphError, SettingError
from core.fields import check_all, defaults
from core.layers import GROUPS, SHELF
from core.words import Sentence

KINDS = list(SHELF)
WITH_KERAS = [kind for kind in KINDS if SHELF[kind].KERAS]
# Ours on purpose: Keras leaves the bend out, and without one several layers can do no more than one.
OURS = {("dense", "activation")}
EXAMPLES = [
    pytest.param(kind, example, id=f"{kind}-{number}")
    for kind in KINDS
    for number, example in enumerate(SHELF[kind].EXAMPLES)
]
FIELDS = [pytest.param(kind, name, id=f"{kind}-{name}") for kind in KINDS for name in SHELF[kind].FIELDS]


def complete(kind: str, example: dict) -> dict:
    """An example's fields with defaults; what follows from the data stands in the example itself."""
    fields = SHELF[kind].FIELDS
    own = {name: value for name, value in example["fields"].items() if name in fields}
    return {**example["fields"], **check_all(fields, own)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_it_is(kind: str):
    module = SHELF[kind]
    assert isinstance(module.LABEL, Sentence)
    assert str(module.HELP).endswith(".")
    assert module.GROUP in GROUPS
    assert module.EXAMPLES
    least, most = module.INPUTS
    assert 0 <= least <= most
    assert getattr(module, "CODES", "refuses") in {"passes", "reads", "refuses"}


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_a_setting_explains_itself_and_refuses_wrong_values(kind: str, name: str):
    field = SHELF[kind].FIELDS[name]
    assert str(field.label)
    assert str(field.help).endswith(".")
    for wrong in field.wrong_values():
        with pytest.raises(SettingError) as caught:
            field.check(wrong)
        assert str(caught.value.what).endswith(".")
        assert str(caught.value.fix).endswith(".")


@pytest.mark.parametrize("kind", KINDS)
def test_the_defaults_are_allowed(kind: str):
    fields = SHELF[kind].FIELDS
    assert check_all(fields, {}) == defaults(fields)


@pytest.mark.parametrize("kind", [k for k in KINDS if SHELF[k].FIELDS])
def test_a_kind_with_settings_shows_one_first(kind: str):
    assert any(field.main for field in SHELF[kind].FIELDS.values())


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_an_example_has_as_many_inputs_as_the_kind_takes(kind: str, example: dict):
    least, most = SHELF[kind].INPUTS
    assert least <= len(example["shapes"]) <= most


@pytest.mark.parametrize(
    ("kind", "fields", "shapes"),
    [
        ("add", {}, [(3,), (4,)]),
        ("multiply", {}, [(4, 3), (4,)]),
        ("subtract", {}, [(2, 3), (3, 2)]),
        ("average", {}, [(2, 3), (3, 3), (2, 3)]),
        ("concatenate", {}, [(3,), (4, 3)]),
        ("concatenate", {}, [(4, 3), (5, 3)]),
        ("concatenate", {"axis": 2}, [(3,), (4,)]),
        ("concatenate", {"axis": 1}, [(4, 3), (4, 2)]),
        ("reshape", {"target_shape": [5, 2]}, [(12,)]),
        ("reshape", {"target_shape": [-1, 5]}, [(12,)]),
        ("reshape", {"target_shape": [-1, -1]}, [(12,)]),
        ("reshape", {"target_shape": [0]}, [(12,)]),
        ("repeat_vector", {}, [(4, 3)]),
        ("global_average_pooling_1d", {}, [(12,)]),
        ("global_max_pooling_1d", {}, [(2, 3, 4)]),
        ("dense", {"units": 1, "activation": "softmax"}, [(12,)]),
        ("activation", {"activation": "softmax"}, [(1,)]),
        ("output", {"units": 1, "activation": "sigmoid"}, [(16, 8)]),
    ],
)
def test_shapes_that_do_not_fit_are_refused_in_two_sentences(kind: str, fields: dict, shapes: list):
    with pytest.raises(GraphError) as caught:
        SHELF[kind].output_shape(complete(kind, {"fields": fields}), shapes)
    assert str(caught.value.what).endswith(".")
    assert str(caught.value.fix).endswith(".")


@pytest.mark.heavy
@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_shape_and_weights_are_those_of_keras(kind: str, example: dict):
    import keras

    from core.graph import LayerReport
    from core.worker.build import keras_layer

    if kind == "input":
        assert SHELF[kind].output_shape(example["fields"], []) == tuple(example["fields"]["shape"])
        return
    fields, shapes = complete(kind, example), example["shapes"]
    dtype = "int32" if getattr(SHELF[kind], "CODES", "") == "reads" else "float32"
    inputs = [keras.Input(shape, dtype=dtype) for shape in shapes]
    layer = keras_layer(kind, "it", LayerReport(fields=fields))
    made = layer(inputs[0] if len(inputs) == 1 else inputs)
    assert SHELF[kind].output_shape(fields, shapes) == made.shape[1:]
    assert SHELF[kind].weights(fields, shapes) == layer.count_params()
    assert layer.name == "it"


@pytest.mark.heavy
@pytest.mark.parametrize("kind", WITH_KERAS)
def test_settings_are_arguments_of_the_keras_class_with_its_defaults(kind: str):
    import keras

    arguments = inspect.signature(getattr(keras.layers, SHELF[kind].KERAS).__init__).parameters
    for name, field in SHELF[kind].FIELDS.items():
        assert name in arguments
        theirs = arguments[name].default
        if theirs is not inspect.Parameter.empty and (kind, name) not in OURS:
            assert field.default == theirs
