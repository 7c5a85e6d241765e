"""What the pictures of Results are drawn from, as plain data."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from core.recipes import answers
from core.tasks import amount

if TYPE_CHECKING:
    from pandas import DataFrame

    from core.results.evaluation import Answered

MOST_POINTS = 2_000
ROC_POINTS = 200
WORST = 20
BINS = 10


def all_of(answered: "Answered") -> dict[str, Any]:
    """The pictures that suit the task."""
    if answered.target["as"] == "number":
        return {"scatter": scatter(answered)}
    if answered.target["as"] == "labels":
        return {"labels": labels(answered)}
    truth, chances = classes_of(answered)
    found = {"confusion": confusion(answered, truth), "calibration": calibration(answered, truth, chances)}
    if answered.task.MAIN == "roc_auc":
        found["roc"] = roc(chances[:, 1], truth)
        found["scores"] = scores(chances[:, 1], truth)
    return found


def labels(answered: "Answered") -> list[dict[str, Any]]:
    """For each label, the most frequent first: how many rows have it, in how many it is found, and how often it is wrong."""
    true, said = answered.truth > 0.5, answered.outputs >= 0.5
    found = [
        {"label": name, "true": int(t.sum()), "found": int((t & s).sum()), "alarms": int((~t & s).sum())}
        for name, t, s in zip(answered.target["labels"], true.T, said.T, strict=True)
    ]
    return sorted(found, key=lambda entry: -entry["true"])


def classes_of(answered: "Answered") -> tuple[np.ndarray, np.ndarray]:
    """The true class numbers [rows] and the chances [rows, classes]."""
    truth = answered.truth.reshape(len(answered.truth)).astype(int)
    return truth, np.asarray(answers({"target": answered.target}, answered.outputs)["probabilities"])


def confusion(answered: "Answered", truth: np.ndarray) -> dict[str, Any]:
    """How often each true class (row) was answered with each class (column)."""
    classes = answered.target["classes"]
    said = answers({"target": answered.target}, answered.outputs)["prediction"]
    places = {name: place for place, name in enumerate(classes)}
    counts = np.zeros((len(classes), len(classes)), int)
    np.add.at(counts, (truth, [places[name] for name in said]), 1)
    return {"classes": list(classes), "counts": counts}


def calibration(answered: "Answered", truth: np.ndarray, chances: np.ndarray) -> list[dict[str, Any]]:
    """Ten bins of how sure it was: what it said, how often that came true, and for how many rows.

    For two classes this is about the second one; for more, about the answer that it gave.

    Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 2.
    """
    if chances.shape[1] == 2:
        sure, right = chances[:, 1], truth == 1
    else:
        sure, right = chances.max(1), chances.argmax(1) == truth
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    met = [place == bin for bin in range(BINS)]
    return [
        {"said": float(sure[rows].mean()), "was": float(right[rows].mean()), "rows": int(rows.sum())}
        for rows in met
        if rows.any()
    ]


def roc(chance: np.ndarray, truth: np.ndarray) -> dict[str, list[float]]:
    """For every threshold: the share of the asked-for rows that is found, and of the others that is taken along."""
    order = np.argsort(-chance, kind="stable")
    positive = truth[order] == 1
    ends = np.r_[np.flatnonzero(np.diff(chance[order])), len(order) - 1]
    found = np.r_[0, np.cumsum(positive)[ends]] / max(positive.sum(), 1)
    alarms = np.r_[0, np.cumsum(~positive)[ends]] / max((~positive).sum(), 1)
    kept = np.unique(np.linspace(0, len(found) - 1, ROC_POINTS).round().astype(int))
    return {"false_alarms": _short(alarms[kept]), "found": _short(found[kept])}


def scores(chance: np.ndarray, truth: np.ndarray) -> dict[str, list[Any]]:
    """How the chances are spread within each of the two classes: counts in twenty bins."""
    edges = np.linspace(0, 1, 21)
    counts = [np.histogram(chance[truth == place], edges)[0].tolist() for place in (0, 1)]
    return {"edges": _short(edges), "counts": counts}


def scatter(answered: "Answered") -> dict[str, list[float]]:
    """True and predicted amounts of at most `MOST_POINTS` test rows, picked by lot."""
    rows = np.sort(np.random.RandomState(1).permutation(len(answered.truth))[:MOST_POINTS])
    true, said = (
        amount.decode(answered.target, values[rows]) for values in (answered.truth, answered.outputs)
    )
    return {"true": [float(f"{v:.6g}") for v in true], "predicted": [float(f"{v:.6g}") for v in said]}


def worst(
    answered: "Answered", made: Mapping[str, Any], test_rows: "DataFrame", numbers: np.ndarray
) -> list[dict[str, Any]]:
    """The test rows whose answer was furthest off, with all that the network saw of them.

    `miss` is the distance in the target's unit, or one minus the chance given to the true class.
    """
    said = answers({"target": answered.target}, answered.outputs)["prediction"]
    if answered.target["as"] == "number":
        miss = np.abs(amount.decode(answered.target, answered.truth) - np.array(said))
    elif answered.target["as"] == "labels":
        miss = np.abs(answered.truth - answered.outputs).mean(1)
    else:
        truth, chances = classes_of(answered)
        miss = 1 - chances[np.arange(len(truth)), truth]
    columns = [column["column"] for column in made["columns"]]
    order = np.argsort(-miss, kind="stable")[:WORST]
    return [
        {
            "row": int(numbers[place]),
            "values": {name: str(test_rows[name].iloc[place]) for name in columns},
            "true": str(test_rows[answered.target["column"]].iloc[place]).strip(),
            "predicted": said[place],
            "miss": float(miss[place]),
        }
        for place in order
    ]


def _short(values: np.ndarray) -> list[float]:
    return [round(float(value), 5) for value in values]
