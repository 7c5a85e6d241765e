"""What a network costs: operations for one row, and the memory that training takes."""

from math import prod

from core.graph.measure import FLOAT, LayerReport, Report
from core.layers import SHELF

# Weights, their slopes, two memories of the optimizer, their running average, and the clipped copy of the slopes.
COPIES_OF_WEIGHTS = 6
# What a layer gives is kept, and what flows back through it is made once more.
COPIES_OF_OUTPUTS = 2


def operations(layer: LayerReport) -> int:
    """Multiplications with additions that the layer, or all that a block stands for, needs for one row.

    A kind says it by its `operations`. Where it does not, every weight is taken as used once for every place of
    what the layer gives, which holds for all dense layers and convolutions; a layer without weights, or one that
    looks up codes, touches each number that it gives once.
    """
    if layer.parts:
        return sum(operations(part) for part in layer.parts.values())
    if layer.shape is None or not layer.kind or layer.kind == "input":
        return 0
    kind = SHELF[layer.kind]
    if hasattr(kind, "operations"):
        return kind.operations(layer.fields, list(layer.takes))
    if not layer.weights or getattr(kind, "CODES", "refuses") == "reads":
        return prod(layer.shape)
    return layer.weights * prod(layer.shape[:-1])


def training_memory(report: Report, batch_size: int) -> int:
    """Roughly how many bytes training takes beside the data and the libraries."""
    given = sum(given_numbers(layer) for layer in report.layers.values())
    return FLOAT * (COPIES_OF_WEIGHTS * report.weights + COPIES_OF_OUTPUTS * given * batch_size)


def given_numbers(layer: LayerReport) -> int:
    """How many numbers it gives for one row, its parts included."""
    if layer.parts:
        return sum(given_numbers(part) for part in layer.parts.values())
    return prod(layer.shape) if layer.shape is not None else 0
