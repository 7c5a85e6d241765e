"""What comes after training: the model is written, and asked about the rows that were kept apart."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np

from core import datasets, home, results
from core.prepare import Prepared
from core.results import same_texts as kept_texts
from core.results import series, writing
from core.runs.events import Journal
from core.spec import Spec
from core.words import Sentence, mark
from core.worker import calibration, onnx_file, ranges, same_texts, samples, shown, shown_texts, stepping
from core.worker.keep import Best
from core.worker.limits import Outcome
from core.worker.stages import stage, teller
from core.worker.writing import writer_of


def settle(
    folder: Path, journal: Journal, prepared: Prepared, model: keras.Model
) -> tuple[Prepared, dict[str, Any]]:
    """Make the answers keep what they promise, by the validation rows: chances come true, ranges hold the truth.

    Returns:
        What was prepared, with what the recipes have to know, and for the results what was done: `temperature` and
        `range`, each None where there is nothing of the kind.
    """
    if spoken(prepared):
        return prepared, {"temperature": None, "range": None}
    inputs, truth = prepared.arrays("validation")
    calibrated = calibration.calibrate(model, prepared.recipes["task"], inputs, truth)
    if calibrated and calibrated.kept:
        Best(folder / "best.weights.npz").rewrite(model)
    done = {"temperature": calibrated.to_json() if calibrated else None, "range": None}
    target = prepared.recipes["target"]
    if "range" in target:
        outputs = by_keras(model, {name: np.asarray(array) for name, array in inputs.items()})
        widen = ranges.widening(target, truth, outputs)
        done["range"] = ranges.told(target, truth, outputs, widen)
        target = {**target, "range": {**target["range"], "widen": widen}}
        prepared = replace(prepared, recipes={**prepared.recipes, "target": target})
    for told in filter(None, done.values()):
        journal.write("message", text=told["text"])
    return prepared, done


def spoken(prepared: Prepared) -> bool:
    """Whether it answers in texts: how daring these are is chosen when they are written."""
    return bool(prepared.facts["output"].get("steps"))


def write_model(folder: Path, journal: Journal, prepared: Prepared, model: keras.Model) -> None:
    """The three things that always travel together: the network twice, and the recipes."""
    stage(journal, "exporting", mark("Writing the model"))
    # Without the optimizer: what is taken away only answers.
    keras.Model(model.inputs, model.outputs[0], name="modelyard").save(folder / "model.keras")
    home.write_json(folder / "recipes.json", prepared.recipes)
    given_as = {name: part["dtype"] for name, part in prepared.recipes["inputs"].items()}
    onnx_file.write(model, folder / "model.onnx", given_as)
    inputs, _ = prepared.arrays("validation")
    some = {name: np.asarray(array[:512]) for name, array in inputs.items()}
    difference = onnx_file.check(folder / "model.onnx", some, by_keras(model, some))
    journal.write("message", text=_exactness(difference).to_json())
    if prepared.recipes["task"] == "next_token":
        stepping.write(model, folder, prepared.recipes["target"]["length"])


def _exactness(difference: float) -> Sentence:
    return mark("The model for use outside differs by {difference:.1g} at most.", difference=difference)


def on_validation(prepared: Prepared, model: keras.Model) -> np.ndarray:
    """What the network answers to the validation rows, [rows, units]."""
    inputs, _ = prepared.arrays("validation")
    return by_keras(model, {name: np.asarray(array[:]) for name, array in inputs.items()})


def by_keras(model: keras.Model, inputs: Mapping[str, np.ndarray]) -> np.ndarray:
    """What Keras itself answers, the authority for every other way of answering."""
    return model.predict([inputs[tensor.name] for tensor in model.inputs], verbose=0)


def test(
    folder: Path, journal: Journal, spec: Spec, prepared: Prepared, model: keras.Model, outcome: Outcome,
    settled: Mapping[str, Any], unseen: np.ndarray | None,
) -> None:  # fmt: skip
    """Write how good the model is on the test rows, and what it answers to some of them.

    Args:
        unseen: What a network that has not learned from the validation rows answers to them; None where that is this one.
    """
    stage(journal, "testing", mark("Asking about the rows that were kept apart"))
    table = datasets.table(spec.data, spec.goal.columns)
    predict = onnx_file.predictor(folder / "model.onnx")
    told = {"seconds": outcome.seconds, "best_epoch": outcome.best_epoch, "progress": teller(journal)}
    if spec.goal.task == "forecast":
        samples.write_series(folder, prepared.recipes, table, lambda given: by_keras(model, given))
        found = series.evaluate(prepared, table, predict, **told)
    elif spec.goal.task == "next_token":
        samples.write_on(folder, prepared, writer_of(model, prepared.recipes["target"]))
        found = writing.evaluate(prepared, predict, seed=spec.seed, **told)
    else:
        found = _tested(folder, spec, prepared, model, table, predict, {**told, "unseen": unseen})
    found["epochs"] = outcome.epochs
    found |= settled
    home.write_json(folder / "results.json", found)


def _tested(
    folder: Path,
    spec: Spec,
    prepared: Prepared,
    model: keras.Model,
    table: Any,
    predict: Any,
    told: dict[str, Any],
) -> dict[str, Any]:
    test = table.iloc[prepared.rows("test")]
    train = table.iloc[np.concatenate([prepared.rows(side) for side in results.learned_from(told["unseen"])])]
    with datasets.pictures(spec.data) or nullcontext() as pictures:
        samples.write(folder, prepared.recipes, test, lambda given: by_keras(model, given), pictures)
        keepers = (
            shown.keep(folder, spec, prepared, model, predict, test),
            shown_texts.keep(folder, prepared, test),
            same_texts.keep(folder, prepared, table),
        )

        def keep(*answered: Any) -> None:
            for one in filter(None, keepers):
                one(*answered)

        found = results.evaluate(
            prepared, test, predict, train_rows=train, pictures=pictures, folder=folder,
            keep=keep if any(keepers) else None, **told,
        )  # fmt: skip
    same = kept_texts.read(folder)
    found["warnings"] += [sentence.to_json() for sentence in kept_texts.doubts(same)] if same else []
    return found
