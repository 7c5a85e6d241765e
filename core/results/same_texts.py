"""Texts that come twice, word for word or nearly so: with different answers, or both in training and in the test.

same_texts.json   in the run's folder: pairs that disagree, and how the test rows fare that the training knew already
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core import home
from core.results import both_labels, near_copies
from core.words import Sentence, mark

FILE = "same_texts.json"
MOST_KEPT = 2_000  # pairs that disagree
LEAST_KNOWN, LEAST_SHARE = 3, 0.02  # test rows, and their share, from which on the figures are doubted
FEW_LEFT = 20  # test rows without which no figure is told

Pair = dict[str, Any]


def only_column(made: Mapping[str, Any]) -> str | None:
    """The column of texts that is all that the model answers from; None where there is more, or something else."""
    columns = {recipe["column"] for recipe in made["columns"]}
    texts = {recipe["column"] for recipe in made["columns"] if recipe["kind"] == "text"}
    return next(iter(columns)) if len(columns) == 1 and columns == texts else None


def disagreeing(texts: Sequence[str], labels: Sequence[str], pairs: Sequence[near_copies.Pair]) -> list[Pair]:
    """Pairs of texts with different answers: `first` and `second`, their places, and how much they are `alike`.

    Those that are the same word for word come first and have `exact`; each such text is told once.

    Args:
        pairs: What `near_copies.find` says of these texts.
    """
    found = []
    for torn in both_labels.find(texts, labels):
        first = torn.rows[0]
        second = next(row for row in torn.rows if labels[row] != labels[first])
        found.append({"first": first, "second": second, "alike": 1.0, "exact": True})
    near = [
        {"first": pair.first, "second": pair.second, "alike": round(pair.alike, 3), "exact": False}
        for pair in pairs
        if labels[pair.first] and labels[pair.second] and labels[pair.first] != labels[pair.second]
        and both_labels.plain(texts[pair.first]) != both_labels.plain(texts[pair.second])
    ]  # fmt: skip
    return found + sorted(near, key=lambda pair: -pair["alike"])


def known(pairs: Sequence[near_copies.Pair], tests: np.ndarray) -> np.ndarray:
    """Which rows of the test are nearly the same as a row outside it, bool [rows].

    Args:
        tests: Which of all rows test.
    """
    # Pairs with the first of a group say who belongs together.
    group = np.arange(len(tests))
    for pair in pairs:
        if pair.alike == 1.0:
            group[pair.second] = group[pair.first]
    outside = np.zeros(len(tests), bool)
    np.logical_or.at(outside, group, ~tests)
    near = outside.copy()
    for pair in pairs:
        one, other = group[pair.first], group[pair.second]
        near[one] |= outside[other]
        near[other] |= outside[one]
    return near[group] & tests


def write(
    folder: Path,
    texts: Sequence[str],
    labels: Sequence[str],
    numbers: np.ndarray,
    tests: np.ndarray,
    right: np.ndarray | None,
    *,
    classes: bool,
) -> None:
    """Look at all rows with an answer, and keep in the run's folder what is found.

    Args:
        labels: The answers as they stand in the table, without spaces around them.
        numbers: Each row's number in the data set.
        tests: Which of them test.
        right: Whether the model was right about each test row, in their order; None where that is no yes or no.
        classes: Whether different answers contradict each other.
    """
    pairs = near_copies.find(texts)
    torn = disagreeing(texts, labels, pairs) if classes else []
    seen = known(pairs, tests)[tests]
    kept = [
        {**pair, **{
            name: {"row": int(numbers[place]), "text": texts[place], "answer": labels[place]}
            for name, place in (("first", pair["first"]), ("second", pair["second"]))
        }}
        for pair in torn[:MOST_KEPT]
    ]  # fmt: skip
    left = int((~seen).sum())
    figures = (
        {"all": float(right.mean()), "new": float(right[~seen].mean())} if right is not None and left else {}
    )
    home.write_json(folder / FILE, {
        "pairs": kept, "exact": sum(pair["exact"] for pair in torn), "near": sum(not pair["exact"] for pair in torn),
        "known": int(seen.sum()), "tested": len(seen), "right": figures if left >= FEW_LEFT else {},
    })  # fmt: skip


def read(folder: Path) -> dict[str, Any] | None:
    """What was found, as `write` keeps it; None where nothing was looked for."""
    try:
        return home.read_json(folder / FILE)
    except FileNotFoundError:
        return None


def told(found: Mapping[str, Any]) -> list[Sentence]:
    """What to say of texts that contradict each other: one sentence for those word for word, one for the others."""
    sentences = []
    if found["exact"]:
        sentences.append(mark(
            "{count} text comes with different answers, word for word: one of them must be wrong.",
            plural="{count:,} texts come with different answers, word for word: of each, one must be wrong.",
            count=found["exact"],
        ))  # fmt: skip
    if found["near"]:
        sentences.append(mark(
            "{count} pair of texts is nearly the same but answered differently: look whether one answer is a slip.",
            plural="{count:,} pairs of texts are nearly the same but answered differently: look which answers are slips.",
            count=found["near"],
        ))  # fmt: skip
    return sentences


def doubts(found: Mapping[str, Any]) -> list[Sentence]:
    """That the figures are too good because the training knew test rows already; nothing where they are few."""
    if found["known"] < max(LEAST_KNOWN, LEAST_SHARE * found["tested"]):
        return []
    sentence = mark(
        "{count:,} of {total:,} test rows are nearly the same text as a row that it had already seen: "
        "on new texts it will be less good than these figures.",
        count=found["known"], total=found["tested"],
    )  # fmt: skip
    right = found["right"]
    if not right or right["new"] >= right["all"]:
        return [sentence]
    return [sentence, mark(
        "On the other {count:,} test rows it gets {new} of 100 right; on all of them, {all} of 100.",
        count=found["tested"] - found["known"], new=round(100 * right["new"]), all=round(100 * right["all"]),
    )]  # fmt: skip
