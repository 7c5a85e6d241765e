"""A network that has read texts in sixteen languages; its weights are looked up when training begins.

Source: Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL 2020.
"""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.errors import GraphError
from core.fields import Choice
from core.layers._shapes import Shape, need_row
from core.words import mark

LABEL = mark("Sentence encoder")
HELP = mark(
    "Has learned from texts in sixteen languages what they mean, and says it of each text by 512 numbers."
)
WHEN = mark(
    "Take it right behind a text that comes in as its own tokens, above all where you have few texts."
)
MORE = mark("The more of it goes on learning, the closer it fits your texts, and the more of them it needs.")
PICTURE = "embedding"
GROUP = "sequences"
KERAS = "SentenceEncoder"
OWN = True
INPUTS = (1, 1)
CODES = "reads"

FIELDS = {
    "learns": Choice(
        label=mark("What goes on learning"), default="nothing", main=True,
        options={
            "nothing": mark("nothing: it stays as it is"),
            "last": mark("its last layers"),
            "all": mark("all of it but its words"),
        },
        help=mark("With few texts nothing, which is also by far the fastest: each text is read only once."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(16,)]},
    {"fields": {"learns": "last"}, "shapes": [(1,)]},
    {"fields": {"learns": "all"}, "shapes": [(5,)]},
]

WIDTH, INNER, HIDDEN, ROWS, CHUNKS = 512, 256, 320, 128_010, 17
ORDERS = (2, 3, 5)
SEEN = WIDTH + len(ORDERS) * INNER
LAST = 4 * WIDTH * HIDDEN + HIDDEN * HIDDEN + WIDTH * WIDTH
BYTES_SAVED = 3 * ROWS * WIDTH  # its table is kept in bytes instead of float32
CODES_KNOWN = 128_001  # of its tokens, and 0 for none


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Raises GraphError where more codes come in than it knows tokens."""
    if codes > CODES_KNOWN:
        raise GraphError(
            mark("it knows {known:,} tokens, but gets {codes:,} codes.", known=CODES_KNOWN - 1, codes=codes),
            mark("Read the text by the tokens of the sentence encoder."),
        )
    return dict(fields)


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_row(shapes[0])
    return (WIDTH,)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return ROWS * WIDTH + 2 * CHUNKS + _of_windows() + LAST


def learning(fields: Mapping[str, Any]) -> int:
    """How many of its weights go on learning."""
    return {"nothing": 0, "last": LAST, "all": _of_windows() + LAST}[fields["learns"]]


def _of_windows() -> int:
    narrow = (WIDTH + 3) * (SEEN - WIDTH)
    windows = sum(2 * (order * INNER + 1) * INNER for order in ORDERS)
    return narrow + windows + 2 * SEEN + (SEEN + 1) * WIDTH


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    each = WIDTH * (SEEN - WIDTH) + sum(2 * order * INNER * INNER for order in ORDERS)
    return prod(shapes[0]) * each + SEEN * WIDTH + LAST


def held(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    """Windows laid side by side, and what was found in them; none of it where nothing learns in them."""
    if fields["learns"] != "all":
        return 0
    return prod(shapes[0]) * (2 * SEEN + max(ORDERS) * INNER)
