"""One way of training one network, in a process of its own: `python -m benchmarks.training.way engine a 2 0`, or with no more than so many steps an epoch.

Prints JSON: seconds and CPU seconds of each epoch's training part, seconds of the whole script, the losses.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from benchmarks.training.networks import TASKS, measured, network
from benchmarks.training.rows import Rows, rows_of
from core import speed
from core.graph.cost import widest
from core.runs.events import Journal
from core.worker import measures
from core.worker.checkpoint import Checkpoints
from core.worker.chunks import Chunks
from core.worker.keep import Best
from core.worker.limits import Limits
from core.worker.loop import Position, Training
from core.worker.pace import Pace
from core.worker.threads import enough_for_one

EPOCHS_EXPECTED = 10


class Watch:
    """Seconds between the beginning of an epoch and its last step; a watcher of the engine."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.cpu: list[float] = []
        self.losses: list[float] = []
        self.begin()

    def begin(self) -> None:
        self._began = self._at = (time.perf_counter(), time.process_time())

    def stepped(self) -> None:
        self._at = (time.perf_counter(), time.process_time())

    def end(self, loss: float) -> None:
        self.seconds.append(self._at[0] - self._began[0])
        self.cpu.append(self._at[1] - self._began[1])
        self.losses.append(loss)

    def between(self, at: Position) -> None:
        self.stepped()

    def judged(self, at: Position, truth: np.ndarray, outputs: np.ndarray) -> None:
        self.end(at.loss / at.rows)
        self.begin()


class Epochs(keras.callbacks.Callback):
    """The same of `fit`: validation, which is left out, begins after the last step."""

    def __init__(self, watch: Watch):
        super().__init__()
        self.watch = watch

    def on_epoch_begin(self, epoch, logs=None):
        self.watch.begin()

    def on_test_begin(self, logs=None):
        self.watch.stepped()

    def on_epoch_end(self, epoch, logs=None):
        self.watch.end(logs["loss"])


def compiled(name: str, **more: object) -> keras.Model:
    keras.utils.set_random_seed(1)
    model = network(name)
    loss = "binary_crossentropy" if TASKS[name] == "yes_no" else "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(1e-3), loss, **more)
    return model


def engine(name: str, rows: Rows, watch: Watch) -> bool | None:
    """As `core/worker/train.py` does it: events, checkpoints, best weights, the choice measured on the first steps; what it was."""
    model = compiled(name)
    with tempfile.TemporaryDirectory() as home, Journal(Path(home)) as journal:
        folder = Path(home)
        inputs, truth = rows.side(True)
        report = measured(name)
        chunks = Chunks(
            model, inputs, truth, rows.batch, measures.watched(TASKS[name]), False, widest(report)
        )
        # As if all epochs of the classic script were to come.
        paced = Pace(rows_of(name).steps * EPOCHS_EXPECTED, speed.compile_seconds(report))
        limits = Limits(rows.epochs, rows.epochs, 3600.0, folder / "stop", pause=folder / "pause")
        Training(
            chunks, rows.side(False), lambda truth, outputs: {}, Best(folder / "best.npz"), journal, limits, 1,
            checkpoints=Checkpoints(folder, journal, {}), watchers=[watch], pace=paced,
        ).run()  # fmt: skip
    return paced.chosen.fast


def fit(name: str, rows: Rows, watch: Watch, **more: object) -> None:
    """As in tutorials."""
    model = compiled(name, metrics=[measures.watched(TASKS[name])], **more)
    share = rows.validation / len(rows.truth)
    model.fit(
        [rows.inputs[tensor.name] for tensor in model.inputs], rows.truth, batch_size=rows.batch,
        epochs=rows.epochs, validation_split=share, verbose=0, callbacks=[Epochs(watch)],
    )  # fmt: skip


def main() -> None:
    way, name, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    small = way == "engine" and enough_for_one(measured(name), rows_of(name).batch)
    tf.config.threading.set_intra_op_parallelism_threads(1 if small else threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    rows, watch, compiled_at_last = rows_of(name, int(sys.argv[4])), Watch(), None
    began = time.perf_counter()
    if way == "engine":
        compiled_at_last = engine(name, rows, watch)
    else:
        fit(name, rows, watch, **({"steps_per_execution": 32} if way == "fit32" else {}))
    ended = time.perf_counter()
    told = {"seconds": watch.seconds, "cpu": watch.cpu, "losses": watch.losses, "steps": rows.steps}
    told["compiled"] = compiled_at_last
    print(json.dumps({**told, "script": ended - began}))


if __name__ == "__main__":
    main()
