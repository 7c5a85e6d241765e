"""How good the untouched defaults are, beside the baselines trained on the same rows, over several seeds.

    python -m benchmarks.quality [--seeds 3] [--folder DIR]

Takes the samples that come with the app; `--folder` adds CSV files of your own, named `target@name.csv`.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.table import show
from core import samples
from core.tasks import SHELF as TASKS

NAMES = ("telco_churn", "diamonds", "penguins")
BASELINES = ("linear", "gradient_boosting", "most_frequent")


def train(file: Path, target: str, seed: int, home: str) -> dict:
    """What `python -m core train` says, with nothing set but the seed."""
    command = [
        sys.executable,
        "-m",
        "core",
        "train",
        str(file),
        "--target",
        target,
        "--seed",
        str(seed),
        "--quiet",
    ]
    done = subprocess.run(
        command, env={**os.environ, "MODELYARD_HOME": home}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def row(name: str, file: Path, target: str, seeds: int, home: str) -> list[str]:
    """One line of the table: mean and range of the task's main metric, and seconds of training."""
    runs = [train(file, target, seed, home) for seed in range(1, seeds + 1)]
    main = TASKS[runs[0]["task"]].MAIN
    ours = [run["metrics"]["test"][main] for run in runs]
    others = [statistics.mean(run["metrics"]["baselines"][b][main] for run in runs) for b in BASELINES]
    seconds = [run["seconds"] for run in runs]
    spread = f"{statistics.mean(ours):.4f} ({min(ours):.4f} to {max(ours):.4f})"
    return [name, main, spread, *(f"{value:.4f}" for value in others), f"{statistics.median(seconds):.0f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    asked = [(s.name, s.path, s.target) for s in samples.everything() if s.name in NAMES]
    for file in sorted(args.folder.glob("*@*.csv")) if args.folder else ():
        target, name = file.stem.split("@", 1)
        asked.append((name, file, target))
    with tempfile.TemporaryDirectory() as home:
        rows = [row(name, file, target, args.seeds, home) for name, file, target in asked]
    show(["data set", "metric", "network, mean (range)", "linear", "trees", "guessing", "seconds"], rows)


if __name__ == "__main__":
    main()
