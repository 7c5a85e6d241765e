"""The figures said in plain words: what it is worth, against guessing, a simple model and trees; and what to doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.results import _labels as labels
from core.results._rounded import hundred, short
from core.words import Sentence, mark

FEW_ROWS = 200
LONGEST_NAME = 60
GOOD_ECE = 0.05


@dataclass(frozen=True)
class Told:
    """What is said about a model; the first sentence is the headline.

    Args:
        sentences: What it can do, and how that compares.
        warnings: What makes the figures doubtful.
    """

    sentences: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]


def tell(results: Mapping[str, Any], target: Mapping[str, Any], facts: Mapping[str, Any]) -> Told:
    """The sentences for figures as `evaluate` collects them."""
    first = {
        "yes_no": _yes_no,
        "one_of_many": _one_of_many,
        "amount": _amount,
        "count": _amount,
        "amount_range": _amount_range,
        "ordered": _ordered,
        "many_of_many": labels.tell,
    }[results["task"]]
    sentences = first(results, target)
    if _tells_apart(results):
        sentences += _comparison(results["metrics"])
    sentences += _percentages(results)
    return Told(tuple(sentences), tuple(_warnings(results, target, facts)))


def _tells_apart(results: Mapping[str, Any]) -> bool:
    """Whether the test rows differ enough that the main metric exists at all."""
    return bool(np.isfinite(results["metrics"]["test"][results["main"]]))


def _right(results: Mapping[str, Any], target: Mapping[str, Any]) -> Sentence:
    metrics = results["metrics"]
    low, high = metrics["intervals"]["accuracy"]
    counts = np.asarray(results["confusion"]["counts"]).sum(1)
    return mark(
        "Of 100 rows it has never seen, it gets {right} right (between {low} and {high}); "
        "always answering “{common}” would get {guess}.",
        right=hundred(metrics["test"]["accuracy"]), low=hundred(low), high=hundred(high),
        common=_common(target, counts), guess=hundred(metrics["baselines"]["most_frequent"]["accuracy"]),
    )  # fmt: skip


def _common(target: Mapping[str, Any], counts: np.ndarray) -> str:
    return _name(target, counts.argmax())


def _name(target: Mapping[str, Any], place: Any) -> str:
    """A class's name, short enough for a sentence."""
    return target["classes"][int(place)][:LONGEST_NAME]


def _yes_no(results: Mapping[str, Any], target: Mapping[str, Any]) -> list[Sentence]:
    no, yes = (_name(target, place) for place in (0, 1))
    sentences = [_right(results, target)]
    auc = results["metrics"]["test"]["roc_auc"]
    if np.isfinite(auc):
        sentences.append(
            mark(
                "Shown one row with “{yes}” and one with “{no}”, it ranks them rightly {wins} times of 100; "
                "guessing would be 50.",
                yes=yes,
                no=no,
                wins=hundred(auc),
            )
        )
    if "threshold" in target:
        sentences.append(
            mark("It says “{yes}” from a chance of {chance:.1%} on.", yes=yes, chance=target["threshold"])
        )
    (_, alarms), (missed, found) = np.asarray(results["confusion"]["counts"]).tolist()
    sentences.append(
        mark(
            "Of {count:,} rows that are “{yes}” it finds {found:,}, and it takes {alarms:,} others for one.",
            count=missed + found,
            yes=yes,
            found=found,
            alarms=alarms,
        )
    )
    return sentences


def _one_of_many(results: Mapping[str, Any], target: Mapping[str, Any]) -> list[Sentence]:
    sentences = [_right(results, target)]
    counts = np.asarray(results["confusion"]["counts"])
    mistaken = counts - np.diag(np.diag(counts))
    if mistaken.any():
        true, said = np.unravel_index(mistaken.argmax(), mistaken.shape)
        sentences.append(
            mark(
                "Its most frequent mistake: “{true}” taken for “{said}”, {count:,} time.",
                plural="Its most frequent mistake: “{true}” taken for “{said}”, {count:,} times.",
                true=_name(target, true),
                said=_name(target, said),
                count=int(mistaken.max()),
            )
        )
    return sentences


def _ordered(results: Mapping[str, Any], target: Mapping[str, Any]) -> list[Sentence]:
    metrics = results["metrics"]
    measured, (low, high) = metrics["test"], metrics["intervals"]["accuracy"]
    return [
        mark(
            "Of 100 rows it has never seen, it gets {right} right (between {low} and {high}), and {near} at most one step off.",
            right=hundred(measured["accuracy"]), low=hundred(low), high=hundred(high), near=hundred(measured["near"]),
        ),
        mark(
            "It is {steps} steps off on average; always giving the answer in the middle would be {guess} steps off.",
            steps=short(measured["steps"]), guess=short(metrics["baselines"]["most_frequent"]["steps"]),
        ),
    ]  # fmt: skip


def _amount(results: Mapping[str, Any], target: Mapping[str, Any]) -> list[Sentence]:
    metrics = results["metrics"]
    low, high = metrics["intervals"]["mae"]
    scatter = results["scatter"]
    misses = np.abs(np.subtract(scatter["true"], scatter["predicted"]))
    sentences = [
        mark(
            "On rows it has never seen, it misses “{target}” by {miss:,} on average (between {low:,} and {high:,}); "
            "always answering the mean, {mean:,}, would miss by {guess:,}.",
            target=results["target"], miss=short(metrics["test"]["mae"]), low=short(low), high=short(high),
            mean=short(target["mean"] or target["scale"]), guess=short(metrics["baselines"]["most_frequent"]["mae"]),
        )
    ]  # fmt: skip
    if np.isfinite(metrics["test"]["r2"]):
        sentences.append(mark(
            "It explains {share:.1%} of the differences between rows (R²), and half of its answers are off by "
            "less than {half:,}.",
            share=metrics["test"]["r2"], half=short(float(np.median(misses))),
        ))  # fmt: skip
    return sentences


def _amount_range(results: Mapping[str, Any], target: Mapping[str, Any]) -> list[Sentence]:
    metrics, shares = results["metrics"], target["range"]["shares"]
    measured, (low, high) = metrics["test"], metrics["intervals"]["mae"]
    least, most = metrics["intervals"]["coverage"]
    _, *others = _amount(results, target)
    return [
        mark(
            "On rows it has never seen, it misses “{target}” by {miss:,} on average (between {low:,} and {high:,}); "
            "always giving the same answer would miss by {guess:,}.",
            target=results["target"], miss=short(measured["mae"]), low=short(low), high=short(high),
            guess=short(metrics["baselines"]["most_frequent"]["mae"]),
        ),
        mark(
            "Its range holds the true value for {held} rows of 100 (between {low} and {high}; it is meant to be {meant}), "
            "and is {width:,} wide on average.",
            held=hundred(measured["coverage"]), low=hundred(least), high=hundred(most),
            meant=round((shares[-1] - shares[0]) * 100), width=short(measured["width"]),
        ),
        *others,
    ]  # fmt: skip


def _comparison(metrics: Mapping[str, Any]) -> list[Sentence]:
    """Whether guessing, a linear model or trees would do as well, judged on the same draws of rows."""
    place = {name: _sign(ahead) for name, ahead in metrics["ahead"].items()}
    if place.get("most_frequent", 1) <= 0:
        return [mark("That is no better than always giving the same answer: these columns do not tell it.")]
    said = {
        ("linear", 1): mark("It is better than a simple linear model."),
        ("linear", 0): mark("A simple linear model is just as good here."),
        ("linear", -1): mark(
            "A simple linear model is better here: the network has not found what there is to find."
        ),
        ("gradient_boosting", 1): mark("It is better than boosted decision trees."),
        ("gradient_boosting", 0): mark("Boosted decision trees are as good."),
        ("gradient_boosting", -1): mark("Boosted decision trees are better here."),
    }
    return [said[name, sign] for name, sign in place.items() if (name, sign) in said]


def _percentages(results: Mapping[str, Any]) -> list[Sentence]:
    """Whether its chances can be taken at their word; nothing where there are too few rows to tell."""
    off = results["metrics"]["test"].get("ece")
    if off is None:
        return []
    if off <= GOOD_ECE:
        return [
            mark(
                "Its percentages can be taken at their word: on average they are {points:.1f} points of 100 off.",
                points=off * 100,
            )
        ]
    if off < 2 * _by_luck(results["calibration"]):
        return []
    return [
        mark(
            "Its percentages are {points:.1f} points of 100 off on average: take them as a ranking, not as chances.",
            points=off * 100,
        )
    ]


def _by_luck(bins: list[Mapping[str, Any]]) -> float:
    """How far off even perfect chances would be on so many rows: the mean distance of a normal curve, for each bin."""
    rows = sum(entry["rows"] for entry in bins)
    spreads = [(entry["said"] * (1 - entry["said"]) * entry["rows"]) ** 0.5 for entry in bins]
    return (2 / np.pi) ** 0.5 * sum(spreads) / rows


def _sign(ahead: Any) -> int:
    """1 where the whole interval of the difference is above zero, -1 where it is below, else 0."""
    low, high = ahead
    return int(low > 0) - int(high < 0)


def _warnings(
    results: Mapping[str, Any], target: Mapping[str, Any], facts: Mapping[str, Any]
) -> list[Sentence]:
    found = []
    rows = facts["rows"]["test"]
    if rows < FEW_ROWS:
        found.append(
            mark(
                "With only {count} test row, the figures say little.",
                plural="With only {count} test rows, the figures are rough; another split may show others.",
                count=rows,
            )
        )
    if not _tells_apart(results):
        found.append(
            mark("All test rows have the same answer, so they cannot show what the model tells apart.")
        )
    if "confusion" in results:
        counts = np.asarray(results["confusion"]["counts"])
        found += [
            mark("It never answers “{name}”, although that is true of {count:,} row.",
                 plural="It never answers “{name}”, although that is true of {count:,} rows.",
                 name=_name(target, place), count=int(counts[place].sum()))
            for place in np.flatnonzero((counts.sum(0) == 0) & (counts.sum(1) > 0))
        ]  # fmt: skip
    return found + _too_good(results)


def _too_good(results: Mapping[str, Any]) -> list[Sentence]:
    """A nearly perfect model that leans on one column has most often been told the answer."""
    main = results["metrics"]["test"][results["main"]]
    if not results["importance"] or not main > 0.995:
        return []
    first, *rest = results["importance"]
    if first["drop"] < 0.1 or any(entry["drop"] > first["drop"] / 4 for entry in rest):
        return []
    return [
        mark(
            "It is almost never wrong, and nearly all of that comes from “{column}”. "
            "Make sure that this is known before “{target}” is.",
            column=first["column"], target=results["target"],
        )
    ]  # fmt: skip
