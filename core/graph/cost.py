"""What a network costs: operations for one row, and the memory that training takes."""

from math import prod

from core.graph.measure import FLOAT, LayerReport, Report
from core.graph.pretrained import learned_weights
from core.layers import SHELF

# Weights, their slopes, two memories of the optimizer, their running average, and the clipped copy of the slopes.
COPIES_OF_WEIGHTS = 6
# What a layer gives is kept, and what flows back through it is made once more.
COPIES_OF_OUTPUTS = 2
# What TensorFlow takes for the steps of any network, and more for each layer, measured by `benchmarks.estimate`.
BYTES_OF_STEPS = 30_000_000
BYTES_OF_LAYER = 2_300_000


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
    """About how many bytes training takes beside the rows and the libraries; measured by `benchmarks.estimate`.

    Source: Sohoni et al., "Low-Memory Neural Network Training", 2019, section 2: weights, optimizer, and activations.
    """
    layers = report.layers.values()
    numbers = sum(given_numbers(layer) + _held(layer) for layer in layers)
    learned = learned_weights(report)
    floats = (
        COPIES_OF_WEIGHTS * learned + (report.weights - learned) + COPIES_OF_OUTPUTS * numbers * batch_size
    )
    saved = report.weights * FLOAT - report.bytes
    return BYTES_OF_STEPS + BYTES_OF_LAYER * sum(_leaves(layer) for layer in layers) + FLOAT * floats - saved


def given_numbers(layer: LayerReport) -> int:
    """How many numbers it gives for one row, its parts included."""
    if layer.parts:
        return sum(given_numbers(part) for part in layer.parts.values())
    return prod(layer.shape) if layer.shape is not None else 0


def widest(report: Report) -> int:
    """How many numbers the layer that needs most of them has in hand for one row."""
    return max(_in_hand(layer) for layer in report.layers.values())


def _in_hand(layer: LayerReport) -> int:
    if layer.parts:
        return max(_in_hand(part) for part in layer.parts.values())
    return given_numbers(layer) + _held(layer)


def _held(layer: LayerReport) -> int:
    """How many numbers beside these are kept for one row until its slopes are known."""
    if layer.parts:
        return sum(_held(part) for part in layer.parts.values())
    kind = SHELF[layer.kind] if layer.shape is not None and layer.kind else None
    return kind.held(layer.fields, list(layer.takes)) if hasattr(kind, "held") else 0


def _leaves(layer: LayerReport) -> int:
    return sum(_leaves(part) for part in layer.parts.values()) if layer.parts else 1
