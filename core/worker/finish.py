"""What comes after training: the model is written, and asked about the rows that were kept apart."""

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

import keras
import numpy as np

from core import datasets, home, results
from core.prepare import Prepared
from core.runs.events import Journal
from core.spec import Spec
from core.words import Sentence, mark
from core.worker import onnx_file, samples, shown
from core.worker.limits import Outcome
from core.worker.stages import stage, teller


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


def _exactness(difference: float) -> Sentence:
    return mark("The model for use outside differs by {difference:.1g} at most.", difference=difference)


def by_keras(model: keras.Model, inputs: Mapping[str, np.ndarray]) -> np.ndarray:
    """What Keras itself answers, the authority for every other way of answering."""
    return model.predict([inputs[tensor.name] for tensor in model.inputs], verbose=0)


def test(
    folder: Path, journal: Journal, spec: Spec, prepared: Prepared, model: keras.Model, outcome: Outcome
) -> None:
    """Write how good the model is on the test rows, and what it answers to some of them."""
    stage(journal, "testing", mark("Asking about the rows that were kept apart"))
    columns = list(dict.fromkeys([spec.goal.target, *spec.goal.inputs]))
    table = datasets.table(spec.data, columns)
    test, train = (table.iloc[prepared.rows(side)] for side in ("test", "train"))
    predict = onnx_file.predictor(folder / "model.onnx")
    with datasets.pictures(spec.data) or nullcontext() as pictures:
        samples.write(folder, prepared.recipes, test, lambda given: by_keras(model, given), pictures)
        found = results.evaluate(
            prepared, test, predict,
            seconds=outcome.seconds, best_epoch=outcome.best_epoch, train_rows=train,
            progress=teller(journal), pictures=pictures,
            keep=shown.keep(folder, spec, prepared, model, predict, test),
        )  # fmt: skip
    found["epochs"] = outcome.epochs
    home.write_json(folder / "results.json", found)
