"""What it costs a training that it can be watched: with its journal and without, in turn, in one process.

    python -m benchmarks.watched [--sample telco_churn] [--epochs 60] [--repeats 3]

"Writing" is the processor time inside the journal's own calls as a share of the training's time; it is steady on a busy machine,
while the difference between the two kinds of training also holds what else the machine did. Promised: under 2 %.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.table import show
from core import datasets, prepare, runs, samples
from core.runs import Run, states
from core.runs.events import Journal
from core.spec import Spec
from core.suggest import suggest
from core.templates import DEFAULT, SHELF


class Timed:
    """A journal that knows how long writing took."""

    def __init__(self, journal: Journal):
        self._journal, self.seconds, self.events = journal, 0.0, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    def write(self, kind: str, **values: Any) -> None:
        began = time.thread_time()
        self._journal.write(kind, **values)
        self.seconds, self.events = self.seconds + time.thread_time() - began, self.events + 1


class Silent:
    """A journal in which nothing is written."""

    place, whole = 0, True

    def write(self, kind: str, **values: Any) -> None:
        """Nobody hears it."""

    def secure(self) -> None:
        """There is nothing to keep."""


def asked(sample: str, epochs: int) -> Spec:
    """A run of so many epochs, neither more nor fewer."""
    found = samples.find(sample)
    data = datasets.add(found.path, sample).id
    goal = suggest(datasets.profile(data), found.target).goal
    graph = SHELF[DEFAULT].graph(prepare.prepare(data, goal).facts, {})
    return Spec(data, goal, DEFAULT, graph, {"epochs": epochs, "patience": epochs, "minutes": 60.0})


def trained(spec: Spec, journal: Any, run: Run) -> tuple[float, float]:
    """Seconds of the training alone, and processor seconds of all that the worker does."""
    from core.worker import train

    states.step(run.folder, "starting", pid=os.getpid())
    states.step(run.folder, "running", pid=os.getpid())
    began = time.process_time()
    train.run(run.folder, journal)
    return run.results()["seconds"], time.process_time() - began


def compare(sample: str, epochs: int, repeats: int) -> None:
    """Print the table."""
    spec = asked(sample, epochs)
    found: dict[str, list[float]] = {
        name: [] for name in ("with", "without", "cpu with", "cpu without", "share")
    }
    for turn in range(repeats + 1):  # the first one loads TensorFlow
        run = runs.create(spec)
        with Journal(run.folder) as journal:
            timed = Timed(journal)
            told, told_cpu = trained(spec, timed, run)
        silent, silent_cpu = trained(spec, Silent(), runs.create(spec))
        if turn:
            for name, value in zip(
                found, (told, silent, told_cpu, silent_cpu, timed.seconds / told), strict=True
            ):
                found[name].append(value)
    size = (run.folder / "events.jsonl").stat().st_size / 1000
    rows = [
        ["training, s", _figure(found["with"]), _figure(found["without"])],
        ["worker's processor time, s", _figure(found["cpu with"]), _figure(found["cpu without"])],
        ["writing, share of the training", f"{statistics.median(found['share']):.2%}", ""],
    ]
    print(f"{sample}, {epochs} epochs, {timed.events} events, {size:.0f} KB")
    show(["medians", "with its journal", "without"], rows)


def _figure(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", default="telco_churn")
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MODELYARD_HOME"] = str(Path(folder))
        compare(args.sample, args.epochs, args.repeats)


if __name__ == "__main__":
    main()
