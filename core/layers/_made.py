"""What a kind of layer is made of, as plain data: a Keras layer, or several layers that one block stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_NAME = 80


def is_name(name: Any) -> bool:
    """Whether a layer can be called so: Keras on TensorFlow takes no other letters.

    Example:
        >>> is_name("hidden_1"), is_name("1"), is_name("größe")
        (True, False, False)
    """
    return isinstance(name, str) and len(name) <= LONGEST_NAME and name.isidentifier() and name.isascii()


@dataclass(frozen=True)
class Made:
    """A class in `keras.layers`, or one of ours, and its arguments.

    Args:
        name: Name of the class.
        arguments: By Keras's names; plain values, or `Made` where a layer wraps another.
        own: Whether the class is one of ours, in `core.worker.own`.
    """

    name: str
    arguments: Mapping[str, Any]
    own: bool = False


@dataclass(frozen=True)
class Part:
    """One layer inside a block.

    Args:
        name: Unique in the block.
        kind: An item of the shelf, blocks too.
        inputs: Names of parts before it, or `in_1`, `in_2`, … for what comes into the block.
        fields: As of a layer in a drawing.
    """

    name: str
    kind: str
    inputs: tuple[str, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
