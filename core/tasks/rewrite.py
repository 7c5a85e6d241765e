"""A question whose answer is another text: a translation, a summary, the same said otherwise."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.tasks import _scores, amount
from core.words import mark

LABEL = mark("Translate or rewrite texts")
HELP = mark(
    "Learns from pairs of texts, such as sentences and their translations, to turn a new text into another one."
)
ACTIVATION = "softmax"
FORM = "text"
LOSS = "sparse_categorical_crossentropy"
PADDING = 0
FINISH = "rewriting"
MAIN = "chrf"
WATCHED = "accuracy"
HIGHER_IS_BETTER = True
METRIC_WORDS = {
    "chrf": (
        mark("Likeness to the true text (chrF)"),
        mark(
            "How many runs of letters its texts share with the true ones, from 0 to 100. Larger is better; another good "
            "wording counts as a slip."
        ),
    ),
    "bleu": (
        mark("Shared words and phrases (BLEU)"),
        mark(
            "How many words and runs of up to four words its texts share with the true ones, from 0 to 100. Larger is better."
        ),
    ),
    "exact": (
        mark("Exactly the true text"),
        mark("The share of texts that it wrote letter for letter as they stand in the table."),
    ),
    "kept": (
        mark("Placeholders kept"),
        mark(
            "Of the texts with placeholders such as “%s” or tags, the share in which it carried all of them over."
        ),
    ),
    "accuracy": (
        mark("Next piece right"),
        mark("While training: the share of pieces of words that it held to be the likeliest, given the true ones before."),
    ),
    "bits": (
        mark("Bits per piece"),
        mark(
            "While training: how much it still has to be told at each piece of a word, in yes-or-no questions. Smaller is better."
        ),
    ),
}  # fmt: skip
TINY = 1e-9
HOLDS = ("text",)  # kinds of column that may hold either side
# What columns are called that hold the texts to begin with, and those that they become.
BEFORE = ("source", "original", "before", "input", "原文", "源", "quelle", "origen", "texte source")
AFTER = (
    "translation", "translated", "target", "rewritten", "rewrite", "paraphrase", "simplified", "summary", "after", "output",
    "译文", "翻译", "目标", "摘要", "改写", "übersetzung", "traduction", "traducción",
)  # fmt: skip


def fits(
    kinds: Mapping[str, str], distinct: Mapping[str, int], target: str, languages: Mapping[str, str]
) -> tuple[str, ...]:
    """The one column whose texts may become those of the target; none where there is none.

    Args:
        kinds: The kind of each column.
        distinct: How many different values each has.
        languages: The language of each column whose language is known; another one than the target's is the likeliest.
    """
    if kinds[target] not in HOLDS or distinct[target] < 2:
        return ()
    found = [name for name in kinds if name != target and kinds[name] in HOLDS and distinct[name] > 1]
    apart = [name for name in found if speaks_otherwise(languages, name, target)]
    called = [name for name in found if _called(name, BEFORE)]
    return tuple((called or apart or found)[:1])


def meant(source: str, target: str, languages: Mapping[str, str]) -> bool:
    """Whether the columns speak for this task before all others: by their names, or because their languages differ."""
    named = _called(source, BEFORE) or _called(target, AFTER)
    return named or speaks_otherwise(languages, source, target)


def speaks_otherwise(languages: Mapping[str, str], one: str, other: str) -> bool:
    """Whether both columns' languages are known and differ."""
    return bool(languages.get(one) and languages.get(other)) and languages[one] != languages[other]


def _called(column: str, words: tuple[str, ...]) -> bool:
    return any(word in column.lower() for word in words)


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = amount.NOTHING) -> bool:
    """Never by the column alone: whether there is a text beside it, `core.suggest` knows."""
    return False


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives at each place: one for each code."""
    return target["vocabulary"]


def steps(target: Mapping[str, Any]) -> int:
    """At how many places it answers: after the beginning and after each token."""
    return target["length"]


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """What can be told while it trains: right guesses and bits at each place that counts, each row weighted.

    Args:
        truth: The true codes [rows, places]; 0 where a text has ended.
        outputs: Chances [rows, places, codes].
    """
    truth, outputs = np.asarray(truth, np.int64), np.asarray(outputs)
    counts = truth != PADDING
    said = np.take_along_axis(outputs, truth[..., None], -1)[..., 0].astype(np.float64)
    bits = np.where(counts, -np.log2(np.maximum(said, TINY)), 0.0).sum(1)
    right = ((outputs.argmax(-1) == truth) & counts).sum(1)
    places = np.maximum(weights @ counts.sum(1), 1)
    return {"accuracy": weights @ right / places, "bits": weights @ bits / places}


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """As `scores`, each row counted once."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
