"""What transposed convolutions share: every place that comes in paints a learned pattern onto a larger whole."""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.layers import _convolution
from core.layers._activations import check_activation
from core.layers._shapes import Shape
from core.layers._windows import spread_out


def painted(fields: Mapping[str, Any], shape: Shape, rank: int) -> Shape:
    """What comes out. Raises GraphError."""
    _convolution.need(shape, rank)
    found = (*spread_out(shape[:-1], fields), fields["filters"])
    check_activation(fields["activation"], found)
    return found


def weights(fields: Mapping[str, Any], shape: Shape, rank: int) -> int:
    return (_convolution.kernel(fields, rank) * shape[-1] + fields["use_bias"]) * fields["filters"]


def operations(fields: Mapping[str, Any], shape: Shape, rank: int) -> int:
    """Each weight is used once for every place that comes in, not for every place that goes out."""
    return prod(shape) * _convolution.kernel(fields, rank) * fields["filters"]
