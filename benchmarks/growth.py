"""Time and memory of training against the number of rows, on a generated table.

    python -m benchmarks.growth [--most 10000000] [--in-memory 64]

Each size trains in a process of its own: the template's network for tables on 20 numbers and 3 categories, two epochs
after a first one that is left out. Rows that take more than so many megabytes are read from disk while it trains.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import psutil

from benchmarks.table import show

SIZES = [10**4, 10**5, 10**6, 10**7]
NUMBERS, CATEGORIES, VALUES = 20, 3, 40
EPOCHS = 2
AT_ONCE = 500_000  # rows generated in one go
MEGABYTE = 2**20


def facts(rows: int) -> dict:
    return {
        "inputs": {
            "numbers": {"shape": [NUMBERS], "dtype": "float32"},
            "categories": {"shape": [CATEGORIES], "dtype": "int32", "vocabulary": CATEGORIES * VALUES},
        },
        "output": {"units": 1, "activation": "sigmoid"},
        "rows": {"train": rows, "validation": rows // 10, "test": rows // 10},
        "columns": NUMBERS + CATEGORIES,
        "task": "yes_no",
        "target": "bought",
        "classes": ["no", "yes"],
    }


def generate(folder: Path, rows: int, side: str) -> None:
    """Rows whose answer follows from some of their numbers, one file for each input, as `core.prepare` writes them."""
    dice = np.random.default_rng(rows)
    files = {
        "numbers": (np.float32, (rows, NUMBERS)), "categories": (np.int32, (rows, CATEGORIES)), "y": (np.float32, (rows, 1)),
    }  # fmt: skip
    out = {
        name: np.lib.format.open_memmap(folder / f"{side}_{name}.npy", "w+", dtype, shape)
        for name, (dtype, shape) in files.items()
    }
    for start in range(0, rows, AT_ONCE):
        part = slice(start, min(start + AT_ONCE, rows))
        count = part.stop - part.start
        numbers = dice.normal(size=(count, NUMBERS)).astype(np.float32)
        out["numbers"][part] = numbers
        out["categories"][part] = dice.integers(0, VALUES, (count, CATEGORIES)) + VALUES * np.arange(
            CATEGORIES
        )
        out["y"][part, 0] = numbers[:, 0] * numbers[:, 1] + numbers[:, 2] + dice.normal(size=count) > 0


def arrays(folder: Path, side: str) -> tuple[dict[str, np.ndarray], np.ndarray]:
    read = lambda name: np.load(folder / f"{side}_{name}.npy", mmap_mode="r")  # noqa: E731
    return {name: read(name) for name in ("numbers", "categories")}, read("y")


def measure(rows: int, in_memory: int) -> dict:
    """Seconds of an epoch and megabytes of this process; called in a process of its own."""
    import keras

    from core.fields import defaults
    from core.runs.events import Journal
    from core.templates import DEFAULT
    from core.templates import SHELF as TEMPLATES
    from core.worker import measures
    from core.worker.build import build
    from core.worker.chunks import Chunks
    from core.worker.keep import Best
    from core.worker.limits import Limits
    from core.worker.loop import Training
    from core.worker.objective import compile_model

    template = TEMPLATES[DEFAULT]
    known = facts(rows)
    settings = {**template.training(known), "epochs": EPOCHS}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for side, count in (("train", rows), ("validation", rows // 10)):
            generate(folder, count, side)
        (inputs, truth), validation = arrays(folder, "train"), arrays(folder, "validation")
        size = sum(array.nbytes for array in (*inputs.values(), truth))
        keras.utils.set_random_seed(1)
        model = build(template.graph(known, defaults(template.FIELDS)), known)
        compile_model(model, "yes_no", settings, -(-rows // settings["batch_size"]))
        before = psutil.Process().memory_info().rss
        streamed = size > in_memory * MEGABYTE
        chunks = Chunks(
            model, inputs, truth, settings["batch_size"], measures.watched("yes_no"), True, streamed=streamed
        )
        with Journal(folder) as journal:
            limits = Limits(EPOCHS + 1, EPOCHS + 1, 3600.0, folder / "stop")
            training = Training(
                chunks, validation, lambda y, said: {}, Best(folder / "best"), journal, limits, 1
            )
            peak = Peak()
            training.run()
        events = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
        seconds = [event["seconds"] for event in events if event["kind"] == "epoch"][1:]
    return {
        "rows": rows, "megabytes": size / MEGABYTE, "streamed": streamed, "seconds": float(np.median(seconds)),
        "before": before / MEGABYTE, "peak": peak.end() / MEGABYTE, "batch": settings["batch_size"],
    }  # fmt: skip


class Peak:
    """The most memory that this process held, looked at twenty times a second."""

    def __init__(self):
        import threading

        self._most, self._on = 0, True
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while self._on:
            self._most = max(self._most, psutil.Process().memory_info().rss)
            time.sleep(0.05)

    def end(self) -> int:
        self._on = False
        self._thread.join()
        return self._most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument(
        "--in-memory", type=int, default=64, help="megabytes of rows up to which they stay in memory"
    )
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.one, args.in_memory)))
        return
    rows = []
    for size in [size for size in SIZES if size <= args.most]:
        command = [
            sys.executable,
            "-m",
            "benchmarks.growth",
            "--one",
            str(size),
            "--in-memory",
            str(args.in_memory),
        ]
        found = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        )
        rows.append([
            f"{size:,}", f"{found['megabytes']:,.0f}", "disk" if found["streamed"] else "memory", str(found["batch"]),
            f"{found['seconds']:.2f}", f"{1e6 * found['seconds'] / size:.2f}", f"{found['before']:,.0f}", f"{found['peak']:,.0f}",
        ])  # fmt: skip
    show(["rows", "MB of rows", "read from", "batch", "s/epoch", "µs/row", "MB before", "MB at most"], rows)


if __name__ == "__main__":
    main()
