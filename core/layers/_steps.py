"""What kinds share that read steps in order: what they need, and how to get there with one click."""

from core.errors import GraphError, Mend
from core.layers._shapes import Shape, count, flat, sizes
from core.words import mark


def need_steps(shape: Shape, port: int = 0) -> None:
    """Raises GraphError unless the shape is steps of several numbers each; `port` is the number of the input."""
    if len(shape) == 2:
        return
    raise GraphError(
        mark("it needs steps of several numbers each, but gets {sizes}.", sizes=sizes(shape)),
        mark("Put an Embedding or a Reshape layer in front of it."),
        mends=[in_steps(shape, port)],
    )


def need_row(shape: Shape) -> None:
    """Raises GraphError unless the shape is a plain row of numbers."""
    if len(shape) == 1:
        return
    raise GraphError(
        mark("it needs a plain row of numbers, but gets {sizes}.", sizes=sizes(shape)),
        mark("Put a Flatten layer in front of it."),
        mends=[flat([0])],
    )


def in_steps(shape: Shape, port: int = 0) -> Mend:
    """A Reshape layer in front of it that makes steps of several numbers out of what comes in."""
    if len(shape) == 1:
        label, target = mark("Read each number as one step"), [count(shape), 1]
    else:
        label, target = mark("Read it as one line of steps"), [count(shape[:-1]), shape[-1]]
    step = {"do": "insert", "kind": "reshape", "fields": {"target_shape": target}, "input": port}
    return Mend(label, (step,))
