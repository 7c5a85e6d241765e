"""All that it takes to go on at the very step, kept on disk while training goes on.

The state is copied at a border between two calls of the compiled loop and written by a thread: to a file beside the
last one, made safe, then put in its place. What is not in a file needs none: the order of rows follows from the seed and
the epoch, layers draw from their own seed generators, and the drawing, the settings and the rows lie in the run's spec.
"""

import io
import json
import os
import threading
import time
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np

from core.errors import RunError
from core.runs.checkpoint import ABOUT, NAME, VERSION, about
from core.runs.events import Journal
from core.words import Sentence, mark

MOST_SECONDS_BETWEEN = 10.0
SHARE_OF_TIME = 0.01  # that copying and writing may cost

Arrays = Mapping[str, Sequence[np.ndarray]]


def variables(
    model: keras.Model, optimizer: keras.optimizers.Optimizer, metric: keras.metrics.Metric
) -> dict[str, list[Any]]:
    """Everything that a step of training changes: weights and seed generators, the optimizer's, the metric's."""
    return {
        "model": list(model.variables),
        "optimizer": list(optimizer.variables),
        "metric": list(metric.variables),
    }


class Checkpoints:
    """Writes one run's checkpoints, as often as that costs next to nothing.

    Args:
        settled: What never changes during a run and has to be the same when it goes on, plain data.
    """

    def __init__(self, folder: Path, journal: Journal, settled: Mapping[str, Any]):
        self.path, self.journal, self.settled = folder / NAME, journal, settled
        self.trouble: OSError | None = None
        self.spent = 0.0  # seconds that all this has taken from training
        self._began = self._kept = time.monotonic()
        self._free = 0.0
        self._thread: threading.Thread | None = None

    @property
    def whole(self) -> bool:
        """Whether what was kept last is on disk; not so while the disk is full."""
        return self.trouble is None and self.journal.whole

    def due(self, epoch_ended: bool) -> bool:
        """Whether to keep the state now."""
        now = time.monotonic()
        if now < self._free or (self._thread and self._thread.is_alive()):
            return False
        return epoch_ended or now - self._kept >= MOST_SECONDS_BETWEEN

    def keep(
        self, changing: Mapping[str, Sequence[Any]], best: Sequence[np.ndarray], state: Mapping[str, Any]
    ) -> None:
        """Copy the state now, and write it soon; the journal must tell all that has happened until here.

        Args:
            changing: What `variables` gives.
            best: The best weights so far, which nobody changes any more.
            state: Everything else, plain data.
        """
        began = time.perf_counter()
        self.finish()
        if not self.journal.whole:  # the disk is full: this one could not be written either
            return
        copies = {name: [np.array(one.value.numpy()) for one in many] for name, many in changing.items()}
        found = {"version": VERSION, **self.settled, **state, "journal": self.journal.place}
        self._thread = threading.Thread(target=self._write, args=({**copies, "best": best}, found))
        self._thread.start()
        self._charge(time.perf_counter() - began)
        self._kept = time.monotonic()

    def finish(self) -> None:
        """Wait until what was kept last is written."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _charge(self, seconds: float) -> None:
        """Nothing more is kept before these seconds are a small share of those since the beginning of this one."""
        self.spent += seconds
        self._free = max(self._free, time.monotonic()) + seconds / SHARE_OF_TIME

    def _write(self, arrays: Arrays, found: Mapping[str, Any]) -> None:
        began = time.thread_time()
        temporary = self.path.with_name(f".{self.path.name}")
        try:
            self.journal.secure()
            _write(temporary, arrays, found)
            os.replace(temporary, self.path)
            _secure_name(self.path.parent)
            self.trouble = None
        except OSError as error:  # told by the training, which goes on; the last good one stays
            self.trouble = error
            temporary.unlink(missing_ok=True)
        self._charge(time.thread_time() - began)


def _write(path: Path, arrays: Arrays, found: Mapping[str, Any]) -> None:
    with path.open("wb") as file:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(ABOUT, json.dumps(found, allow_nan=False))
            for name, many in arrays.items():
                for number, array in enumerate(many):
                    with archive.open(f"{name}_{number}.npy", "w", force_zip64=True) as member:
                        np.lib.format.write_array(member, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _secure_name(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there, and names are safe by themselves
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class Saved:
    """A checkpoint that was read, ready to be put back.

    Raises:
        RunError: If it cannot be read.
    """

    def __init__(self, folder: Path):
        try:
            self.about = about(folder) or {}
            self._arrays = _read(folder / NAME)
        except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise _useless(mark("The state from which this run would go on cannot be read.")) from error
        if not self.about:
            raise _useless(mark("The state from which this run would go on is of another version."))

    @property
    def best(self) -> list[np.ndarray]:
        """The best weights so far, none where there were none."""
        return self._arrays.get("best", [])

    def check(self, prepared: str) -> None:
        """Raises RunError where the rows were prepared otherwise than now: going on would mix two trainings."""
        if self.about["prepared"] != prepared:
            raise _useless(mark("The rows are prepared otherwise by this version than when this run began."))

    def put(self, changing: Mapping[str, Sequence[Any]], *names: str) -> None:
        """Give the variables of these names the values that they had.

        Raises:
            RunError: If they are not the variables that were kept.
        """
        for name in names:
            kept, now = self._arrays.get(name, []), changing[name]
            if [array.shape for array in kept] != [tuple(one.shape) for one in now]:
                raise _useless(
                    mark("The network is built otherwise by this version than when this run began.")
                )
            for variable, array in zip(now, kept, strict=True):
                variable.assign(array)


def _read(path: Path) -> dict[str, list[np.ndarray]]:
    found: dict[str, dict[int, np.ndarray]] = {}
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            name, _, number = member.removesuffix(".npy").rpartition("_")
            if member.endswith(".npy"):
                content = io.BytesIO(archive.read(member))
                array = np.lib.format.read_array(content, allow_pickle=False)
                found.setdefault(name, {})[int(number)] = array
    return {name: [many[number] for number in sorted(many)] for name, many in found.items()}


def _useless(what: Sentence) -> RunError:
    return RunError(what, mark("Train again; the curves so far are kept."))
