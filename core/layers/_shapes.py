"""What several layer kinds say about shapes. A shape leaves out the batch: `(57,)` is a row of 57 numbers."""

from math import prod

from core.errors import GraphError, Mend
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
                mends=_made_alike(shapes),
            )  # fmt: skip
        result = head + tuple(b if a == 1 else a for a, b in zip(tail, short, strict=True))
    return result


def _made_alike(shapes: list[Shape]) -> list[Mend]:
    """To one width by a Dense layer in front of those that differ, or side by side, where that is enough."""
    found = []
    for width in list(dict.fromkeys(shape[-1] for shape in shapes if shape[-1] > 1))[:2]:
        if _stretched([(*shape[:-1], width if shape[-1] > 1 else 1) for shape in shapes]):
            fields = {"units": width, "activation": "linear"}
            steps = tuple(
                {"do": "insert", "kind": "dense", "fields": fields, "input": place}
                for place, shape in enumerate(shapes)
                if shape[-1] not in (1, width)
            )
            found.append(Mend(mark("Bring all to {count:,} numbers", count=width), steps))
    if len({len(shape) for shape in shapes}) == 1 and len({shape[:-1] for shape in shapes}) == 1:
        found.append(
            Mend(
                mark("Lay them side by side instead"), ({"do": "turn", "kind": "concatenate", "fields": {}},)
            )
        )
    if not found:
        found.append(flat([place for place, shape in enumerate(shapes) if len(shape) > 1]))
    return found


def _stretched(shapes: list[Shape]) -> bool:
    """Whether the shapes can be stretched to fit each other."""
    longest = max(len(shape) for shape in shapes)
    padded = [(1,) * (longest - len(shape)) + shape for shape in shapes]
    return all(len(set(sizes) - {1}) <= 1 for sizes in zip(*padded, strict=True))


def flat(places: list[int]) -> Mend:
    """A Flatten layer in front of the inputs at these places."""
    steps = tuple({"do": "insert", "kind": "flatten", "fields": {}, "input": place} for place in places)
    return Mend(mark("Insert Flatten here"), steps)


def need_row(shape: Shape) -> None:
    """Raises GraphError where what comes in is no plain row."""
    if len(shape) != 1:
        raise GraphError(
            mark("it needs a plain row of numbers, but gets {sizes}.", sizes=sizes(shape)),
            mark("Put a Flatten layer in front of it."),
            mends=[flat([0])],
        )
