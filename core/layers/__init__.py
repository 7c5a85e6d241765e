"""A shelf: kinds of layer, as data: settings, output shape and number of weights.

One file is one kind:

    LABEL, HELP   what the user sees: `Sentence`
    GROUP         a key of `GROUPS`
    KERAS         name of the class in `keras.layers`; empty for `input` and `output`
    FIELDS        settings under Keras's argument names
    INPUTS        least and most number of incoming links
    CODES         "passes", "reads" or "refuses" (the default): what it does with codes of categories
    EXAMPLES      `{"fields", "shapes"}` that the contract test compares with Keras
    output_shape(fields, shapes)        shape without the batch; raises GraphError
    weights(fields, shapes)             count of all weights, trained or not
    automatic(fields, facts, codes)     optional: fills in what follows from the data
"""

from collections.abc import Mapping

from core.shelf import Shelf
from core.words import Sentence, mark

SHELF = Shelf(__name__, mark("layer kind"))

# In the order of the palette.
GROUPS: Mapping[str, Sentence] = {
    "ends": mark("Start and end"),
    "learning": mark("Find patterns"),
    "activation": mark("Bend"),
    "merging": mark("Bring together"),
    "guarding": mark("Guard against learning by heart"),
    "scaling": mark("Keep in scale"),
    "shaping": mark("Change the form"),
}
