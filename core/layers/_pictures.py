"""What kinds share that look at pictures, which come as height × width × channels."""

from math import isqrt

from core.errors import GraphError, Mend
from core.layers._shapes import Shape, count, sizes
from core.words import mark

GREY, COLOURS = 1, 3

# Keras also knows Lanczos, which cannot be written as ONNX.
BETWEEN = {
    "nearest": mark("The nearest place"),
    "bilinear": mark("Straight between neighbours (bilinear)"),
    "bicubic": mark("Smooth (bicubic)"),
}
BETWEEN_HELP = mark("What is put at places that lie between those of the old picture.")


def need_picture(shape: Shape) -> None:
    """Raises GraphError unless the shape is height × width × channels."""
    if len(shape) == 3:
        return
    raise GraphError(
        mark("it needs pictures of height × width × channels, but gets {sizes}.", sizes=sizes(shape)),
        mark("Feed it from pictures, or put a Reshape layer in front of it."),
        mends=[_folded(form) for form in picture_forms(shape)],
    )


def picture_forms(shape: Shape) -> list[Shape]:
    """Forms that make a picture of the same numbers, the likeliest first.

    Example:
        >>> picture_forms((784,))
        [(28, 28, 1)]
    """
    if len(shape) == 2:
        return [(*shape, GREY)]
    if len(shape) != 1:
        return []
    found = []
    for channels in (GREY, COLOURS):
        side = isqrt(count(shape) // channels)
        if side * side * channels == count(shape):
            found.append((side, side, channels))
    return found


def _folded(form: Shape) -> Mend:
    step = {"do": "insert", "kind": "reshape", "fields": {"target_shape": list(form)}, "input": 0}
    return Mend(mark("Fold it into pictures of {sizes}", sizes=sizes(form)), (step,))
