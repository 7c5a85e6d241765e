"""So many more weights than rows that it learns these by heart."""

from core.before._asked import Asked
from core.before._objection import Objection
from core.graph.pretrained import learned_weights
from core.words import mark

LABEL = mark("Weights and rows")
WEIGHTS_FOR_A_ROW = 500  # what the templates propose stays far below


def look(asked: Asked) -> list[Objection]:
    weights, rows = learned_weights(asked.report), asked.rows
    if weights <= WEIGHTS_FOR_A_ROW * rows:
        return []
    what = mark(
        "The network has {weights:,} weights for {count:,} row to learn from.",
        plural="The network has {weights:,} weights for {count:,} rows to learn from.",
        weights=weights, count=rows,
    )  # fmt: skip
    fix = mark(
        "Make its layers smaller or bring more rows: it can learn all of these by heart and little else."
    )
    return [Objection("worry", what, fix)]
