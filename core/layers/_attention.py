"""What the kinds share that look around: multi-head scaled dot-product attention.

Source: Vaswani et al., "Attention Is All You Need", 2017, section 3.2.
"""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Decimal, Switch, Whole
from core.layers._made import Made
from core.layers._shapes import Shape
from core.layers._steps import need_steps
from core.words import mark

GROUP = "sequences"
KERAS = "MultiHeadAttention"

# Keras has no default for the first two.
FIELDS = {
    "num_heads": Whole(
        label=mark("Heads"), low=1, high=128, default=4, main=True,
        help=mark("How many times it looks around at once; each head can look for something else."),
    ),
    "key_dim": Whole(
        label=mark("Numbers per head"), low=1, high=4_096, auto=True, main=True,
        help=mark("How many numbers each head compares; by itself, the width of a step shared among the heads."),
    ),
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, default=0.0,
        help=mark("Leaves out this share of the glances at random while training."),
    ),
    "use_bias": Switch(
        label=mark("Own starting value"), default=True,
        help=mark("Gives each of its sums a number of its own that is added."),
    ),
    "use_causal_mask": Switch(
        label=mark("Look back only"), default=False, main=True,
        help=mark("On: a step sees only itself and steps before it, as when the next word is to be guessed."),
    ),
}  # fmt: skip


def from_shapes(fields: Mapping[str, Any], shapes: list[Shape]) -> dict[str, Any]:
    """Fills in `key_dim`: the width of what asks, shared among the heads."""
    if fields["key_dim"] is not None:
        return dict(fields)
    return {**fields, "key_dim": max(1, shapes[0][-1] // fields["num_heads"])}


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    names = ("num_heads", "key_dim", "dropout", "use_bias")
    return Made(KERAS, {name: fields[name] for name in names})


def call_arguments(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"use_causal_mask": True} if fields["use_causal_mask"] else {}


def three(shapes: list[Shape]) -> tuple[Shape, Shape, Shape]:
    """Query, value and key; what is not given is the one before it.

    Raises:
        GraphError: Where one of them is not steps of several numbers, or value and key differ in their steps.
    """
    for port, shape in enumerate(shapes):
        need_steps(shape, port)
    query = shapes[0]
    value = shapes[1] if len(shapes) > 1 else query
    key = shapes[2] if len(shapes) > 2 else value
    if value[0] != key[0]:
        raise GraphError(
            mark("it is to read {values} steps, but gets {keys} to find them by.", values=value[0], keys=key[0]),
            mark("Feed its second and its third link from layers with equally many steps."),
            mends=[Mend(mark("Remove the third link"), ({"do": "unlink", "input": 2},))],
        )  # fmt: skip
    return query, value, key


def weights_of(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    """Four projections: of query, key and value to all heads, and of the heads back to the width of the query."""
    query, value, key = three(shapes)
    inner, bias = fields["num_heads"] * fields["key_dim"], int(fields["use_bias"])
    into = sum((shape[-1] + bias) * inner for shape in (query, value, key))
    return into + (inner + bias) * query[-1]


def operations_of(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    """Projections of every step, and every step of the query with every step that is read, twice."""
    query, value, key = three(shapes)
    inner = fields["num_heads"] * fields["key_dim"]
    projections = inner * (2 * query[0] * query[1] + value[0] * value[1] + key[0] * key[1])
    return projections + 2 * query[0] * value[0] * inner


def held_by(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    """Numbers that attention keeps for one row: query, key and value of every head, and the scores twice."""
    query, value, key = three(shapes)
    projected = fields["num_heads"] * fields["key_dim"] * (query[0] + value[0] + key[0])
    return projected + 2 * fields["num_heads"] * query[0] * value[0]
