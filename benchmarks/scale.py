"""A large table's whole way: seconds and memory of each stage, and how good the answers are beside the simple ones.

    python -m benchmarks.scale [--minutes 10] [--only flights|generated] [--rows 400000]

Runs the engine from a terminal, as anybody would, in a workspace of its own. Memory is what the processes hold by
themselves, at most; pages of files that are only mapped, which the system takes back when it needs them, are left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import psutil

from benchmarks.table import show

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FLIGHTS = DATA / "nyc_flights_2013" / "nyc_flights_2013.parquet"
KNOWN_TOO_LATE = ["dep_delay", "arr_time", "air_time"]
NUMBERS, CATEGORIES = 15, 5
VALUES = 200
EVERY_SECONDS = 0.1
MEGABYTE = 2**20
STAGES = ("reading the file", "preparing", "starting", "training", "writing the model", "results")
OF_EVENT = {
    "reading": "starting",
    "training": "training",
    "exporting": "writing the model",
    "testing": "results",
}


def flights(folder: Path, rows: int) -> tuple[Path, str]:
    """The flights without what is known only after landing."""
    path = folder / "flights.parquet"
    pd.read_parquet(FLIGHTS).drop(columns=KNOWN_TOO_LATE).head(rows).to_parquet(path)
    return path, "arr_delay"


def generated(folder: Path, rows: int) -> tuple[Path, str]:
    """Numbers and categories whose answer follows from some of them together, half of it luck."""
    dice = np.random.default_rng(1)
    numbers = dice.normal(size=(rows, NUMBERS)).round(4)
    codes = dice.integers(0, VALUES, (rows, CATEGORIES))
    worth = dice.normal(size=VALUES)
    score = (
        numbers[:, 0] * numbers[:, 1] + np.sin(3 * numbers[:, 2]) + worth[codes[:, 0]] * (numbers[:, 3] > 0)
    )
    table = {f"number_{i}": numbers[:, i] for i in range(NUMBERS)}
    table |= {f"place_{i}": np.char.add("v", codes[:, i].astype(str)) for i in range(CATEGORIES)}
    table["bought"] = np.where(score + dice.normal(size=rows) > 0, "yes", "no")
    path = folder / "generated.csv"
    pd.DataFrame(table).to_csv(path, index=False)
    return path, "bought"


SETS = {"flights": flights, "generated": generated}


def followed(command: list[str], home: Path) -> tuple[str, list[tuple[float, float]]]:
    """What the command said, and the megabytes of it and its children again and again, each with its moment."""
    environment = {**os.environ, "MODELYARD_HOME": str(home)}
    seen = []
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([sys.executable, "-m", "core", *command], stdout=out, env=environment)
        while process.poll() is None:
            seen.append((time.time(), sum(held(one) for one in family(process.pid)) / MEGABYTE))
            time.sleep(EVERY_SECONDS)
        out.seek(0)
        said = out.read()
    if process.returncode:
        raise SystemExit(said)
    return said, seen


def family(pid: int) -> Iterator[psutil.Process]:
    try:
        process = psutil.Process(pid)
        yield process
        yield from process.children(recursive=True)
    except psutil.NoSuchProcess:
        return


def held(process: psutil.Process) -> int:
    """Bytes that are the process's own."""
    try:
        memory = process.memory_info()
    except psutil.NoSuchProcess:
        return 0
    return memory.rss - getattr(memory, "shared", 0)


def stages(folder: Path) -> dict[str, float]:
    """The moment at which each stage of the run began."""
    began: dict[str, float] = {}
    for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["kind"] == "stage":
            began.setdefault(OF_EVENT[event["stage"]], event["at"])
    return began


def measure(name: str, rows: int, minutes: float) -> None:
    """The whole way of one table, printed."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path, target = SETS[name](folder, rows)
        start = time.time()
        _, reading = followed(["add", str(path)], folder / "home")
        asked = time.time()
        command = ["train", str(path), "--target", target, "--minutes", str(minutes), "--quiet"]
        said, training = followed(command, folder / "home")
        ended, report = time.time(), json.loads(said)
        began = {"reading the file": start, "preparing": asked, **stages(Path(report["folder"]))}
    moments = [*began.values(), ended]
    lines = []
    for stage, begin, end in zip(began, moments, moments[1:], strict=False):
        most = max((size for at, size in [*reading, *training] if begin <= at < end), default=0.0)
        lines.append([stage, f"{end - begin:,.1f}", f"{most:,.0f}"])
    print(
        f"\n{name}: {sum(v for k, v in report['rows'].items() if k != 'left_out'):,} rows, {report['template']}\n"
    )
    show(["stage", "seconds", "megabytes at most"], lines)
    print()
    figures = {"network": report["metrics"]["test"], **report["metrics"]["baselines"]}
    main = [
        key for key in ("r2", "mae", "rmse", "roc_auc", "accuracy", "log_loss") if key in figures["network"]
    ]
    show(["answers", *main], [[who, *(f"{said[key]:.4f}" for key in main)] for who, said in figures.items()])


def run() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--only", choices=SETS)
    parser.add_argument("--rows", type=int, default=400_000)
    asked = parser.parse_args()
    for name in [asked.only] if asked.only else SETS:
        measure(name, asked.rows, asked.minutes)


if __name__ == "__main__":
    run()
