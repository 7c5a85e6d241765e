"""A question whose answer is any number of labels, such as what a film is about."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from core.errors import DataError
from core.tasks import _classes, _scores
from core.words import mark

LABEL = mark("Many of many")
HELP = mark("Which labels belong to a row; a cell holds several of them, such as “comedy; family”.")
FORM = "labels"
ACTIVATION = "sigmoid"
LOSS = "binary_crossentropy"
MAIN = "f1_micro"
HIGHER_IS_BETTER = True
SEPARATORS = (";", "|", ",")
MOST_LABELS = 200
LONGEST = 60
SHARED = 1.5  # in so many different cells an average label stands, where cells hold labels and not sentences
LEAST_ROWS = 2
METRIC_WORDS = {
    "f1_micro": (
        mark("F1, each label named alike"),
        mark("Balance between finding the labels and naming few wrong ones, over all of them; 1 is perfect."),
    ),
    "f1_macro": (
        mark("F1, each kind of label alike"),
        mark("The same for each label by itself, averaged, so that rare labels count as much; 1 is perfect."),
    ),
    "exact": (mark("All labels right"), mark("The share of rows whose labels it names without any mistake.")),
    "log_loss": (
        mark("Surprise (log loss)"),
        mark("How wrong its percentages are, on average over labels. Smaller is better."),
    ),
}


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = MappingProxyType({})) -> bool:
    """Whether such a column can be the target: its cells hold lists of labels that come again in other cells."""
    cells = [str(value) for value, _ in summary.get("top", ())]
    return kind in ("category", "text") and distinct >= 3 and bool(separator_of(cells))


def natural(summary: Mapping[str, Any]) -> bool:
    """Where cells hold lists, these are meant."""
    return True


def separator_of(cells: Sequence[str]) -> str:
    """What stands between the labels of different cells; empty where they hold no labels.

    Example:
        >>> separator_of(["a; b", "b", "a; c", "c"]), separator_of(["Smith, John", "Doe, Jane", "Roe, Ann"])
        (';', '')
    """
    for separator in SEPARATORS:
        lists = [_labels(cell, separator) for cell in cells]
        found = [label for labels in lists for label in labels]
        different = set(found)
        several = sum(separator in cell for cell in cells)
        if (
            several >= 2
            and len({len(labels) for labels in lists}) > 1  # a place such as “Lyon, France” always has two
            and several >= 0.1 * len(cells)
            and len(different) <= max(MOST_LABELS, 1)
            and len(found) >= SHARED * len(different)
            and max(map(len, different)) <= LONGEST
        ):
            return separator
    return ""


def _labels(cell: str, separator: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (part.strip() for part in cell.split(separator)))))


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives: one for each label."""
    return len(target["labels"])


def fit_target(texts: Iterable[str], kind: str, parse: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The target's recipe from training rows: the labels that stand in at least `LEAST_ROWS` of them.

    Raises:
        DataError: If the cells hold no lists of labels, or no two that come again.
    """
    cells = [cell for cell in _classes.clean(texts) if cell]
    separator = separator_of(list(dict.fromkeys(cells)))
    counts = (
        Counter(label for cell in cells for label in _labels(cell, separator)) if separator else Counter()
    )
    labels = [label for label, rows in counts.most_common(MOST_LABELS) if rows >= LEAST_ROWS]
    if len(labels) < 2:
        raise DataError(
            mark("The target's cells hold no lists of labels that come again, such as “comedy; family”."),
            mark("Part the labels by a semicolon, a bar or a comma, or choose another kind of question."),
        )
    return {"as": "labels", "labels": _classes.sort(labels), "separator": separator}


def encode_target(target: Mapping[str, Any], texts: Iterable[str]) -> np.ndarray:
    """1 for each label of a row and 0 for the others, float32 [rows, labels]; NaN where nothing stands."""
    place = {label: number for number, label in enumerate(target["labels"])}
    cells = _classes.clean(texts)
    encoded = np.zeros((len(cells), len(place)), np.float32)
    for row, cell in enumerate(cells):
        known = [place[label] for label in _labels(cell, target["separator"]) if label in place]
        encoded[row, known] = 1
        if not cell:
            encoded[row] = np.nan
    return encoded


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """Each measure for each weighting of the rows [draws, rows], see `_scores`."""
    true, chances = np.asarray(truth, np.float64), np.asarray(outputs, np.float64)
    said = (chances >= 0.5).astype(np.float64)
    right, named, present = weights @ (true * said), weights @ said, weights @ true
    inside = np.clip(chances, _scores.TINY, 1 - _scores.TINY)
    surprise = -(true * np.log(inside) + (1 - true) * np.log(1 - inside)).mean(1)
    return {
        "f1_micro": _scores.f1(*(part.sum(1) for part in (right, named, present))),
        "f1_macro": _scores.f1(right, named, present).mean(1),
        "exact": _scores.mean((true == said).all(1), weights),
        "log_loss": _scores.mean(surprise, weights),
    }


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """Each measure of the network's outputs [rows, labels] against the encoded truth."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
