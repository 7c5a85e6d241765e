"""What stays as it is in front of all that learns is computed once for each row, and not anew in every epoch.

A network is cut in two: the front, whose layers learn nothing and throw no dice, and the head with all that learns. The
head's layers are those of the whole network, so that what it learns stands there too. What the front gives lies in the
workspace under `frozen/<id>/`, one file for each side and each place of the cut; the id is the hash of the front, its
weights and the rows.

Source: Chollet, "Deep Learning with Python", 2nd edition (2021), section 8.3.1: fast feature extraction.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import keras
import numpy as np
import psutil
import tensorflow as tf
from keras.src.models.functional import operation_fn

from core import home
from core.prepare import ENCODED, Prepared
from core.runs.events import FULL
from core.words import Sentence, mark
from core.worker import own, rows, sentences
from core.worker.own.sentence_encoder import SentenceEncoder

FOLDER = "frozen"
# Layers that give the same for the same row, whenever they are asked, as long as they learn nothing.
STEADY = (
    SentenceEncoder, keras.layers.Dense, keras.layers.Embedding, keras.layers.Conv1D, keras.layers.Conv2D,
    keras.layers.DepthwiseConv2D, keras.layers.Rescaling, keras.layers.Resizing, keras.layers.Activation,
    keras.layers.ReLU, keras.layers.Add, keras.layers.Multiply, keras.layers.Average, keras.layers.Concatenate,
    keras.layers.Flatten, keras.layers.Reshape, keras.layers.Permute, keras.layers.MaxPooling1D,
    keras.layers.MaxPooling2D, keras.layers.AveragePooling1D, keras.layers.AveragePooling2D,
    keras.layers.GlobalAveragePooling1D, keras.layers.GlobalAveragePooling2D, keras.layers.GlobalMaxPooling1D,
    keras.layers.GlobalMaxPooling2D, keras.layers.ZeroPadding2D, keras.layers.Cropping2D,
    keras.layers.UnitNormalization, keras.layers.LayerNormalization,
)  # fmt: skip
MOST_TIMES, FEW_BYTES = 4, 500_000_000  # as large as what comes in; or so many at most
SHARE_OF_DISK = 0.5  # of what is free
MOST_KEPT = 5_000_000_000  # bytes of all fronts together
NUMBERS_AT_ONCE = 16_000_000  # that the widest layer gives
SECONDS_BETWEEN = 1.0

Tell = Callable[[Sentence], None]
Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Cut:
    """A network in two.

    Args:
        front: From inputs to the places of the cut, in their order; learns nothing.
        head: From these places, and inputs that it reads itself, to the answer; not compiled.
        places: The head's inputs that the front gives, in its order.
        texts: Inputs that only sentence encoders of the front read, so that zeros at their end may be left out.
    """

    front: keras.Model
    head: keras.Model
    places: tuple[str, ...]
    texts: frozenset[str]


@dataclass(frozen=True)
class Learning:
    """What is left to learn: the head, its arrays and the encoded target by side, and what the front knows for good."""

    head: keras.Model
    still: Sequence[keras.Variable]
    sides: Mapping[str, tuple[Arrays, np.ndarray]]


def learning(
    model: keras.Model, prepared: Prepared, tell: Tell, ends: Callable[[], bool] = lambda: False
) -> Learning | None:
    """The part of the network that learns and its rows; None where nothing is gained by cutting it.

    Args:
        model: With its weights; stays as it is, and shares the head's layers.
        tell: Told how far it has come.
        ends: Whether somebody wants an end now; then nothing is cut either.
    """
    found = cut(model)
    if found is None or not _worth_it(found, prepared):
        return None
    folder = home.folder(FOLDER) / _id(found, prepared)
    try:
        if not folder.exists() and not _make(found, prepared, folder, tell, ends):
            return None
        os.utime(folder)
        return Learning(
            found.head,
            found.front.weights,
            {side: _opened(found, prepared, folder, side) for side in ENCODED},
        )
    except OSError as error:  # each epoch then computes it anew
        if error.errno not in FULL:
            raise
        return None


def cut(model: keras.Model) -> Cut | None:
    """The network in two, as far behind as can be; None where no layer with weights stands in front of all that learns."""
    settled = {id(tensor) for tensor in model.inputs}
    given = {id(tensor): tensor.name for tensor in model.inputs}
    steady, border, read = [], {}, {}
    for node in nodes(model):
        if _is_steady(node.operation) and all(id(tensor) in settled for tensor in node.input_tensors):
            steady.append(node)
            settled.update(id(tensor) for tensor in node.output_tensors)
            continue
        for tensor in node.input_tensors:
            if id(tensor) in settled:
                (read if id(tensor) in given else border)[id(tensor)] = tensor
    if not any(node.operation.weights for node in steady) or not border:
        return None
    places = list(border.values())
    head = type(model)([*places, *(one for one in model.inputs if id(one) in read)], model.outputs[0])
    # Whoever goes on with this run may do so without the cut: the optimizer's memories have to lie in the same order.
    if [id(one) for one in head.trainable_variables] != [id(one) for one in model.trainable_variables]:
        return None
    reads = {id(tensor) for node in steady for tensor in node.input_tensors}
    front = keras.Model([one for one in model.inputs if id(one) in reads], places, name="front")
    names = tuple(tensor.name for tensor in head.inputs[: len(places)])
    return Cut(front, head, names, _texts(steady, given, set(read)))


def nodes(model: keras.Model) -> Iterator[Any]:
    """Each use of a layer, those that come first before the others."""
    for depth in sorted(model._nodes_by_depth, reverse=True):
        yield from (node for node in model._nodes_by_depth[depth] if not node.is_input)


def _is_steady(layer: Any) -> bool:
    return isinstance(layer, STEADY) and not layer.trainable_weights


def only_encoders_read(model: keras.Model) -> bool:
    """Whether all that comes in is read by sentence encoders alone, so that zeros at the end may be left out."""
    given = {id(tensor) for tensor in model.inputs}
    return all(
        isinstance(node.operation, SentenceEncoder)
        for node in nodes(model) if any(id(tensor) in given for tensor in node.input_tensors)
    )  # fmt: skip


def _texts(steady: list[Any], given: Mapping[int, str], read: set[int]) -> frozenset[str]:
    found = {}
    for node in steady:
        for tensor in node.input_tensors:
            if id(tensor) in given:
                encoded = isinstance(node.operation, SentenceEncoder)
                found[id(tensor)] = found.get(id(tensor), True) and encoded
    return frozenset(given[id] for id, only in found.items() if only and id not in read)


def _worth_it(found: Cut, prepared: Prepared) -> bool:
    """Whether what the front gives is not much larger than what it reads, and fits on the disk."""
    count = sum(len(prepared.arrays(side)[1]) for side in ENCODED)
    gives = count * sum(_bytes(tensor) for tensor in found.front.outputs)
    reads = count * sum(_bytes(tensor) for tensor in found.front.inputs)
    fits = gives <= SHARE_OF_DISK * shutil.disk_usage(home.folder(FOLDER)).free
    return fits and gives <= min(MOST_KEPT, max(MOST_TIMES * reads, FEW_BYTES))


def _bytes(tensor: Any) -> int:
    return prod(tensor.shape[1:]) * tf.as_dtype(tensor.dtype).size


def _id(found: Cut, prepared: Prepared) -> str:
    digest = hashlib.sha256(f"{keras.__version__} {prepared.id} {found.front.to_json()}".encode())
    for file in sorted(Path(own.__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    for variable in found.front.variables:
        digest.update(np.ascontiguousarray(variable).data)
    return digest.hexdigest()[:16]


def _opened(found: Cut, prepared: Prepared, folder: Path, side: str) -> tuple[Arrays, np.ndarray]:
    inputs, truth = prepared.arrays(side)
    made = {
        name: np.load(folder / f"{side}_{place}.npy", mmap_mode="r", allow_pickle=False)
        for place, name in enumerate(found.places)
    }
    others = [tensor.name for tensor in found.head.inputs if tensor.name not in made]
    return {**made, **{name: inputs[name] for name in others}}, truth


def _make(found: Cut, prepared: Prepared, folder: Path, tell: Tell, ends: Callable[[], bool]) -> bool:
    """Fill the folder, whole or not at all; whether that was done."""
    _clear_away(folder.parent)
    building = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        told = _Told(tell, sum(len(prepared.arrays(side)[1]) for side in ENCODED))
        way = compiled(found.front)
        for side in ENCODED:
            inputs, truth = prepared.arrays(side)
            for _ in _computed(found, way, inputs, len(truth), building, side, told):
                if ends():
                    return False
        os.rename(building, folder)
    except OSError:
        if not folder.exists():  # else somebody else made the same meanwhile
            raise
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _make_room(folder)
    return True


class _Told:
    """Tells every second how many rows are done."""

    def __init__(self, tell: Tell, count: int):
        self.tell, self.count, self.done, self.at = tell, count, 0, 0.0

    def add(self, rows: int) -> None:
        self.done += rows
        if time.monotonic() - self.at >= SECONDS_BETWEEN or self.done == self.count:
            self.at = time.monotonic()
            self.tell(mark(
                "What stays as it is reads each row once: {done:,} of {count:,}", done=self.done, count=self.count
            ))  # fmt: skip


def _computed(
    found: Cut, way: Any, inputs: Arrays, count: int, folder: Path, side: str, told: _Told
) -> Iterator[None]:
    """Write what the front gives for all rows of a side, some at a time."""
    files = [
        np.lib.format.open_memmap(
            folder / f"{side}_{place}.npy", "w+", tf.as_dtype(tensor.dtype).as_numpy_dtype, (count, *tensor.shape[1:])
        )
        for place, tensor in enumerate(found.front.outputs)
    ]  # fmt: skip
    names = [tensor.name for tensor in found.front.inputs]
    for chosen, length in _batches(found, inputs, count):
        given = [np.asarray(inputs[name][chosen]) for name in names]
        some = [
            one[:, :length] if name in found.texts else one for name, one in zip(names, given, strict=True)
        ]
        for file, made in zip(files, way(some), strict=True):
            file[chosen] = made.numpy()
        for array in inputs.values():
            rows.let_go(array)
        told.add(len(chosen))
        yield
    for file in files:
        file.flush()


def compiled(front: keras.Model) -> Any:
    """The network as a compiled function from its inputs, in order, to its outputs; texts may come in shorter than it was
    drawn for, where only sentence encoders read them."""
    tensors = front.inputs

    def said(given: list[Any]) -> list[Any]:
        cast = [tf.cast(one, tensor.dtype) for one, tensor in zip(given, tensors, strict=True)]
        run = front._run_through_graph(cast, operation_fn=lambda layer: operation_fn(layer, training=False))
        return run if isinstance(run, list) else [run]

    return tf.function(said, autograph=False, reduce_retracing=True)


def _batches(found: Cut, inputs: Arrays, count: int) -> Iterator[tuple[np.ndarray, int | None]]:
    """Rows that are computed together, and how long their texts are, where all that reads them may do with less."""
    widest = max(prod(tensor.shape[1:]) for node in nodes(found.front) for tensor in node.output_tensors)
    most = max(1, NUMBERS_AT_ONCE // widest)
    if not found.texts:
        yield from ((np.arange(at, min(at + most, count)), None) for at in range(0, count, most))
        return
    longest = np.max([lengths(inputs[name]) for name in found.texts], axis=0)
    for chosen in sentences.batches(longest, sentences.tokens_at_once(), most):
        yield chosen, int(longest[chosen].max())


def lengths(codes: np.ndarray) -> np.ndarray:
    """How far each row's last code that is not zero stands from its beginning, and 1 at least."""
    found = np.ones(len(codes), np.int64)
    for at in range(0, len(codes), 4_096):
        some = np.asarray(codes[at : at + 4_096]) != 0
        found[at : at + 4_096] = np.where(some.any(1), some.shape[1] - some[:, ::-1].argmax(1), 1)
    return found


def _clear_away(parent: Path) -> None:
    """Remove what processes that are gone have left unfinished."""
    for one in parent.glob(".*"):
        number = one.suffix.removeprefix(".")
        if number.isdecimal() and not psutil.pid_exists(int(number)):
            shutil.rmtree(one, ignore_errors=True)


def _make_room(kept: Path) -> None:
    """Take away what was used longest ago, where all together is too large."""
    folders = sorted(kept.parent.glob("[!.]*"), key=lambda one: one.stat().st_mtime)
    sizes = {one: sum(file.stat().st_size for file in one.glob("*")) for one in folders}
    for one in folders:
        if sum(sizes.values()) <= MOST_KEPT:
            return
        if one != kept:
            shutil.rmtree(one, ignore_errors=True)
            sizes.pop(one)
