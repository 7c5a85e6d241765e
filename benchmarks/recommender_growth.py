"""Recommending against the number of events: time of each stage, memory, and how good it is, on generated shops.

    python -m benchmarks.recommender_growth [--most 10000000] [--minutes 7]

Persons belong to one of 200 groups of taste; three of four things that they take are their group's, few of which are had
often and most rarely (a power law). Each size is a whole `python -m core train` in a process of its own, from the file to the
results; memory is that of the command and its children together. Training ends after so many minutes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.memory import family, memory_of
from benchmarks.table import show

SIZES = (
    (10**5, 10**4, 3 * 10**3),
    (10**6, 10**5, 3 * 10**4),
    (10**7, 10**6, 10**5),
)  # events, persons, items
GROUPS, OWN, SLOPE = 200, 0.75, 0.9
SECONDS = 3e7  # of about a year
GIGABYTE = 1e9


def generate(path: Path, events: int, persons: int, items: int) -> int:
    """Write who took what and when; how many events there are."""
    import pyarrow
    from pyarrow import csv

    dice = np.random.default_rng(events)
    each = np.maximum(3, dice.poisson(dice.gamma(1.5, events / persons / 1.5, persons)))
    person = np.repeat(np.arange(persons), each)
    group = dice.integers(0, GROUPS, persons)[person]
    own = _power_law(dice, items // GROUPS, len(person)) * GROUPS + group
    place = np.where(dice.random(len(person)) < OWN, own, _power_law(dice, items, len(person)))
    columns = {
        "customer_id": person, "product_id": dice.permutation(items)[place],
        "bought_at": (1.5e9 + dice.random(len(person)) * SECONDS).astype(np.int64),
    }  # fmt: skip
    order = dice.permutation(len(person))
    csv.write_csv(pyarrow.table({name: values[order] for name, values in columns.items()}), path)
    return len(person)


def _power_law(dice: np.random.Generator, most: int, count: int) -> np.ndarray:
    """Numbers from 0 on, small ones often."""
    spread = (most + 1) ** (1 - SLOPE) - 1
    found = (dice.random(count) * spread + 1) ** (1 / (1 - SLOPE)) - 1
    return np.minimum(found.astype(np.int64), most - 1)


class Followed:
    """The most memory of a process with its children, and when each stage began."""

    def __init__(self, process: int, folder: Path):
        self.process, self.folder, self.on = process, folder, True
        self.memory: dict[str, int] = {}
        self.thread = threading.Thread(target=self._look)
        self.thread.start()

    def _look(self) -> None:
        while self.on:
            stage = next((event["stage"] for event in reversed(stages(self.folder))), "start")
            now = sum(map(memory_of, family(self.process)))
            self.memory[stage] = max(self.memory.get(stage, 0), now)
            time.sleep(0.25)

    def end(self) -> dict[str, int]:
        self.on = False
        self.thread.join()
        return self.memory


def stages(folder: Path) -> list[dict]:
    path = folder / "events.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [event for event in map(json.loads, lines) if event["kind"] == "stage"]


def measured(events: int, persons: int, items: int, minutes: float) -> list[str]:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as place:
        table, folder = Path(place) / "taken.csv", Path(place) / "run"
        count = generate(table, events, persons, items)
        command = [sys.executable, "-m", "core", "train", str(table), "--task", "recommend", "--minutes", str(minutes),
                   "--out", str(folder), "--quiet"]  # fmt: skip
        began = time.time()
        environment = os.environ | {"MODELYARD_HOME": place}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        followed = Followed(process.pid, folder)
        if process.wait():
            raise SystemExit(f"The training failed ({process.returncode}).")
        ended, memory = time.time(), followed.end()
        begins = {event["stage"]: event["at"] for event in reversed(stages(folder))}
        metrics = json.loads((folder / "results.json").read_text(encoding="utf-8"))["metrics"]
        borders = [began, begins["training"], begins["exporting"], ended]
        seconds = [f"{to - since:,.0f}" for since, to in pairwise(borders)]
        most = [
            f"{max((size for stage, size in memory.items() if stage in some), default=0) / GIGABYTE:.1f}"
            for some in (("start", "reading"), ("training",), ("exporting", "testing"))
        ]
        ours = [metrics["test"], *(metrics["baselines"][name] for name in ("bestsellers", "item_cosine"))]
        return [
            f"{count:,}",
            f"{persons:,}",
            f"{items:,}",
            *seconds,
            *most,
            *(f"{one['ndcg_10']:.3f}" for one in ours),
        ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=SIZES[-1][0])
    parser.add_argument("--minutes", type=float, default=7.0)
    args = parser.parse_args()
    rows = [measured(*size, args.minutes) for size in SIZES if size[0] <= args.most]
    show(
        ["events", "persons", "items", "s to read", "to train", "to results", "GB reading", "training", "results",
         "NDCG@10", "bestsellers", "item cosine"],
        rows,
    )  # fmt: skip


if __name__ == "__main__":
    main()
