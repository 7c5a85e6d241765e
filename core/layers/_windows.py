"""How many places a window finds that moves over steps or pictures.

Source: `keras.ops.conv`, `keras.ops.max_pool` and `keras.ops.conv_transpose`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Choice
from core.layers._shapes import Shape, sizes
from core.words import mark

SAME = mark("Fill the edges with zeros (same)")
VALID = mark("Stay inside (valid)")
CAUSAL = mark("Look only back (causal)")


def padding_field(default: str, causal: bool = False) -> Choice:
    """The knob that says what happens at the edges."""
    options = {"valid": VALID, "same": SAME, **({"causal": CAUSAL} if causal else {})}
    return Choice(
        label=mark("At the edges"), options=options, default=default,
        help=mark("Whether the window may reach over the edges, where zeros are put, or stays inside."),
    )  # fmt: skip


def per_side(value: Any, rank: int) -> Shape:
    """The setting for each direction, whether it is one number or a list."""
    return tuple(value) if isinstance(value, Sequence) else (value,) * rank


def reach(window: Shape, gaps: Shape) -> Shape:
    """How far the window reaches when there are gaps between what it looks at.

    Example:
        >>> reach((3,), (2,))
        (5,)
    """
    return tuple((size - 1) * gap + 1 for size, gap in zip(window, gaps, strict=True))


def slide(spots: Shape, fields: Mapping[str, Any], name: str) -> Shape:
    """Where the window stops: the sizes of what comes out, without the channels.

    Args:
        spots: The sizes of what comes in, without the channels.
        fields: With `strides` and `padding`, and where there are gaps, `dilation_rate`.
        name: The setting that holds the size of the window.

    Raises:
        GraphError: Where the window is larger than what comes in and must stay inside.
    """
    rank = len(spots)
    window = reach(per_side(fields[name], rank), per_side(fields.get("dilation_rate", 1), rank))
    moves = per_side(fields["strides"], rank)
    if fields["padding"] != "valid":
        return tuple(-(-spot // move) for spot, move in zip(spots, moves, strict=True))
    if any(size > spot for size, spot in zip(window, spots, strict=True)):
        raise _too_large(window, spots, fields, name)
    return tuple((s - w) // m + 1 for s, w, m in zip(spots, window, moves, strict=True))


def spread_out(spots: Shape, fields: Mapping[str, Any]) -> Shape:
    """The sizes after a transposed convolution, without the channels."""
    rank = len(spots)
    window, moves = per_side(fields["kernel_size"], rank), per_side(fields["strides"], rank)
    over = [max(w - m, 0) if fields["padding"] == "valid" else 0 for w, m in zip(window, moves, strict=True)]
    return tuple(spot * move + more for spot, move, more in zip(spots, moves, over, strict=True))


def check_gaps(fields: Mapping[str, Any], rank: int) -> None:
    """Raises GraphError where the window both leaves gaps and skips places, which Keras cannot do."""
    if max(per_side(fields["strides"], rank)) > 1 and max(per_side(fields["dilation_rate"], rank)) > 1:
        raise GraphError(
            mark("it has both a step above 1 and gaps above 1, which cannot be calculated."),
            mark("Set one of the two to 1."),
            mends=[
                Mend(mark("Look without gaps"), ({"do": "unset", "fields": ["dilation_rate"]},)),
                Mend(mark("Move in steps of 1"), ({"do": "unset", "fields": ["strides"]},)),
            ],
        )


def _too_large(window: Shape, spots: Shape, fields: Mapping[str, Any], name: str) -> GraphError:
    mends = [Mend(mark("Fill the edges with zeros"), ({"do": "set", "fields": {"padding": "same"}},))]
    if max(per_side(fields.get("dilation_rate", 1), len(spots))) == 1:
        fitting = [min(size, spot) for size, spot in zip(window, spots, strict=True)]
        value = fitting if isinstance(fields[name], Sequence) else fitting[0]
        label = mark("Make the window {sizes}", sizes=sizes(tuple(fitting)))
        mends.append(Mend(label, ({"do": "set", "fields": {name: value}},)))
    return GraphError(
        mark("its window of {window} is larger than what comes in, which is {sizes}.",
             window=sizes(window), sizes=sizes(spots)),
        mark("Make the window smaller, or let it fill the edges with zeros."),
        mends=mends,
    )  # fmt: skip
