"""One run from its spec to its results: read, build, train, write the model, test it."""

import multiprocessing
import os
from collections.abc import Callable, Mapping
from math import inf
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core import datasets, home, prepare, results, speed
from core.fields import defaults
from core.graph import measure
from core.graph.cost import widest
from core.prepare import Prepared
from core.runs import checkpoint, interruptions, made_with, states
from core.runs.events import Journal
from core.spec import TRAINING, Spec
from core.templates import DEFAULT
from core.templates import SHELF as TEMPLATES
from core.words import Sentence, mark
from core.worker import circumstances, guessing, measures, onnx_file, pace, samples, starting
from core.worker.build import answering, build
from core.worker.checkpoint import Checkpoints, Saved
from core.worker.chunks import Chunks
from core.worker.keep import Best
from core.worker.limits import GOING, REASONS, Clock, Limits, Outcome, nobody
from core.worker.loop import Training
from core.worker.objective import compile_model, row_weights
from core.worker.watching import Watching

SHARE_FOR_RESULTS = 0.15  # of the time that was allowed, at most `SECONDS_FOR_RESULTS`
SECONDS_FOR_RESULTS = 30.0


def run(folder: Path, journal: Journal, outside: Callable[[], str] = nobody) -> tuple[str, Sentence | None]:
    """Execute the run, from its checkpoint if it has one; the state in which it ends, and why.

    The state is one of `limits.GOING` where the process goes before the run has ended.

    Raises:
        UserError: Where the user can put something right.
    """
    clock = Clock()
    spec = Spec.from_json(home.read_json(folder / "spec.json"))
    _stage(journal, "reading", mark("Making the rows ready"))
    prepared = prepare.prepare(spec.data, spec.goal)
    saved = Saved(folder) if checkpoint.exists(folder) else None
    if saved:
        saved.check(prepared.id)
    elif spec.continues:
        raise starting.gone()
    settings = {**settings_of(spec, prepared.facts), **(saved.about["settings"] if saved else {})}
    keras.utils.set_random_seed(spec.seed)
    model = build(spec.graph, prepared.facts)
    if spec.starts_from and not saved:
        text = starting.put_weights(model, prepared, spec.starts_from)
        journal.write("message", text=text.to_json())
    compile_model(
        model, spec.goal.task, settings, -(-prepared.facts["rows"]["train"] // settings["batch_size"])
    )
    outcome = _train(folder, journal, spec, prepared, settings, model, outside, clock, saved)
    if outcome.ended_by in GOING:
        return outcome.ended_by, None
    if outcome.ended_by in ("stop", "alone"):
        states.step(folder, "stopping", pid=os.getpid())
    _write_model(folder, journal, prepared, answering(model, spec.graph, prepared.facts))
    _test(folder, journal, spec, prepared, model, outcome)
    ended = "stopped" if outcome.ended_by in ("stop", "alone") else "done"
    return ended, REASONS[outcome.ended_by]


def settings_of(spec: Spec, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The training's settings with the automatic ones filled in by the template."""
    template = TEMPLATES[spec.template if spec.template in TEMPLATES else DEFAULT]
    chosen = {name: value for name, value in spec.training.items() if value is not None}
    return {**defaults(TRAINING), **template.training(facts), **chosen}


def _train(
    folder: Path,
    journal: Journal,
    spec: Spec,
    prepared: Prepared,
    settings: Mapping[str, Any],
    model: keras.Model,
    outside: Callable[[], str],
    clock: Clock,
    saved: Saved | None,
) -> Outcome:
    inputs, truth = prepared.arrays("train")
    metric = measures.watched(spec.goal.task)
    steps = -(-len(truth) // settings["batch_size"])
    report = measure(spec.graph, prepared.facts)
    parts = interruptions.parts(folder)
    like = {"graph": spec.graph.to_json(), "facts": prepared.facts, "settings": dict(settings), "parts": parts,
            "machine": speed.machine()}  # fmt: skip
    expected = steps * min(settings["epochs"], speed.MOST_EPOCHS_COUNTED)
    # A step in parts cannot be compiled: the parts are of different sizes.
    costs = speed.compile_seconds(report, _device() != "CPU") if parts == 1 else inf
    if settings["jit_compile"] and parts == 1:
        on = settings["jit_compile"] == "on"
        chosen = pace.Chosen(tried=on, fast=on)
    else:
        chosen = pace.kept(saved.about.get("pace")) if saved else pace.remembered(like)
    paced = pace.Pace(expected, costs, chosen)
    if saved is None:
        journal.write(
            "begin", device=_device(), rows=len(truth), steps_per_epoch=steps, epochs=settings["epochs"],
            weights=model.count_params(), minutes=settings["minutes"], metric=metric.name,
            batch_size=settings["batch_size"], learning_rate=settings["learning_rate"], patience=settings["patience"],
            **guessing.losses(spec.goal.task, truth, prepared.arrays("validation")[1], settings),
        )  # fmt: skip
    if parts > 1:
        _tell_parts(journal, settings["batch_size"], parts)
    if saved is None or not made_with.read(folder):
        circumstances.note(folder, spec, prepared, settings, _device())
    chunks = Chunks(
        model, inputs, truth, settings["batch_size"], metric, False, widest(report),
        row_weights(spec.goal.task, truth, settings), parts,
    )  # fmt: skip
    allowed = settings["minutes"] * 60
    seconds = allowed - min(SECONDS_FOR_RESULTS, SHARE_FOR_RESULTS * allowed)
    limits = Limits(
        settings["epochs"], settings["patience"], seconds, folder / "stop", outside, folder / "pause",
        gives_way=multiprocessing.parent_process() is not None,
    )  # fmt: skip
    target = prepared.recipes["target"]

    def judged(answer: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
        return measures.exact(spec.goal.task, target, answer, outputs)

    def waits(waiting: bool) -> None:
        states.step(folder, "paused" if waiting else "running", pid=os.getpid())

    settled = {"settings": dict(settings), "prepared": prepared.id}
    best = Best(folder / "best.weights.npz")
    watching = Watching(folder, journal, spec, prepared, model, best, settings["batch_size"])
    training = Training(
        chunks, prepared.arrays("validation"), judged, best, journal, limits,
        spec.seed, Clock(saved.about["spent"]) if saved else clock, Checkpoints(folder, journal, settled), waits,
        watching.watchers, paced,
    )  # fmt: skip
    if saved:
        training.go_on(saved)
        if "continues" not in saved.about:  # else its journal says already whose state this is
            journal.write("resumed", epoch=training.at.epoch, text=_resumed(saved.about).to_json())
    _stage(journal, "training", mark("Training"))
    outcome = training.run()
    if paced.chosen.fast is not None:
        pace.remember(like, paced.chosen)
    watching.end()
    return outcome


def _tell_parts(journal: Journal, batch_size: int, parts: int) -> None:
    text = mark(
        "Memory ran out: it now takes {few:,} rows at once. {count:,} rows still make one step, so it learns the same.",
        few=-(-batch_size // parts), count=batch_size,
    )  # fmt: skip
    journal.write("message", text=text.to_json())


def _resumed(about: Mapping[str, Any]) -> Sentence:
    epoch = max(1, about["position"]["epoch"])
    if about.get("paused"):
        return mark("Training was paused at epoch {epoch} and goes on from there.", epoch=epoch)
    return mark("Training was interrupted at epoch {epoch} and goes on from there.", epoch=epoch)


def _write_model(folder: Path, journal: Journal, prepared: Prepared, model: keras.Model) -> None:
    """The three things that always travel together: the network twice, and the recipes."""
    _stage(journal, "exporting", mark("Writing the model"))
    # Without the optimizer: what is taken away only answers.
    keras.Model(model.inputs, model.outputs[0], name="modelyard").save(folder / "model.keras")
    home.write_json(folder / "recipes.json", prepared.recipes)
    onnx_file.write(model, folder / "model.onnx")
    inputs, _ = prepared.arrays("validation")
    some = {name: np.asarray(array[:512]) for name, array in inputs.items()}
    difference = onnx_file.check(folder / "model.onnx", some, by_keras(model, some))
    journal.write("message", text=_exactness(difference).to_json())


def _exactness(difference: float) -> Sentence:
    return mark("The model for use outside differs by {difference:.1g} at most.", difference=difference)


def by_keras(model: keras.Model, inputs: Mapping[str, np.ndarray]) -> np.ndarray:
    """What Keras itself answers, the authority for every other way of answering."""
    return model.predict([inputs[tensor.name] for tensor in model.inputs], verbose=0)


def _test(
    folder: Path, journal: Journal, spec: Spec, prepared: Prepared, model: keras.Model, outcome: Outcome
) -> None:
    _stage(journal, "testing", mark("Asking about the rows that were kept apart"))
    columns = list(dict.fromkeys([spec.goal.target, *spec.goal.inputs]))
    table = datasets.table(spec.data, columns)
    test, train = (table.iloc[prepared.rows(side)] for side in ("test", "train"))
    predict = onnx_file.predictor(folder / "model.onnx")
    samples.write(folder, prepared.recipes, test, lambda given: by_keras(model, given))
    found = results.evaluate(
        prepared, test, predict,
        seconds=outcome.seconds, best_epoch=outcome.best_epoch, train_rows=train,
        progress=_teller(journal),
    )  # fmt: skip
    found["epochs"] = outcome.epochs
    home.write_json(folder / "results.json", found)


def _stage(journal: Journal, stage: str, text: Sentence) -> None:
    journal.write("stage", stage=stage, text=text.to_json())


def _teller(journal: Journal) -> Callable[[float, Sentence], None]:
    """Tells what is being measured, each thing once."""
    told: list[Sentence] = []

    def tell(share: float, text: Sentence) -> None:
        if told[-1:] != [text]:
            told.append(text)
            _stage(journal, "testing", text)

    return tell


def _device() -> str:
    graphics = tf.config.list_physical_devices("GPU")
    if not graphics:
        return "CPU"
    return tf.config.experimental.get_device_details(graphics[0]).get("device_name", "GPU")
