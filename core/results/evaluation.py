"""The untouched test rows are looked at here, once, when training has ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.baselines import SHELF as BASELINES
from core.baselines import suiting
from core.baselines._question import Question
from core.encoding import encode
from core.explainers import permutation
from core.pictures import Archive
from core.prepare import Prepared
from core.results import kept, verdict
from core.results import pictures as drawn
from core.tasks import SHELF as TASKS
from core.tasks._scores import intervals, share_interval
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

Predict = Callable[[Mapping[str, np.ndarray]], np.ndarray]
Progress = Callable[[float, Sentence], None]


@dataclass(frozen=True)
class Answered:
    """The test rows with what was said about them.

    Args:
        task: The task's module.
        target: The target's recipe.
        truth: The encoded target, in the task's form.
        outputs: What the network says, [rows, units].
        baselines: What each baseline says, [rows, units].
    """

    task: Any
    target: Mapping[str, Any]
    truth: np.ndarray
    outputs: np.ndarray
    baselines: Mapping[str, np.ndarray]

    def metrics(self, outputs: np.ndarray) -> dict[str, float]:
        return self.task.metrics(self._target(outputs), self.truth, outputs)

    def _target(self, outputs: np.ndarray) -> Mapping[str, Any]:
        """The target's recipe for these outputs: how far ranges are widened was fitted to the network's own alone."""
        if outputs is self.outputs or "range" not in self.target:
            return self.target
        return {**self.target, "range": {**self.target["range"], "widen": 0.0}}

    def intervals(self, outputs: np.ndarray) -> dict[str, tuple[float, float]]:
        """Each metric's 95 % interval."""
        return self._mended(
            outputs, intervals(lambda weights: self._scores(outputs, weights), len(self.truth))
        )

    def everything(self) -> dict[str, Any]:
        """All 95 % intervals: `intervals`, `baseline_intervals`, and by how much it is `ahead` of each baseline.

        All are measured on the same draws of rows, so that what is hard for all does not blur a difference.
        """
        answers = {"": self.outputs, **self.baselines}

        def score(weights: np.ndarray) -> dict[Any, np.ndarray]:
            found: dict[Any, np.ndarray] = {}
            for name, outputs in answers.items():
                scores = self._scores(outputs, weights)
                found |= {(name, metric): values for metric, values in scores.items()}
            for name in self.baselines:
                found[name, "ahead of"] = found["", self.task.MAIN] - found[name, self.task.MAIN]
            return found

        between = intervals(score, len(self.truth))
        ahead = {name: between.pop((name, "ahead of")) for name in self.baselines}
        each: dict[str, dict[str, tuple[float, float]]] = {name: {} for name in answers}
        for (name, metric), interval in between.items():
            each[name][metric] = interval
        each = {name: self._mended(answers[name], found) for name, found in each.items()}
        return {"intervals": each.pop(""), "baseline_intervals": each, "ahead": ahead}

    def _scores(self, outputs: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
        return self.task.scores(self._target(outputs), self.truth, outputs, weights)

    def _mended(
        self, outputs: np.ndarray, found: dict[str, tuple[float, float]]
    ) -> dict[str, tuple[float, float]]:
        """The intervals, with others where the bootstrap's say the wrong thing."""
        for name in ("accuracy", "coverage", "exact"):
            low, high = found.get(name, (0.0, 1.0))
            if low == high:  # all right, or all wrong: every draw of the bootstrap says the same
                found[name] = share_interval(low, len(self.truth))
        if "ece" in found:  # of distances, which luck makes larger: all draws may lie above the figure itself
            low, high = found["ece"]
            found["ece"] = min(low, self.metrics(outputs)["ece"]), high
        return found


def evaluate(
    prepared: Prepared,
    test_rows: "DataFrame",
    predict: Predict,
    *,
    seconds: float = 0.0,
    best_epoch: int = 0,
    train_rows: "DataFrame | None" = None,
    progress: Progress | None = None,
    pictures: Archive | None = None,
    folder: Path | None = None,
    keep: Callable[[Mapping[str, np.ndarray], np.ndarray, np.ndarray], None] | None = None,
    unseen: np.ndarray | None = None,
) -> dict[str, Any]:
    """All that Results shows, as plain JSON.

    Args:
        test_rows: The table of text at `prepared.rows("test")`, in that order.
        predict: The network's outputs [rows, units] for its inputs.
        seconds: How long training took.
        best_epoch: The epoch whose weights were kept.
        train_rows: The table of text at the rows that were learned from, see `learned_from`; read from the data set if
            not given.
        pictures: What the data set's pictures lie in.
        folder: Where answers are kept that a threshold can be chosen by later.
        keep: Called with the test rows' inputs, their encoded target and the outputs.
        unseen: Outputs for the validation rows of a network that has not learned from them; None where `predict` gives them.
    """
    tell = progress or (lambda share, text: None)
    tell(0.0, mark("Answering the test rows"))
    made = prepared.recipes
    task, target = TASKS[made["task"]], made["target"]
    inputs = encode(made, test_rows, pictures)
    truth = task.encode_target(target, test_rows[target["column"]].tolist())
    outputs = np.asarray(predict(inputs), np.float64)
    sides = learned_from(unseen)
    given = _baselines(prepared, test_rows, train_rows, inputs, sides, lambda s, t: tell(0.1 + 0.4 * s, t))
    answered = Answered(task, target, truth, outputs, given)
    tell(0.5, mark("Measuring how sure the figures are"))
    seen, known = prepared.arrays("validation")
    if unseen is None:
        unseen = predict({n: np.asarray(v) for n, v in seen.items()})
    validation = (np.asarray(known), np.asarray(unseen, np.float64))
    metrics = _metrics(answered, *validation)
    if folder and made["task"] == "yes_no":
        kept.keep(folder, validation=validation, test=(truth, outputs))
    tell(0.6, mark("Asking what each column is worth"))
    importance = permutation.explain(
        made, inputs, truth, predict,
        progress=lambda share: tell(0.6 + 0.35 * share, mark("Asking what each column is worth")),
    )  # fmt: skip
    found = {
        "version": 1,
        "task": made["task"],
        "target": target["column"],
        "main": task.MAIN,
        "rows": prepared.facts["rows"],
        "seconds": round(seconds, 2),
        "best_epoch": best_epoch,
        "metrics": metrics,
        **drawn.all_of(answered),
        "worst": drawn.worst(answered, made, test_rows, prepared.rows("test")),
        "importance": importance,
    }
    if keep:
        tell(0.96, mark("Looking where it looks"))
        keep(inputs, truth, outputs)
    told = verdict.tell(found, target, prepared.facts)
    found["sentences"] = [sentence.to_json() for sentence in told.sentences]
    found["warnings"] = [sentence.to_json() for sentence in told.warnings]
    tell(1.0, mark("Measured"))
    return plain(found)


def learned_from(unseen: np.ndarray | None) -> tuple[str, ...]:
    """The sides of the rows from which the network has learned, and from which its baselines learn too.

    Args:
        unseen: As `evaluate` takes it.
    """
    return ("train",) if unseen is None else ("train", "validation")


def _baselines(
    prepared: Prepared,
    test_rows: "DataFrame",
    train_rows: "DataFrame | None",
    inputs: Mapping[str, np.ndarray],
    sides: tuple[str, ...],
    tell: Progress,
) -> dict[str, np.ndarray]:
    made = prepared.plain()
    if train_rows is None:
        from core import datasets  # noqa: PLC0415 - gate to pandas

        columns = [column["column"] for column in made["columns"]]
        train_rows = datasets.table(prepared.facts["data"], columns).iloc[
            np.concatenate([prepared.rows(side) for side in sides])
        ]
    read = [prepared.arrays(side) for side in sides]
    truth = np.concatenate([np.asarray(truth) for _, truth in read])
    looked_at = {recipe["input"] for recipe in made["columns"] if recipe["kind"] == "image"}
    seen = {name: read[0][0][name] if len(read) == 1 else np.concatenate([side[name][:] for side, _ in read])
            for name in looked_at}  # fmt: skip
    pixels = {name: (seen[name], inputs[name]) for name in looked_at}
    question = Question(made["task"], made, train_rows, truth, test_rows, pixels)
    answers = {}
    suited = suiting(made["task"])
    for count, name in enumerate(suited):
        tell(count / len(suited), mark("Comparing with: {baseline}", baseline=BASELINES[name].LABEL))
        answers[name] = np.asarray(BASELINES[name].answer(question), np.float64)
    return answers


def _metrics(answered: Answered, truth: np.ndarray, outputs: np.ndarray) -> dict[str, Any]:
    """All figures; `truth` and `outputs` are those of the validation rows."""
    others = answered.baselines.items()
    return {
        "validation": answered.task.metrics(answered.target, truth, outputs),
        "test": answered.metrics(answered.outputs),
        "baselines": {name: answered.metrics(said) for name, said in others},
        **answered.everything(),
    }


def plain(value: Any) -> Any:
    """The value as JSON takes it: tuples and arrays as lists, and None where a figure could not be worked out."""
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value
