"""What the editor's header foretells, beside what really happens: seconds per epoch and memory to train.

    python -m benchmarks.estimate [--epochs 5] [NAME …]

Each network is trained by the engine in a process of its own, as in a run. Seconds are the median of all epochs but the
first, which holds the compilation; memory is how far the process grew at most, without rows and libraries.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.table import show
from core import speed
from core.graph import Graph, Layer, Report, measure, training_memory
from core.launchers import this_machine

TASK = "yes_no"
SAMPLES = {"telco_churn": "telco_churn", "diamonds": "diamonds"}
Kinds = list[tuple[str, dict[str, Any]]]
# Name: shape of a row (two numbers: columns of categories and how many values), training rows, rows per step, layers.
BY_HAND: Mapping[str, tuple[tuple[int, ...], int, int, Kinds]] = {
    "wide dense": ((200,), 20_000, 256, [("dense", {"units": 1024})] * 3),
    "deep dense": ((50,), 5_000, 64, [("dense", {"units": 32})] * 40),
    "embedding": ((40, 50_000), 20_000, 256, [("embedding", {"output_dim": 32}), ("flatten", {}),
                                              ("dense", {"units": 64})]),
    "conv": ((28, 28, 1), 4_000, 64, [("conv_2d", {"filters": 32, "kernel_size": [3, 3]}), ("max_pooling_2d", {}),
                                      ("conv_2d", {"filters": 64, "kernel_size": [3, 3]}), ("max_pooling_2d", {}),
                                      ("flatten", {}), ("dense", {"units": 64})]),
    "lstm": ((60, 8), 4_000, 64, [("lstm", {"units": 64, "return_sequences": True}),
                                  ("lstm", {"units": 32, "return_sequences": False})]),
    "attention": ((64, 32), 4_000, 64, [("self_attention", {"num_heads": 4, "key_dim": 8}), ("layer_normalization", {}),
                                        ("flatten", {}), ("dense", {"units": 32})]),
    "transformer": ((30, 1_000), 4_000, 32, [("embedding", {"output_dim": 64}), ("position_embedding", {}),
                                             ("transformer_encoder", {}), ("transformer_encoder", {}),
                                             ("global_average_pooling_1d", {})]),
}  # fmt: skip


def by_hand(name: str) -> tuple[Graph, dict[str, Any], int]:
    """A drawing in a row, facts about made-up rows, and rows per step."""
    shape, rows, batch_size, kinds = BY_HAND[name]
    reads_codes = kinds[0][0] == "embedding"
    part = {"shape": [shape[0]], "dtype": "int32", "vocabulary": shape[1]} if reads_codes else {
        "shape": list(shape), "dtype": "float32"}  # fmt: skip
    source = "categories" if reads_codes else "numbers"
    made = [Layer(source, "input")]
    for number, (kind, fields) in enumerate(kinds):
        made.append(Layer(f"layer_{number}", kind, (made[-1].name,), fields))
    facts = {
        "inputs": {source: part},
        "output": {"units": 1, "activation": "sigmoid"},
        "rows": {"train": rows, "validation": rows // 5},
        "task": TASK,
    }
    return Graph((*made, Layer("answer", "output", (made[-1].name,)))), facts, batch_size


def rows_of(facts: Mapping[str, Any], side: str) -> tuple[dict[str, Any], Any]:
    import numpy as np

    dice, count = np.random.default_rng(1), facts["rows"][side]
    inputs = {}
    for name, part in facts["inputs"].items():
        size = (count, *part["shape"])
        codes = part.get("vocabulary")
        inputs[name] = (
            dice.integers(0, codes, size, np.int32) if codes else dice.standard_normal(size, np.float32)
        )
    return inputs, dice.integers(0, 2, (count, 1)).astype(np.float32)


def memory(which: str) -> int:
    """`VmRSS` (now) or `VmHWM` (at most) of this process, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(which)).split()[1]) * 1024


def train_one(name: str, epochs: int) -> dict[str, Any]:
    """Train the network in this process; its report's estimates and what was measured."""
    from core.runs.events import Journal
    from core.worker import measures, objective
    from core.worker import speed as probing
    from core.worker.build import build
    from core.worker.chunks import Chunks
    from core.worker.keep import Best
    from core.worker.loop import Limits, Training

    if name in SAMPLES:
        from benchmarks.training.questions import question

        spec, prepared = question(SAMPLES[name], epochs)
        settings = spec.settings(prepared.facts)
        graph, facts, batch_size, task = spec.graph, prepared.facts, settings["batch_size"], spec.goal.task
        sides, target = (
            [prepared.arrays(side) for side in ("train", "validation")],
            prepared.recipes["target"],
        )
    else:
        graph, facts, batch_size = by_hand(name)
        sides, task = [rows_of(facts, side) for side in ("train", "validation")], TASK
        target = {"as": "classes", "classes": ["No", "Yes"]}
    probing.seconds_per_step(
        probing.SMALL, fast=False
    )  # what the libraries take at their first use is theirs
    (inputs, truth), report = sides[0], measure(graph, facts)
    for error in report.errors:
        raise error
    steps = -(-len(truth) // batch_size)
    compiled = speed.worth_compiling(report, steps, speed.MOST_EPOCHS_COUNTED)
    Path("/proc/self/clear_refs").write_text("5")  # what was most so far counts from now on
    before = memory("VmRSS")
    model = build(graph, facts)
    objective.compile_model(model, task, {"learning_rate": 1e-3, "weight_decay": 1e-4}, steps)
    chunks = Chunks(model, inputs, truth, batch_size, measures.watched(task), compiled)
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder)) as journal:
        limits = Limits(epochs, epochs, 3600.0, Path(folder) / "stop")
        judge = lambda y, said: measures.exact(task, target, y, said)  # noqa: E731
        Training(chunks, sides[1], judge, Best(Path(folder) / "best"), journal, limits, 1).run()
        told = [json.loads(line) for line in (Path(folder) / "events.jsonl").read_text().splitlines()]
    grown = memory("VmHWM") - before - sum(array.nbytes for array in inputs.values())
    seconds = [event["seconds"] for event in told if event["kind"] == "epoch"][1:]
    return {**foretold(report, facts, batch_size), "seconds": statistics.median(seconds), "bytes": grown,
            "compiled": compiled, "weights": report.weights}  # fmt: skip


def foretold(report: Report, facts: Mapping[str, Any], batch_size: int) -> dict[str, Any]:
    return {
        "told_seconds": speed.seconds_per_epoch(report, facts, batch_size) or 0.0,
        "told_bytes": training_memory(report, batch_size),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", default=[*SAMPLES, *BY_HAND])
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        os.environ.update(this_machine.environment())
        print(json.dumps(train_one(args.names[0], args.epochs)))
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "MODELYARD_HOME": os.environ.get("MODELYARD_HOME") or folder}
        begun = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "core.worker.speed"], env=environment, check=True, capture_output=True
        )
        print(f"The table took {time.monotonic() - begun:.0f} s.\n")
        rows = [line(name, args.epochs, environment) for name in args.names]
    show(
        ["network", "weights", "compiled", "s/epoch, told", "real", "ratio", "MB, told", "real", "ratio"],
        rows,
    )


def line(name: str, epochs: int, environment: Mapping[str, str]) -> list[str]:
    command = [sys.executable, "-m", "benchmarks.estimate", name, "--one", "--epochs", str(epochs)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return [
        name, f"{found['weights']:,}", "yes" if found["compiled"] else "no",
        f"{found['told_seconds']:.3f}", f"{found['seconds']:.3f}", f"{found['told_seconds'] / found['seconds']:.2f}",
        f"{found['told_bytes'] / 1e6:.1f}", f"{found['bytes'] / 1e6:.1f}", f"{found['told_bytes'] / found['bytes']:.2f}",
    ]  # fmt: skip


if __name__ == "__main__":
    main()
