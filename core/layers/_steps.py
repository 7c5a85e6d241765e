"""What kinds share that read steps in order: what they need, and how to get there with one click."""

from core.errors import GraphError, Mend
from core.layers._shapes import Shape, count, flat, sizes
from core.words import Sentence, mark


def need_steps(shape: Shape, port: int = 0) -> None:
    """Raises GraphError unless the shape is steps of several numbers each; `port` is the number of the input."""
    if len(shape) == 2:
        return
    if len(shape) == 1:
        folded = mark("Read each number as one step"), [count(shape), 1]
    else:
        folded = mark("Read it as one line of steps"), [count(shape[:-1]), shape[-1]]
    raise GraphError(
        mark("it needs steps of several numbers each, but gets {sizes}.", sizes=sizes(shape)),
        mark("Put an Embedding or a Reshape layer in front of it."),
        mends=[_reshape(*folded, port)],
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


def _reshape(label: Sentence, target: list[int], port: int) -> Mend:
    step = {"do": "insert", "kind": "reshape", "fields": {"target_shape": target}, "input": port}
    return Mend(label, (step,))
