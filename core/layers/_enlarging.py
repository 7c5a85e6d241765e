"""What transposed convolutions share: every place that comes in paints a learned pattern onto a larger whole."""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.errors import GraphError, Mend
from core.layers import _convolution
from core.layers._activations import check_activation
from core.layers._shapes import Shape, sizes
from core.layers._windows import per_side, spread_out
from core.words import mark


def painted(fields: Mapping[str, Any], shape: Shape, rank: int) -> Shape:
    """What comes out. Raises GraphError."""
    _convolution.need(shape, rank)
    _check_holes(fields, rank)
    found = (*spread_out(shape[:-1], fields), fields["filters"])
    check_activation(fields["activation"], found)
    return found


def _check_holes(fields: Mapping[str, Any], rank: int) -> None:
    """Raises GraphError where places would stay empty; ONNX Runtime does not even load such a file."""
    window, moves = per_side(fields["kernel_size"], rank), per_side(fields["strides"], rank)
    if all(size >= move for size, move in zip(window, moves, strict=True)):
        return
    enough = tuple(max(pair) for pair in zip(window, moves, strict=True))
    value = list(enough) if isinstance(fields["kernel_size"], list) else enough[0]
    raise GraphError(
        mark("its window of {window} is smaller than its step of {step}, so that places in between stay empty.",
             window=sizes(window), step=sizes(moves)),
        mark("Make the window at least as large as the step."),
        mends=[Mend(mark("Make the window {sizes}", sizes=sizes(enough)),
                    ({"do": "set", "fields": {"kernel_size": value}},))],
    )  # fmt: skip


def weights(fields: Mapping[str, Any], shape: Shape, rank: int) -> int:
    return (_convolution.kernel(fields, rank) * shape[-1] + fields["use_bias"]) * fields["filters"]


def operations(fields: Mapping[str, Any], shape: Shape, rank: int) -> int:
    """Each weight is used once for every place that comes in, not for every place that goes out."""
    return prod(shape) * _convolution.kernel(fields, rank) * fields["filters"]
