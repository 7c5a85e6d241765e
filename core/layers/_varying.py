"""What the kinds share that change pictures at random while training, and leave them alone afterwards."""

from collections.abc import Mapping
from typing import Any

from core.fields import Choice, Decimal
from core.layers._pictures import need_picture
from core.layers._shapes import Shape
from core.words import Sentence, mark

INPUTS = (1, 1)
GROUP = "augmenting"
PICTURE = "augment"

EDGES = Choice(
    label=mark("Beyond the edges"), default="reflect",
    options={
        "reflect": mark("Mirrored"),
        "nearest": mark("The nearest place"),
        "wrap": mark("From the other side"),
        "constant": mark("Zeros"),
    },
    help=mark("What fills places that the old picture did not have."),
)  # fmt: skip
MIXING = Choice(
    label=mark("In between"), default="bilinear",
    options={
        "bilinear": mark("Straight between neighbours (bilinear)"),
        "nearest": mark("The nearest place"),
    },
    help=mark("What is put at places that lie between those of the old picture."),
)  # fmt: skip


def strength(label: Sentence, help: Sentence, high: float = 1.0) -> Decimal:
    """The knob for how far it goes; Keras has no default."""
    return Decimal(label=label, help=help, low=0.0, high=high, step=0.05, default=0.1, main=True)


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_picture(shapes[0])
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
