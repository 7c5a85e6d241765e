"""How a network with batch normalization is judged after each of its first epochs, and what that costs.

    python -m benchmarks.averaged PICTURES [--epochs 3] [--rows 300]

The residual network, trained once from a zip of pictures in folders. "Latest": the latest weights with what training
remembers. "Average": the averaged weights with what training remembers. "Measured": as the engine does it, the averaged
weights with means and variances measured for them (`core/worker/batch_statistics.py`).
"""

import argparse
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.table import show
from core.launchers import this_machine

if __name__ == "__main__":
    os.environ.update(this_machine.environment())

import keras
import numpy as np

from core import datasets, prepare
from core.graph import measure
from core.graph.cost import widest
from core.prepare import Prepared
from core.suggest import suggest
from core.templates import residual_network
from core.worker import measures
from core.worker.build import build
from core.worker.chunks import Chunks
from core.worker.loop import row_order
from core.worker.objective import compile_model

TASK, SEED = "one_of_many", 1

Rows = tuple[Mapping[str, np.ndarray], np.ndarray]


def prepared(pictures: Path) -> Prepared:
    """The rows; what each picture shows is its folder's name."""
    data = datasets.add(pictures)
    goal = suggest(datasets.profile(data.id), data.how["label"]).goal
    return prepare.prepare(data.id, replace(goal, task=TASK))


def some(rows: Rows, most: int | None) -> Rows:
    """As many of the rows, drawn by chance."""
    inputs, truth = rows
    drawn = np.sort(np.random.default_rng(SEED).permutation(len(truth))[:most])
    return {name: np.asarray(array[drawn]) for name, array in inputs.items()}, np.asarray(truth[drawn])


def network(facts: Mapping[str, Any], rows: Rows, others: Rows) -> Chunks:
    """The residual network with the template's settings, ready to learn."""
    facts = {**facts, "rows": {**facts["rows"], "train": len(rows[1]), "validation": len(others[1])}}
    graph, settings = residual_network.graph(facts, {}), residual_network.training(facts)
    keras.utils.set_random_seed(SEED)
    model = build(graph, facts)
    compile_model(model, TASK, settings, -(-len(rows[1]) // settings["batch_size"]))
    most = widest(measure(graph, facts))
    return Chunks(model, *rows, settings["batch_size"], measures.watched(TASK), False, most)


def epoch(chunks: Chunks, number: int) -> float:
    """Train once with all rows; its seconds."""
    began, at = time.perf_counter(), 0
    chunks.begin_epoch(row_order(SEED, number, chunks.rows))
    while at < chunks.steps:
        at += len(chunks.run(at, 8))
    return time.perf_counter() - began


def judged(chunks: Chunks, others: Rows) -> str:
    """The share of right answers on the validation rows, and the loss."""
    loss, outputs = chunks.judge(*others)
    right = outputs.argmax(1) == others[1].reshape(-1)
    return f"{right.mean():.3f} (loss {loss:.2f})"


def compared(chunks: Chunks, others: Rows) -> tuple[list[str], float]:
    """How the three are judged, and the seconds that measuring took."""
    model = chunks.model
    latest, kept = judged(chunks, others), model.get_weights()
    model.optimizer.finalize_variable_values(model.trainable_variables)
    average = judged(chunks, others)
    model.set_weights(kept)
    began = time.perf_counter()
    with chunks.averaged():
        seconds = time.perf_counter() - began
        return [latest, average, judged(chunks, others)], seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rows", type=int, help="learn from so many of the training rows only")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MODELYARD_HOME"] = folder
        made = prepared(args.pictures)
        rows, others = some(made.arrays("train"), args.rows), some(made.arrays("validation"), None)
    chunks, lines = network(made.facts, rows, others), []
    for number in range(1, args.epochs + 1):
        trained = epoch(chunks, number)
        found, seconds = compared(chunks, others)
        lines.append([str(number), *found, f"{trained:.1f}", f"{seconds:.2f}"])
    print(f"{len(rows[1]):,} training rows, {len(others[1]):,} validation rows")
    show(["epoch", "latest", "average", "measured", "training, s", "measuring, s"], lines)


if __name__ == "__main__":
    main()
