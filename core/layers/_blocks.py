"""What blocks share: parts in a row, the way back around them, and a choice of norm."""

from collections.abc import Mapping
from typing import Any

from core.fields import Choice, Decimal
from core.layers._activations import ACTIVATIONS
from core.layers._made import Part
from core.words import mark

GROUP = "blocks"
KERAS = ""
CODES = "refuses"

Step = tuple[str, str, Mapping[str, Any]]  # name, kind, settings

ACTIVATION = Choice(
    label=mark("Bend"), options=ACTIVATIONS, default="relu", main=True,
    help=mark("How each sum is bent; without a bend, several layers can do no more than one."),
)  # fmt: skip
NORMALIZATION = Choice(
    label=mark("Keep in scale by"), default="batch_normalization", main=True,
    options={
        "batch_normalization": mark("Batch normalization"),
        "layer_normalization": mark("Layer normalization"),
        "none": mark("Nothing"),
    },
    help=mark("Brings sums to a common scale: over the rows of a step, or within each row; small steps need the latter."),
)  # fmt: skip
DROPOUT = Decimal(
    label=mark("Share left out"), low=0.0, high=0.95, step=0.05, default=0.1, main=True,
    help=mark("More makes it harder to learn rows by heart, and slower to learn at all."),
)  # fmt: skip


def chain(start: str, *steps: Step | None) -> list[Part]:
    """The steps as parts, each fed by the one before it, the first by `start`; what is None is left out."""
    parts: list[Part] = []
    before = start
    for step in steps:
        if step is not None:
            name, kind, fields = step
            parts.append(Part(name, kind, (before,), fields))
            before = name
    return parts


def norm(name: str, fields: Mapping[str, Any]) -> Step | None:
    """The chosen norm, under that name."""
    kind = fields["normalization"]
    return None if kind == "none" else (name, kind, {})


def drop(name: str, rate: float) -> Step | None:
    """Dropout, where there is any."""
    return (name, "dropout", {"rate": rate}) if rate > 0 else None
