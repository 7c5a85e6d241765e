"""What comes after the training of two towers: the questions' tower is written with the points of all answers beside it, and tested."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import pandas

from core import datasets, encoding, home, ranking
from core.baselines._replies import Points
from core.graph import towers
from core.graph.towers import QUESTION, REPLY
from core.prepare import Prepared
from core.results import replies, unsure
from core.results.replies import Asked, Found
from core.runs.events import Journal
from core.spec import Spec
from core.words import mark
from core.worker import frozen, onnx_file, samples, sentences
from core.worker.limits import Outcome
from core.worker.stages import stage, teller

if TYPE_CHECKING:
    from pandas import DataFrame

TEXTS_AT_ONCE = 512


def finish(
    folder: Path, journal: Journal, spec: Spec, prepared: Prepared, model: keras.Model, outcome: Outcome
) -> None:
    """Write the model and its results.

    Args:
        model: Both towers, with their best weights.
    """
    stage(journal, "exporting", mark("Writing the model"))
    table = datasets.table(spec.data, spec.goal.columns)
    questions = replies.asked(prepared, table)
    ask, reply = (Tower(model, spec, prepared, view) for view in (QUESTION, REPLY))
    listed = pandas.DataFrame({spec.goal.target: list(questions.answers)}, dtype=str)
    points = Points(
        ask.points(table.iloc[questions.questions]),
        reply.points(listed),
        ask.points(table.iloc[questions.known]),
    )
    found = replies.search(questions, points)
    threshold = unsure.choose(found.side("validation"))
    made = {**ask.recipes, "target": {**prepared.recipes["target"], "threshold": threshold}}
    _write(folder, journal, made, ask, questions, points, found)
    stage(journal, "testing", mark("Asking about the rows that were kept apart"))
    ready = replace(prepared, recipes={**prepared.recipes, "target": made["target"]})
    results = replies.evaluate(
        ready, table, questions, found, threshold, lambda texts: _encoder().encode(texts),
        seconds=outcome.seconds, best_epoch=outcome.best_epoch, progress=teller(journal),
    )  # fmt: skip
    unsure.keep(folder, **{side: found.side(side) for side in ("validation", "test")})
    samples.write_replies(folder, made, table.iloc[questions.rows["test"]], ask.model)
    home.write_json(folder / "results.json", {**results, "epochs": outcome.epochs})


@lru_cache(maxsize=1)
def _encoder() -> sentences.Sentences:
    return sentences.Sentences()


class Tower:
    """One of the two towers, by itself.

    Args:
        view: `QUESTION` or `REPLY`, how its inputs are viewed.
    """

    def __init__(self, model: keras.Model, spec: Spec, prepared: Prepared, view: str):
        names = [name for name, part in prepared.recipes["inputs"].items() if part["view"] == view]
        self.recipes = encoding.part(prepared.recipes, names)
        found = towers.ends(spec.graph)
        if found is None:  # the drawing was checked before the training
            raise ValueError("the drawing has no two towers")
        side_by_side = model.layers[-1].input
        end = _parents(side_by_side)[0 if view == QUESTION else 1]
        read = [tensor for tensor in model.inputs if tensor.name in names]
        self.model = keras.Model(read, keras.layers.UnitNormalization(name="point")(end), name="modelyard")
        self._way = frozen.compiled(self.model)

    def points(self, rows: "DataFrame") -> np.ndarray:
        """Where these rows' texts come to lie, float32 [rows, width], each of length one."""
        inputs = encoding.encode(self.recipes, rows)
        names = [tensor.name for tensor in self.model.inputs]
        lengths = (
            np.max([frozen.lengths(inputs[name]) for name in names], axis=0)
            if len(rows)
            else np.zeros(0, int)
        )
        made = np.zeros((len(rows), self.model.outputs[0].shape[-1]), np.float32)
        for chosen in sentences.batches(lengths, sentences.tokens_at_once(), TEXTS_AT_ONCE):
            # Zeros at the end change nothing, wherever sentence encoders alone read them.
            shorter = int(lengths[chosen].max()) if self._reads_any_length() else None
            made[chosen] = self._way([inputs[name][chosen][:, :shorter] for name in names])[0].numpy()
        return made

    def _reads_any_length(self) -> bool:
        return frozen.only_encoders_read(self.model)


def _parents(tensor: Any) -> Sequence[Any]:
    """The tensors that the layer was given which made this one."""
    layer, node, _ = tensor._keras_history
    return layer._inbound_nodes[node].input_tensors


def _write(
    folder: Path, journal: Journal, made: dict[str, Any], ask: Tower, questions: Asked, points: Points, found: Found
) -> None:  # fmt: skip
    ask.model.save(folder / "model.keras")
    half = {"points": points.answers.astype(np.float16), "known": points.known.astype(np.float16)}
    np.savez(folder / ranking.POINTS, **half, of=questions.of, alike=np.float32(found.alike))
    home.write_json(folder / ranking.TEXTS, list(questions.answers))
    home.write_json(folder / "recipes.json", made)
    given_as = {name: part["dtype"] for name, part in made["inputs"].items()}
    onnx_file.write(ask.model, folder / "model.onnx", given_as)
    some = {name: np.ones((8, *part["shape"]), part["dtype"]) for name, part in made["inputs"].items()}
    predict: Callable[[Any], np.ndarray] = lambda given: ask.model.predict(  # noqa: E731
        [given[tensor.name] for tensor in ask.model.inputs], verbose=0
    )
    difference = onnx_file.check(folder / "model.onnx", some, predict(some))
    journal.write("message", text=mark("The model for use outside differs by {difference:.1g} at most.", difference=difference).to_json())  # fmt: skip
