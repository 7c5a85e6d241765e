"""What a layer cannot take is refused in two sentences, and one click puts it right where that is possible."""

import pytest

from core.errors import GraphError
from core.graph import measure, mended
from core.layers import SHELF
from tests.core.layers.kinds import alone, complete

REFUSED = [
    ("add", {}, [(3,), (4,)]),
    ("multiply", {}, [(4, 3), (4,)]),
    ("subtract", {}, [(2, 3), (3, 2)]),
    ("average", {}, [(2, 3), (3, 3), (2, 3)]),
    ("minimum", {}, [(5,), (6,)]),
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
    ("softmax", {}, [(1,)]),
    ("softmax", {"axis": 1}, [(1, 5)]),
    ("softmax", {"axis": 3}, [(4, 5)]),
    ("conv_1d", {}, [(12,)]),
    ("conv_1d", {}, [(6, 6, 3)]),
    ("conv_1d", {"strides": 2, "dilation_rate": 2}, [(12, 3)]),
    ("conv_1d", {"kernel_size": 9, "padding": "valid"}, [(4, 3)]),
    ("conv_1d", {"kernel_size": 3, "dilation_rate": 3, "padding": "valid"}, [(4, 3)]),
    ("conv_1d", {"filters": 1, "activation": "softmax"}, [(4, 3)]),
    ("conv_2d", {}, [(784,)]),
    ("conv_2d", {}, [(48,)]),
    ("conv_2d", {}, [(28, 28)]),
    ("conv_2d", {"kernel_size": [9, 2], "padding": "valid"}, [(4, 4, 3)]),
    ("conv_2d", {"strides": [1, 2], "dilation_rate": [2, 1]}, [(4, 4, 3)]),
    ("separable_conv_1d", {"strides": 2, "dilation_rate": 2}, [(12, 3)]),
    ("separable_conv_2d", {}, [(28, 28)]),
    ("depthwise_conv_2d", {"strides": [2], "dilation_rate": [2]}, [(6, 6, 1)]),
    ("conv_1d_transpose", {}, [(12,)]),
    ("conv_1d_transpose", {"kernel_size": 2, "strides": 3}, [(12, 2)]),
    ("conv_2d_transpose", {}, [(28, 28)]),
    ("conv_2d_transpose", {"kernel_size": [3, 1], "strides": [2]}, [(6, 6, 1)]),
    ("max_pooling_1d", {}, [(1, 3)]),
    ("average_pooling_1d", {"pool_size": 5}, [(4, 3)]),
    ("max_pooling_2d", {"pool_size": [2, 5]}, [(4, 4, 3)]),
    ("average_pooling_2d", {}, [(28, 28)]),
    ("global_max_pooling_2d", {}, [(4, 4)]),
    ("spatial_dropout_1d", {}, [(12,)]),
    ("spatial_dropout_2d", {}, [(12, 3)]),
    ("group_normalization", {"groups": 5}, [(4, 8)]),
    ("up_sampling_1d", {}, [(12,)]),
    ("up_sampling_2d", {}, [(12, 3)]),
    ("zero_padding_1d", {}, [(12,)]),
    ("zero_padding_2d", {}, [(12, 3)]),
    ("cropping_2d", {"cropping": [2, 0]}, [(4, 4, 1)]),
    ("resizing", {}, [(12, 3)]),
    ("random_flip", {}, [(12, 3)]),
    ("random_contrast", {"value_range": [1, 0]}, [(4, 4, 1)]),
    ("permute", {}, [(4,)]),
    ("permute", {"dims": [1, 1, 2]}, [(4, 3, 2)]),
    ("dot", {}, [(4,), (5,)]),
    ("dot", {}, [(4, 3), (4,)]),
    ("dot", {"axes": 2}, [(4,), (4,)]),
]
# What no single click can put right, because it is for the user to say what is meant.
NO_MEND = [
    ("conv_2d", {}, [(7,)]),
    ("conv_2d", {}, [(2, 3, 4, 5)]),
    ("dot", {"axes": 1}, [(4, 3), (5, 3)]),
]


@pytest.mark.parametrize(("kind", "fields", "shapes"), [*REFUSED, *NO_MEND])
def test_what_does_not_fit_is_refused_in_two_sentences(kind: str, fields: dict, shapes: list):
    example = {"fields": fields, "shapes": shapes}
    with pytest.raises(GraphError) as caught:
        SHELF[kind].output_shape(complete(kind, example), shapes)
    assert str(caught.value.what).endswith(".")
    assert str(caught.value.fix).endswith(".")


def test_an_output_over_steps_is_refused():
    with pytest.raises(GraphError, match="plain row"):
        SHELF["output"].output_shape({"units": 1, "activation": "sigmoid"}, [(16, 8)])


@pytest.mark.parametrize(("kind", "fields", "shapes"), REFUSED)
def test_every_click_that_is_offered_helps_and_the_first_ones_put_it_right(
    kind: str, fields: dict, shapes: list
):
    graph, facts = alone(kind, {"fields": fields, "shapes": shapes})
    report = measure(graph, facts)
    first = report.errors[0]
    assert first.layer == "it"
    assert first.mends
    for mend in first.mends:
        changed = measure(mended(graph, mend), facts)
        assert changed.ok or changed.errors[0].what != first.what, str(mend.label)
    clicks = 0
    while not report.ok and clicks < 3:
        graph, clicks = mended(graph, report.errors[0].mends[0]), clicks + 1
        report = measure(graph, facts)
    assert report.ok, report.errors
