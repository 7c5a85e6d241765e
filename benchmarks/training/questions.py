"""Training seconds of the engine against a plain hand-written `model.fit` of the same network on the same rows.

    python -m benchmarks.training.questions [--epochs 20] [--repeats 3]

Both train in this process, in turn, so that a noisy machine is noisy for both. Compiling is included; so are the
validation after each epoch, keeping the best weights and, for the engine, the events that move the curves.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from benchmarks.table import show
from core import datasets, prepare, samples, speed, suggest
from core.fields import check_all, defaults
from core.graph import measure
from core.prepare import Prepared
from core.runs.events import Journal
from core.spec import TRAINING, Spec
from core.templates import DEFAULT
from core.templates import SHELF as TEMPLATES
from core.worker import measures, objective
from core.worker.build import build
from core.worker.chunks import Chunks
from core.worker.keep import Best
from core.worker.loop import Limits, Training

NAMES = ["telco_churn", "diamonds"]


def question(name: str, epochs: int) -> tuple[Spec, Prepared]:
    """The sample's own question, with the template's own network."""
    sample = next(s for s in samples.everything() if s.name == name)
    data = datasets.add(sample.path)
    goal = suggest.suggest(datasets.profile(data.id), sample.target).goal
    prepared = prepare.prepare(data.id, goal)
    template = TEMPLATES[DEFAULT]
    graph = template.graph(prepared.facts, defaults(template.FIELDS))
    training = check_all(TRAINING, {"epochs": epochs, "patience": epochs})
    return Spec(data.id, goal, DEFAULT, graph, training), prepared


def fresh(spec: Spec, prepared: Prepared) -> tuple[keras.Model, dict]:
    settings = spec.settings(prepared.facts)
    keras.utils.set_random_seed(spec.seed)
    model = build(spec.graph, prepared.facts)
    steps = -(-prepared.facts["rows"]["train"] // settings["batch_size"])
    objective.compile_model(model, spec.goal.task, settings, steps)
    return model, settings


def engine(spec: Spec, prepared: Prepared, epochs: int) -> tuple[float, float]:
    """Seconds, and the smallest validation loss."""
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder)) as journal:
        began = time.perf_counter()
        model, settings = fresh(spec, prepared)
        inputs, truth = prepared.arrays("train")
        steps = -(-len(truth) // settings["batch_size"])
        metric = measures.watched(spec.goal.task)
        compiled = speed.worth_compiling(measure(spec.graph, prepared.facts), steps, settings["epochs"])
        chunks = Chunks(model, inputs, truth, settings["batch_size"], metric, compiled)
        best = Best(Path(folder) / "best.npz")
        limits = Limits(epochs, epochs, 3600.0, Path(folder) / "stop")
        target = prepared.recipes["target"]
        judged = lambda y, said: measures.exact(spec.goal.task, target, y, said)  # noqa: E731
        Training(chunks, prepared.arrays("validation"), judged, best, journal, limits, spec.seed).run()
        return time.perf_counter() - began, best.loss


def plain(spec: Spec, prepared: Prepared, epochs: int) -> tuple[float, float]:
    """The same by hand, as in Keras's tutorials: `fit` with validation data and the best weights restored."""
    began = time.perf_counter()
    model, settings = fresh(spec, prepared)
    model.compile(model.optimizer, model.loss, metrics=[measures.watched(spec.goal.task)])
    sides = [prepared.arrays(side) for side in ("train", "validation")]
    (x, y), (xv, yv) = [
        ([np.asarray(inputs[t.name]) for t in model.inputs], np.asarray(truth)) for inputs, truth in sides
    ]
    keep = keras.callbacks.EarlyStopping(patience=epochs, restore_best_weights=True)
    history = model.fit(
        x,
        y,
        batch_size=settings["batch_size"],
        epochs=epochs,
        validation_data=(xv, yv),
        callbacks=[keep],
        verbose=0,
    )
    return time.perf_counter() - began, min(history.history["val_loss"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as home:
        os.environ["MODELYARD_HOME"] = home
        for name in NAMES:
            spec, prepared = question(name, args.epochs)
            pairs = [
                (engine(spec, prepared, args.epochs), plain(spec, prepared, args.epochs))
                for _ in range(args.repeats)
            ]
            ours, theirs = (statistics.median(pair[i][0] for pair in pairs) for i in (0, 1))
            losses = [f"{statistics.median(pair[i][1] for pair in pairs):.4f}" for i in (0, 1)]
            count = prepared.facts["rows"]["train"]
            rows.append(
                [name, f"{count:,}", f"{ours:.1f}", f"{theirs:.1f}", f"{theirs / ours:.1f}×", *losses]
            )
    show(
        [
            "data set",
            "training rows",
            "engine, s",
            "model.fit, s",
            "faster",
            "best val_loss, engine",
            "model.fit",
        ],
        rows,
    )


if __name__ == "__main__":
    main()
