"""Networks made of inverted residuals: widen, look at each channel by itself, make narrow again, and add what came in.

Source: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018, section 3.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Convolution:
    """A window with its batch normalization, which is folded into it, and its bend.

    Args:
        name: Unique in the network.
        before: The layer that feeds it; empty for the picture itself.
        filters: How many patterns it looks for; None where it looks at each channel by itself.
        kernel: Side of its window.
        strides: How far the window moves.
        activation: Keras's name.
        stage: Counts from 0; the last one may go on learning by itself.
    """

    name: str
    before: str
    filters: int | None
    kernel: int
    strides: int
    activation: str
    stage: int


@dataclass(frozen=True)
class Sum:
    """Adds what came into a block to what it found."""

    name: str
    before: tuple[str, str]
    stage: int


@dataclass(frozen=True)
class Stage:
    """Blocks of one size: how many, the side of the window, the first one's step, how much they widen, what they give."""

    repeats: int
    kernel: int
    strides: int
    expand: int
    filters: int


def inverted(stages: Sequence[Stage], first: int, last: int) -> tuple[Convolution | Sum, ...]:
    """The layers of the whole network, from the picture to its patterns.

    Args:
        first: Filters of the window in front of all blocks.
        last: Filters of the window behind them.
    """
    layers: list[Convolution | Sum] = [Convolution("stem", "", first, 3, 2, "relu6", 0)]
    width, block = first, 0
    for number, stage in enumerate(stages):
        for repeat in range(stage.repeats):
            strides = stage.strides if repeat == 0 else 1
            layers += _block(block, number, layers[-1].name, width, stage, strides)
            width, block = stage.filters, block + 1
    return (*layers, Convolution("head", layers[-1].name, last, 1, 1, "relu6", len(stages) - 1))


def _block(
    number: int, stage: int, before: str, width: int, form: Stage, strides: int
) -> list[Convolution | Sum]:
    lead = f"block_{number}"
    found: list[Convolution | Sum] = []
    seen = before
    if form.expand != 1:
        found.append(Convolution(f"{lead}_expand", seen, width * form.expand, 1, 1, "relu6", stage))
        seen = f"{lead}_expand"
    found += [
        Convolution(f"{lead}_depthwise", seen, None, form.kernel, strides, "relu6", stage),
        Convolution(f"{lead}_project", f"{lead}_depthwise", form.filters, 1, 1, "linear", stage),
    ]
    if strides == 1 and width == form.filters:
        found.append(Sum(f"{lead}_sum", (before, f"{lead}_project"), stage))
    return found
