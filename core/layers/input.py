"""Where a part of each row comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import GraphError
from core.fields import Field
from core.layers._shapes import Shape
from core.words import Sentence, mark

LABEL = mark("Input")
HELP = mark("Brings in one part of each row: its numbers or its categories, prepared by the column recipes.")
WHEN = mark("Every network begins with one for each part of the rows that it should see.")
MORE = mark("With more inputs the network sees more of each row; from what is left out it cannot learn.")
PICTURE = "input"
GROUP = "ends"
KERAS = ""
INPUTS = (0, 0)
CODES = "passes"


@dataclass(frozen=True, kw_only=True)
class Source(Field):
    """The name of one part of the prepared rows; which there are, `facts["inputs"]` says."""

    def allows(self, value: Any) -> bool:
        return isinstance(value, str) and 0 < len(value) <= 80

    def limits(self) -> Sentence:
        return mark("the name of a part of the prepared rows")

    def wrong_values(self) -> list[Any]:
        return ["", 3, True, ["numbers"]]


FIELDS = {
    "source": Source(
        label=mark("Reads"), auto=True, main=True,
        help=mark("Which part of each row comes in here; by itself, the part with this layer's name."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"source": "numbers", "shape": [57]}, "shapes": []},
    {"fields": {"source": "categories", "shape": [16]}, "shapes": []},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Adds `shape` and `dtype`, which follow from the prepared rows and cannot be set.

    Raises:
        GraphError: Where the prepared rows have no such part.
    """
    parts, source = facts["inputs"], fields["source"]
    if source not in parts:
        raise GraphError(
            mark("it reads “{source}”, but the prepared rows have no such part.", source=source or "–"),
            mark("Let it read one of these: {names}.", names=list(parts)),
        )
    part = parts[source]
    # Pixels are kept as bytes; Keras turns them into numbers when they come in, so that any layer can follow.
    dtype = "float32" if part["dtype"] == "uint8" else part["dtype"]
    view = {"view": part["view"]} if "view" in part else {}
    return {**fields, "shape": list(part["shape"]), "dtype": dtype, **view}


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return tuple(fields["shape"])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
