"""A network with two inputs, cut where what reads the source ends: that half runs once, the other for each token."""

from collections.abc import Iterator, Sequence
from typing import Any

import keras
from keras import ops

from core.rewrite import PADDING, SOURCE, WRITTEN

READ = "read"  # what the first half gives to the second is called `read_1`, `read_2` …


def halves(model: keras.Model) -> tuple[keras.Model, keras.Model]:
    """The half that reads and the half that writes, with the model's own layers and weights, for texts of any length.

    The first is asked with the source's codes [rows, tokens], and answers with all that the second needs of it. The second is
    asked with that, the source's codes and the codes so far [rows, tokens], and answers with the chances of the next one [rows, codes] and, where
    its layers look at what was read, how much each token so far looked at each of the source's [rows, tokens, tokens].

    Raises:
        ValueError: If the drawing cannot be asked for texts of any length.
    """
    given = {tensor.name: tensor for tensor in model.inputs}
    depends = _depends(model, given[WRITTEN])
    cut = _cut(model, depends)
    source = keras.Input((None,), dtype="int32", name=SOURCE)
    read, _ = _again(model, {id(given[SOURCE]): source}, depends, first=True)
    first = keras.Model([source], [read[id(tensor)] for tensor in cut], name="reads")
    written = keras.Input((None,), dtype="int32", name=WRITTEN)
    again = keras.Input((None,), dtype="int32", name=SOURCE)
    beside = [
        keras.Input(read[id(tensor)].shape[1:], dtype=tensor.dtype, name=f"{READ}_{number}")
        for number, tensor in enumerate(cut, 1)
    ]
    known = {id(given[WRITTEN]): written}
    for old, new, masked in zip(cut, beside, _masked(first), strict=True):
        known[id(old)] = Padded()([new, again]) if masked else new
    made, looked = _again(model, known, depends, first=False)
    end = model.layers[-1]
    last = end(made[id(end.input)][:, -1])
    outputs = [last, ops.mean(ops.stack(looked), axis=(0, 2))] if looked else [last]
    return first, keras.Model([*beside, again, written], outputs, name="writes")


def _masked(first: keras.Model) -> list[bool]:
    """Of what the first half gives, what leaves out padding; tensors that are only drawn do not say so yet."""
    told = first([ops.ones((1, 2), "int32")])
    return [getattr(tensor, "_keras_mask", None) is not None for tensor in keras.tree.flatten(told)]


def _operations(model: keras.Model) -> Iterator[tuple[Any, Any]]:
    """Each layer or operation with its one call, in the order in which they are carried out; inputs left out."""
    for operation in model.operations:
        node = operation._inbound_nodes[0]
        if not isinstance(operation, keras.layers.InputLayer):
            yield operation, node


def _depends(model: keras.Model, start: Any) -> set[int]:
    """The ids of all tensors that follow from this one."""
    found = {id(start)}
    for _, node in _operations(model):
        if any(id(tensor) in found for tensor in node.input_tensors):
            found |= {id(tensor) for tensor in node.outputs}
    return found


def _cut(model: keras.Model, depends: set[int]) -> Sequence[Any]:
    """What the half that writes reads of the other: tensors of the source that feed it."""
    found = {}
    for _, node in _operations(model):
        if any(id(tensor) in depends for tensor in node.input_tensors):
            found |= {id(t): t for t in node.input_tensors if id(t) not in depends}
    return list(found.values())


def _again(
    model: keras.Model, known: dict[int, Any], depends: set[int], first: bool
) -> tuple[dict[int, Any], list[Any]]:
    """Call one half's layers once more; what each of its tensors is now, and what its attention to the source looked at."""
    made, looked = dict(known), []
    for operation, node in _operations(model):
        mine = any(id(tensor) in depends for tensor in node.outputs) != first
        if not mine or operation is model.layers[-1]:
            continue
        args, kwargs = node.arguments.fill_in(made)
        if not first and _looks_across(operation, node, depends):
            told, scores = Looking(operation)(*args, **kwargs)
            looked.append(scores)
        else:
            told = operation(*args, **kwargs)
        for tensor, new in zip(
            node.outputs, told if isinstance(told, (list, tuple)) else [told], strict=False
        ):
            made[id(tensor)] = new
    return made, looked


def _looks_across(operation: Any, node: Any, depends: set[int]) -> bool:
    """Whether it is an attention whose query is what is written, and whose value is what was read."""
    if not isinstance(operation, keras.layers.MultiHeadAttention):
        return False
    query, value, *_ = node.input_tensors
    return id(query) in depends and id(value) not in depends


class Padded(keras.layers.Layer):
    """What was read of a source, with the places left out where the source has ended, as in the whole model."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, given: Any) -> Any:
        """As it was; given what was read [rows, tokens, width] and the source's codes [rows, tokens]."""
        return given[0] * 1.0  # a new tensor, since the mask is written onto it

    def compute_mask(self, given: Any, mask: Any = None) -> Any:
        """Where the source has codes."""
        return ops.not_equal(given[1], PADDING)


class Looking(keras.layers.Layer):
    """An attention of the model that also tells how much it looked at each step, [rows, heads, steps, steps]."""

    def __init__(self, attention: keras.layers.MultiHeadAttention):
        super().__init__(name=f"{attention.name}_looking")
        self.attention = attention
        self.built = self.supports_masking = True

    def call(self, query: Any, value: Any, key: Any = None, value_mask: Any = None, **more: Any) -> Any:
        """What the attention gives, and its scores; Keras fills in the mask of the padding."""
        given = {"key": key, "value_mask": value_mask, "return_attention_scores": True}
        return self.attention(query, value, **given, **more)

    def compute_mask(self, query: Any, mask: Any = None) -> Any:
        """What is written so far has no padding."""
        return None, None

    def compute_output_spec(self, query: Any, value: Any, key: Any = None, **more: Any) -> Any:
        """Keras's own knows only attention to the same steps."""
        looked = (query.shape[0], self.attention.num_heads, query.shape[1], value.shape[1])
        return keras.KerasTensor(query.shape, query.dtype), keras.KerasTensor(looked, query.dtype)
