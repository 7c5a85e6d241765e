"""A shelf: kinds of question: target, last layer, loss, metrics and the form of an answer.

FORM          what stands in the target's cells: `number`, `classes` (one answer of several), `labels` (a list), `texts` or `items`
LOSS          Keras's name of the loss; with OWN_LOSS = True, a class of ours in `core.worker.own`
MAIN          the metric by which models are compared; larger is better
suits         whether a column can be the target, by its kind, its number of different values and its summary
WATCHED       optional: the metric that is followed while it trains, where `MAIN` takes too long for that
natural       optional: whether the values themselves ask for this task before all others
FINISH        optional: the part of `core.worker` that writes and tests the model, where that is no answer row by row
steps         optional: how many answers a row gets, one at each of its steps, by the target's recipe; their truth is
              [rows, steps] of codes
PADDING       optional, beside `steps`: the code of steps that do not count, because a row has ended before
"""

from collections.abc import Mapping
from typing import Any

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("task"))


def output(task: str, target: Mapping[str, Any]) -> dict[str, Any]:
    """What the facts tell of a network's answer: `units`, `activation`, and `steps` where it answers at each step.

    Args:
        target: The target's recipe.
    """
    asked = SHELF[task]
    found = {"units": asked.units(target), "activation": asked.ACTIVATION}
    return {**found, "steps": asked.steps(target)} if hasattr(asked, "steps") else found
