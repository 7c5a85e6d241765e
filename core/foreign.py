"""Files that came from elsewhere, looked at before anybody opens them: the classes that a Keras model names, and the sizes of arrays."""

import json
import math
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

import numpy as np

from core.layers import SHELF

Class = tuple[str | None, str, str | None]  # module, class, and the name under which it is registered

_OWN = Path(__file__).parent / "worker" / "own"
_NAMED = {
    "keras": {"DTypePolicy", "Functional", "Sequential"},
    "keras.src.models.functional": {"Functional"},
    "keras.layers": {"Functional", "InputLayer", "ReLU"},  # besides those of our shelf
    "keras.src.ops.numpy": {"Add", "Subtract", "Multiply", "Maximum", "Minimum", "Flip", "LogicalOr", "NotEqual"},
    "keras.initializers": {
        "Constant", "GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "LecunNormal", "LecunUniform", "Ones", "Orthogonal",
        "RandomNormal", "RandomUniform", "TruncatedNormal", "VarianceScaling", "Zeros",
    },
    "keras.regularizers": {"L1", "L2", "L1L2"},
    "keras.constraints": {"MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"},
    "keras.optimizers": {"Adam", "AdamW", "SGD"},
}  # fmt: skip
_PLAIN = {"__keras_tensor__", "__tuple__"}  # places in the network, not classes


def classes(model: Path) -> list[str]:
    """The classes that a `.keras` file names and that are neither of our layers nor of those of Keras that we use, sorted.

    Raises:
        ValueError: If there is no network in it that can be read; zip files that are damaged raise their own errors.
    """
    with zipfile.ZipFile(model) as packed:
        config = json.loads(packed.read("config.json"))
    return sorted(
        {
            f"{module or own}.{name}"
            for module, name, own in _named(config)
            if not _allowed((module, name, own))
        }
    )


def _named(config: Any) -> Iterator[Class]:
    waiting = [config]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
            if "class_name" in one or "registered_name" in one:
                yield one.get("module"), str(one.get("class_name")), one.get("registered_name")
        elif isinstance(one, list):
            waiting += one


def _allowed(named: Class) -> bool:
    module, name, own = named
    if own is not None and own != name:
        return named in _ours()
    if module is None:
        return name in _PLAIN
    return name in _NAMED.get(module, set()) or (module == "keras.layers" and name in _shelf())


@cache
def _shelf() -> frozenset[str]:
    return frozenset(
        SHELF[kind].KERAS for kind in SHELF if SHELF[kind].KERAS and not getattr(SHELF[kind], "OWN", False)
    )


@cache
def _ours() -> frozenset[Class]:
    texts = {file.stem: file.read_text(encoding="utf-8") for file in _OWN.glob("[!_]*.py")}
    return frozenset(
        (module, name, f"modelyard>{name}")
        for stem, text in texts.items()
        for name in re.findall(r"^class (\w+)", text, re.MULTILINE)
        for module in (f"core.worker.own.{stem}", None)  # Keras leaves it out of a layer within a layer
    )


def check_arrays(path: Path) -> None:
    """Raises ValueError where an `.npy` or `.npz` file holds more than numbers, or not as many as it says; nothing is unpacked."""
    if path.suffix == ".npy":
        with path.open("rb") as file:
            _check_array(file, path.stat().st_size)
        return
    with zipfile.ZipFile(path) as packed:
        for entry in packed.infolist():
            with packed.open(entry) as inside:
                _check_array(inside, entry.file_size)


def _check_array(file: IO[bytes], size: int) -> None:
    version = np.lib.format.read_magic(file)
    read = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}.get(
        version
    )
    if read is None:
        raise ValueError("a form of array that is never written here")
    shape, _, kind = read(file)
    if kind.hasobject or file.tell() + math.prod(shape) * kind.itemsize != size:
        raise ValueError("an array of other things than numbers, or of another size than it says")
