"""Arrays from a file of PyTorch's older form, read as plain data.

Such a file is a row of pickles with raw numbers behind them, and a pickle can run anything. So nothing is unpickled here:
its operations are listed by Python's own disassembler, and a small machine carries out the few that describe arrays.
Anything else is refused.

Source: `torch.serialization._legacy_save`, PyTorch 1.5; `pickletools` of Python's library.
"""

import pickletools
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C
MOST_OPERATIONS = 200_000
MOST_NUMBERS = 100_000_000
FORMS = {"torch FloatStorage": "<f4", "torch LongStorage": "<i8"}
ARRAY, DICTIONARY = "torch._utils _rebuild_tensor_v2", "collections OrderedDict"


class RefusedError(ValueError):
    """The file holds something else than named arrays."""


@dataclass(frozen=True)
class Stored:
    """Where an array's numbers lie.

    Args:
        key: Of the storage.
        form: Of a number, as NumPy calls it.
        count: How many numbers the storage holds.
    """

    key: str
    form: str
    count: int


@dataclass(frozen=True)
class Laid:
    """An array as the pickle describes it.

    Args:
        offset: Where it begins in its storage.
        steps: How far the next number lies in each direction.
    """

    stored: Stored
    offset: int
    shape: tuple[int, ...]
    steps: tuple[int, ...]


def read(path: Path) -> dict[str, np.ndarray]:
    """The file's arrays by name.

    Raises:
        RefusedError: If it is damaged, or holds anything else.
    """
    with path.open("rb") as file:
        try:
            if _described(file) != MAGIC:
                raise RefusedError("no file of PyTorch")
            _described(file), _described(file)  # the protocol, and the machine that wrote it
            named, keys = _described(file), _described(file)
            storages = _storages(file, named, keys)
            return {name: _array(laid, storages) for name, laid in named.items()}
        except RefusedError:
            raise
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, EOFError) as error:
            raise RefusedError(str(error)) from error


def _storages(file: BinaryIO, named: dict[str, Laid], keys: list[str]) -> dict[str, np.ndarray]:
    known = {laid.stored.key: laid.stored for laid in named.values()}
    found = {}
    for key in keys:
        stored = known[key]
        count = int.from_bytes(file.read(8), "little")
        if count != stored.count or count > MOST_NUMBERS:
            raise RefusedError("its arrays are not as long as they say")
        size = np.dtype(stored.form).itemsize * count
        raw = file.read(size)
        if len(raw) != size:
            raise RefusedError("it ends too early")
        found[key] = np.frombuffer(raw, stored.form)
    return found


def _array(laid: Laid, storages: dict[str, np.ndarray]) -> np.ndarray:
    # Its last number lies within the storage, see `_made`.
    numbers = storages[laid.stored.key][laid.offset :]
    steps = [step * numbers.itemsize for step in laid.steps]
    return np.ascontiguousarray(np.lib.stride_tricks.as_strided(numbers, laid.shape, steps, writeable=False))


def _described(file: BinaryIO) -> Any:
    """What one pickle describes, its arrays not yet filled; the file stands behind it afterwards."""
    machine = Machine()
    for number, (operation, argument, _) in enumerate(pickletools.genops(file)):
        if number > MOST_OPERATIONS:
            raise RefusedError("it describes too much")
        if operation.name == "STOP":
            return machine.stack.pop()
        machine.step(operation.name, argument)
    raise RefusedError("it ends too early")


class Machine:
    """Carries out a pickle's operations on plain data; a name of Python stays a text, and only two are known."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.kept: dict[int, Any] = {}

    def step(self, name: str, argument: Any) -> None:
        if name in PUSHED:
            self.stack.append(PUSHED[name](argument))
        elif name in ("PROTO", "FRAME"):
            return
        elif name in ("BINPUT", "LONG_BINPUT"):
            self.kept[argument] = self.stack[-1]
        elif name in ("BINGET", "LONG_BINGET"):
            self.stack.append(self.kept[argument])
        elif name == "MARK":
            self.marks.append(len(self.stack))
        elif name in ("TUPLE1", "TUPLE2", "TUPLE3"):
            self.stack.append(tuple(self._last(int(name[-1]))))
        elif name == "TUPLE":
            self.stack.append(tuple(self._since_mark()))
        else:
            self._change(name)

    def _change(self, name: str) -> None:
        if name in ("APPEND", "APPENDS"):
            values = self._last(1) if name == "APPEND" else self._since_mark()
            self.stack[-1].extend(values)
        elif name in ("SETITEM", "SETITEMS"):
            values = self._last(2) if name == "SETITEM" else self._since_mark()
            self.stack[-1].update(zip(values[::2], values[1::2], strict=True))
        elif name == "BINPERSID":
            self.stack.append(_stored(*self._last(1)))
        elif name == "REDUCE":
            made, given = self._last(2)
            self.stack.append(_made(made, given))
        elif name == "BUILD":  # attributes of a dictionary, such as versions of layers
            self._last(1)
        else:
            raise RefusedError(f"operation {name}")

    def _last(self, count: int) -> list[Any]:
        values = self.stack[-count:]
        del self.stack[-count:]
        return values

    def _since_mark(self) -> list[Any]:
        start = self.marks.pop()
        values = self.stack[start:]
        del self.stack[start:]
        return values


PUSHED: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("BININT", "BININT1", "BININT2", "LONG1", "BINUNICODE", "GLOBAL"), lambda argument: argument),
    "NEWTRUE": lambda _: True,
    "NEWFALSE": lambda _: False,
    "NONE": lambda _: None,
    "EMPTY_TUPLE": lambda _: (),
    "EMPTY_LIST": lambda _: [],
    "EMPTY_DICT": lambda _: {},
}  # fmt: skip


def _stored(told: Any) -> Stored:
    sort, form, key, _, count, view = told
    if sort != "storage" or form not in FORMS or view is not None:
        raise RefusedError(f"numbers of the form {form}")
    return Stored(str(key), FORMS[form], int(count))


def _made(name: Any, given: Any) -> Any:
    if name == DICTIONARY and given == ():
        return {}
    if name != ARRAY:
        raise RefusedError(f"something called {name}")
    stored, offset, shape, steps = given[:4]
    last = offset + sum((size - 1) * step for size, step in zip(shape, steps, strict=True))
    whole = [offset, *shape, *steps]
    if not isinstance(stored, Stored) or not all(isinstance(one, int) and one >= 0 for one in whole):
        raise RefusedError("an array of another form")
    if 0 in shape or last >= stored.count or prod(shape) > stored.count:
        raise RefusedError("an array that is larger than its numbers")
    return Laid(stored, offset, tuple(shape), tuple(steps))
