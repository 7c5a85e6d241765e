"""A shelf: kinds of layer, as data: settings, output shape and number of weights.

One file is one kind; files whose names begin with an underscore hold what kinds share. A kind gives:

    LABEL, HELP   what the user sees: `Sentence`
    WHEN, MORE    one sentence each: when to use it; what more or less of its main setting changes
    PICTURE       name of the small picture on its help card, one of those in `frontend/src/editor/pictures`
    GROUP         a key of `GROUPS`
    KERAS         name of the class in `keras.layers`; empty for `input`, `output` and blocks
    OWN           optional: True where KERAS names a class of ours, in `core.worker.own`
    FIELDS        settings under Keras's argument names
    INPUTS        least and most number of incoming links
    PORTS         optional: what the incoming links are called, in order: tuple of `Sentence`
    CODES         "passes", "reads" or "refuses" (the default): what it does with codes of categories
    EXAMPLES      `{"fields", "shapes"}` that the contract test compares with Keras
    output_shape(fields, shapes)        shape without the batch; raises GraphError
    weights(fields, shapes)             count of all weights, trained or not
    operations(fields, shapes)          optional: multiplications with additions for one row; see `core.graph.cost`
    held(fields, shapes)                optional: numbers that training keeps for one row beside those that it gives
    automatic(fields, facts, codes)     optional: fills in what follows from the data; raises GraphError
    from_shapes(fields, shapes)         optional: after that, fills in what follows from the sizes that come in

How Keras makes and calls it, where that is more than its class with the fields as arguments:

    made(fields, shapes) -> Made        the class and its arguments, which may be `Made` themselves
    CALL          "one" (the default: its input, or the list of its inputs), "spread" (each input an argument of
                  its own) or "twice" (its one input as query and as value)
    call_arguments(fields) -> dict      more arguments of the call, such as `use_causal_mask`

A block stands for several layers: it gives neither KERAS nor `output_shape`, `weights` and `operations`, but

    layers(fields, shapes) -> tuple[Part, ...]    its parts in order, the last gives the answer; the links that come
                                                  into the block are the layers `in_1`, `in_2`, …

A block without CODES leaves codes of categories to its parts.
"""

from collections.abc import Mapping

from core.layers._made import LONGEST_NAME, Made, Part, is_name
from core.shelf import Shelf
from core.words import Sentence, mark

__all__ = ["GROUPS", "LONGEST_NAME", "SHELF", "UNDECAYED", "Made", "Part", "is_name"]

SHELF = Shelf(__name__, mark("layer kind"))

# Keras's names of weights that training does not pull towards zero: shifts, scales, and the slopes of PReLU.
# Source: He et al., "Delving Deep into Rectifiers", 2015, section 2.1 (no weight decay for the slopes).
# And what the sentence encoder has learned elsewhere, whose names begin with "known": zero would make it forget.
UNDECAYED = ("bias", "beta", "gamma", "scale", "alpha", "known")

# In the order of the palette.
GROUPS: Mapping[str, Sentence] = {
    "ends": mark("Start and end"),
    "learning": mark("Find patterns"),
    "activation": mark("Bend"),
    "merging": mark("Bring together"),
    "guarding": mark("Guard against learning by heart"),
    "scaling": mark("Keep in scale"),
    "shaping": mark("Change the form"),
    "blocks": mark("Blocks of several layers"),
    "sequences": mark("Read steps in order"),
    "images": mark("Look at pictures"),
    "augmenting": mark("Vary pictures while training"),
}
