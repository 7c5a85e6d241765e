"""A shelf: kinds of question: target, last layer, loss, metrics and the form of an answer.

FORM          what stands in the target's cells: `number`, `classes` (one answer of several) or `labels` (a list)
LOSS          Keras's name of the loss; with OWN_LOSS = True, a class of ours in `core.worker.own`
MAIN          the metric by which models are compared; larger is better
suits         whether a column can be the target, by its kind, its number of different values and its summary
natural       optional: whether the values themselves ask for this task before all others
"""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("task"))
