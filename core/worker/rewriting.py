"""What comes after the training of an encoder and a decoder: both are written as a file of their own, and tested."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnxruntime

from core import datasets, home, rewrite
from core.errors import ExportError
from core.prepare import Prepared
from core.results import rewriting
from core.runs.events import Journal
from core.spec import Spec
from core.words import mark
from core.worker import onnx_file, samples
from core.worker.halves import READ, halves
from core.worker.limits import Outcome
from core.worker.stages import stage, teller

CHECKED = 64  # validation rows


def finish(
    folder: Path, journal: Journal, spec: Spec, prepared: Prepared, model: keras.Model, outcome: Outcome
) -> None:
    """Write the model and its results.

    Args:
        model: The whole network, with its best weights.
    """
    stage(journal, "exporting", mark("Writing the model"))
    keras.Model(model.inputs, model.outputs[0], name="modelyard").save(folder / "model.keras")
    home.write_json(folder / "recipes.json", prepared.recipes)
    network = write(folder, model)
    difference = check(folder, network, model, prepared)
    journal.write("message", text=mark("The model for use outside differs by {difference:.1g} at most.", difference=difference).to_json())  # fmt: skip
    stage(journal, "testing", mark("Asking about the rows that were kept apart"))
    table = datasets.table(spec.data, spec.goal.columns)
    samples.write_rewritten(
        folder, prepared.recipes, table.iloc[prepared.rows("test")], _whole(model, prepared)
    )
    found = rewriting.evaluate(
        prepared,
        table,
        network,
        seconds=outcome.seconds,
        best_epoch=outcome.best_epoch,
        progress=teller(journal),
    )
    home.write_json(folder / "results.json", {**found, "epochs": outcome.epochs})


def write(folder: Path, model: keras.Model) -> rewrite.Halves:
    """Both halves as ONNX files, and the two of them ready to answer.

    Raises:
        ExportError: If the drawing cannot be asked for texts of any length.
    """
    try:
        reads, writes = halves(model)
        names = [f"{READ}_{number}" for number in range(1, len(reads.outputs) + 1)]
        onnx_file.write(reads, folder / rewrite.ENCODER, outputs=names)
        onnx_file.write(
            writes, folder / rewrite.DECODER, outputs=("output", "attention")[: len(writes.outputs)]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ExportError(
            mark("This network cannot write one token after the other: {why}", why=str(error)[:200]),
            mark("Let what is written go only through layers that treat all places alike, such as “{layer}”.",
                 layer=mark("Transformer decoder")),
        ) from error  # fmt: skip
    return rewrite.Halves(*(_session(folder / name) for name in (rewrite.ENCODER, rewrite.DECODER)))


def check(folder: Path, network: rewrite.Halves, model: keras.Model, prepared: Prepared) -> float:
    """The largest difference between the two files and the whole network, on beginnings of validation rows.

    Raises:
        ExportError: If they differ by more than rounding, as where a layer looks ahead at what is still to be written.
    """
    arrays, _ = prepared.arrays("validation")
    given = {name: np.array(array[:CHECKED]) for name, array in arrays.items()}
    said = model.predict([given[tensor.name] for tensor in model.inputs], verbose=0)
    read, written = network.encode(given[rewrite.SOURCE]), given[rewrite.WRITTEN]
    found = 0.0
    for length in dict.fromkeys((1, 2, written.shape[1] // 2, written.shape[1])):
        rows = np.flatnonzero(written[:, length - 1] != rewrite.PADDING)
        if len(rows):
            told = network.step([part[rows] for part in read], written[rows, :length])
            found = max(found, float(np.abs(told - said[rows, length - 1]).max()))
    if not found <= onnx_file.TOLERANCE:
        raise ExportError(
            mark(
                "Written token after token, the network answers differently, by {difference:.2g}.",
                difference=found,
            ),
            mark("Take out layers that look ahead at what is still to be written, and train again."),
        )
    return found


def _whole(model: keras.Model, prepared: Prepared) -> rewrite.Whole:
    """The network as Keras has it, the authority for what the two files say."""

    def asked(given: Mapping[str, np.ndarray]) -> Any:
        return model.predict_on_batch([given[tensor.name] for tensor in model.inputs])

    return rewrite.Whole(prepared.recipes, asked)


def _session(path: Path) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
