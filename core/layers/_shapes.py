"""What several layer kinds say about shapes. A shape leaves out the batch: `(57,)` is a row of 57 numbers."""

from math import prod

from core.errors import GraphError
from core.words import mark

Shape = tuple[int, ...]
MANY = 1_000  # most links into a layer that takes any number of them


def sizes(shape: Shape) -> str:
    """The shape as people write it.

    Example:
        >>> sizes((16, 8))
        '16 × 8'
    """
    return " × ".join(str(size) for size in shape)


def count(shape: Shape) -> int:
    """How many numbers it holds."""
    return prod(shape)


def same_shape(shapes: list[Shape]) -> Shape:
    """The shape when each of them is stretched to fit the others, counted from the last size; a size of 1 stretches.

    Source: `keras.layers.Add`, and NumPy's broadcasting rules.

    Raises:
        GraphError: Where two sizes differ.
    """
    result = shapes[0]
    for shape in shapes[1:]:
        long, short = sorted((result, shape), key=len, reverse=True)
        head, tail = long[: len(long) - len(short)], long[len(long) - len(short) :]
        if any(a != b and 1 not in (a, b) for a, b in zip(tail, short, strict=True)):
            raise GraphError(
                mark("it gets {first} numbers from one side and {second} from another.",
                     first=sizes(result), second=sizes(shape)),
                mark("Make both the same size, or use Concatenate, which lays them side by side."),
            )  # fmt: skip
        result = head + tuple(b if a == 1 else a for a, b in zip(tail, short, strict=True))
    return result


def need_rank(shape: Shape, rank: int) -> None:
    """Raises GraphError unless the shape has so many sizes (1: a plain row, 2: steps of numbers)."""
    if len(shape) == rank:
        return
    if rank == 1:
        raise GraphError(
            mark("it needs a plain row of numbers, but gets {sizes}.", sizes=sizes(shape)),
            mark("Put a Flatten layer in front of it."),
        )
    raise GraphError(
        mark("it needs steps of several numbers each, but gets {sizes}.", sizes=sizes(shape)),
        mark("Put an Embedding or a Reshape layer in front of it."),
    )
