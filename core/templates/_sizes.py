"""How training follows from the number of training rows; how sizes do, `core.layers._sizes` says."""

from collections.abc import Mapping
from math import log2
from typing import Any

from core.layers._sizes import by_rows

# Up to so many training rows: this value. The last one holds for all larger sets.
ACTIVATION = "gelu"
LEARNING_RATE = ((500, 4e-3), (3_000, 1e-3), (None, 2e-3))
WEIGHT_DECAY = ((3_000, 1e-3), (None, 3e-4))
PATIENCE = ((3_000, 16), (None, 12))
MOST_AGAIN = 50_000  # up to so many training rows a table's network learns once more with the validation rows

STEPS_PER_EPOCH = 40
BATCH = (32, 512)
EMBEDDING = (2, 24)


def batch_size(rows: int) -> int:
    """The power of two that gives about `STEPS_PER_EPOCH` steps, within `BATCH`.

    Example:
        >>> batch_size(4_900)
        128
    """
    wanted = max(rows / STEPS_PER_EPOCH, 1.0)
    return min(max(2 ** round(log2(wanted)), BATCH[0]), BATCH[1])


def embedding_width(part: Mapping[str, Any]) -> int:
    """Numbers per value of a category, from how many values a column has on average.

    Source: fastai's rule of thumb for tables, `min(600, round(1.6 · values ** 0.56))`, held within `EMBEDDING`.
    """
    values = part["vocabulary"] / max(part["shape"][0], 1)
    return min(max(round(1.6 * values**0.56), EMBEDDING[0]), EMBEDDING[1])


def once_more(rows: int) -> str:
    """Whether a network for a table learns once more with the validation rows by itself: where that takes little time.

    The nearer in time these rows are to what is asked later, the more they tell (`benchmarks/README.md`, quality).
    """
    return "on" if rows <= MOST_AGAIN else "off"


def training_values(rows: int) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    return {
        "batch_size": batch_size(rows),
        "learning_rate": by_rows(LEARNING_RATE, rows),
        "weight_decay": by_rows(WEIGHT_DECAY, rows),
        "patience": by_rows(PATIENCE, rows),
        "once_more": "off",
        "masked_words": "off",
        "label_smoothing": 0.0,
        "warm_up": 0.0,
    }
