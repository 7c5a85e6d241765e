"""The engine beside plain `model.fit`, `fit` with 32 steps per execution, and a hand-written PyTorch loop.

    python -m benchmarks.training [--only a,d] [--repeats 3] [--threads 2] [--steps 0] [--torch PYTHON]
    python -m benchmarks.training.questions [--epochs 20] [--repeats 3]

Five networks, the same rows and the same Adam for all. Each training has a process of its own; the ways take turns, so
that a noisy machine is noisy for all. A step is the median over repeats of an epoch's training part, divided by its
steps; the first epoch, with all compilation, is told apart. The engine writes its events and checkpoints meanwhile.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.table import show

HERE = Path(__file__).parent
TITLES = {
    "a": "(a) classic script, Dense 64-10 (32)",
    "b": "(b) table, 10 embeddings, 256-256 (256)",
    "c": "(c) CNN 28×28 (64)",
    "d": "(d) Transformer 2 × d64, 128 words (32)",
    "e": "(e) character decoder 4 × d128, 128 (32)",
}
WAYS = {"engine": "engine", "fit": "plain fit", "fit32": "32 per execution", "torch": "PyTorch loop"}
Told = dict[str, Any]


def trained(way: str, name: str, threads: int, steps: int, torch: str) -> Told:
    """What a training in its own process tells of itself."""
    command = [sys.executable, "-m", "benchmarks.training.way", way, name, str(threads), str(steps)]
    if way == "torch":
        command = [torch, str(HERE / "torch_loop.py"), name, str(threads), str(steps)]
    env = {**os.environ, "OMP_NUM_THREADS": str(threads), "TF_CPP_MIN_LOG_LEVEL": "3"}
    found = subprocess.run(command, capture_output=True, text=True, env=env)
    if found.returncode:
        raise SystemExit(found.stderr)
    return json.loads(found.stdout.splitlines()[-1])


def step(told: Sequence[Told], what: str = "seconds") -> float:
    """Microseconds of a step after the first epoch, the median of all epochs and repeats."""
    return 1e6 * statistics.median(seconds / one["steps"] for one in told for seconds in one[what][1:])


def compared(title: str, tell: Callable[[Sequence[Told]], float], found: dict[str, list[Told]]) -> list[str]:
    ours = tell(found["engine"])
    cells = [title, f"{ours:,.0f}"]
    for way in list(found)[1:]:
        theirs = tell(found[way])
        cells.append(f"{theirs:,.0f} ({theirs / ours:.2f}×)")
    return cells


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="a,b,c,d,e", help="networks, with commas between them")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--steps", type=int, default=0, help="of an epoch at most; 0 for all")
    parser.add_argument("--torch", default="", metavar="PYTHON", help="an interpreter that has PyTorch")
    args = parser.parse_args()
    ways = [way for way in WAYS if way != "torch" or args.torch]
    networks = args.only.split(",")
    found: dict[str, dict[str, list[Told]]] = {}
    for name in networks:
        turns = [
            {way: trained(way, name, args.threads, args.steps, args.torch) for way in ways}
            for _ in range(args.repeats)
        ]
        found[name] = {way: [turn[way] for turn in turns] for way in ways}
        losses = {way: round(found[name][way][0]["losses"][-1], 4) for way in ways}
        print(TITLES[name], losses, "compiled:", found[name]["engine"][0]["compiled"], file=sys.stderr)
    head = [WAYS[way] for way in ways]
    print("\nMicroseconds of a step; in brackets, how many times the engine's\n")
    show(["network (batch)", *head], [compared(TITLES[n], step, found[n]) for n in networks])
    print("\nMicroseconds of processor time of a step, all threads together\n")
    cpu = lambda told: step(told, "cpu")  # noqa: E731
    show(["network (batch)", *head], [compared(TITLES[n], cpu, found[n]) for n in networks])
    print(
        "\nMilliseconds of the whole script: networks, compilation, training and validation, without imports\n"
    )
    script = lambda told: 1e3 * statistics.median(one["script"] for one in told)  # noqa: E731
    show(["network (epochs)", *head], [compared(TITLES[n], script, found[n]) for n in networks])


if __name__ == "__main__":
    main()
