"""How well answers are found, said in plain words."""

from collections.abc import Mapping
from typing import Any

from core.results._rounded import hundred
from core.results.verdict import Told
from core.words import Sentence, mark

FEW = 100


def tell(results: Mapping[str, Any]) -> Told:
    """The sentences for figures as `core.results.replies` collects them."""
    metrics, asked = results["metrics"], results["asked"]
    test, guess = metrics["test"], metrics["baselines"]["most_frequent"]
    low, high = metrics["intervals"]["recall_1"]
    sentences = [
        mark(
            "Of 100 questions it has never seen, it puts a right answer first for {right} (between {low} and {high}) and "
            "among its best five for {five}; always giving the most frequent answers would come to {guess} and {guess_five}.",
            right=hundred(test["recall_1"]), low=hundred(low), high=hundred(high), five=hundred(test["recall_5"]),
            guess=hundred(guess["recall_1"]), guess_five=hundred(guess["recall_5"]),
        ),
        mark(
            "It was asked {count} question and had {answers:,} answers to choose from.",
            plural="It was asked {count:,} questions and had {answers:,} answers to choose from.",
            count=asked["test"], answers=asked["answers"],
        ),
        _compared(metrics),
    ]  # fmt: skip
    if asked["new"]:
        sentences.append(
            mark("For {new:,} of these questions no right answer was ever an answer in training: there it can only lean on what texts mean.",
                 new=asked["new"])
        )  # fmt: skip
    if asked["alike"] < 0.95:
        sentences.append(
            mark(
                "It also goes by known questions that are like the new one, which finds more right answers here."
            )
        )
    return Told(tuple(sentences), tuple(_warnings(results)))


def _compared(metrics: Mapping[str, Any]) -> Sentence:
    words, alone = (metrics["baselines"][name]["recall_1"] for name in ("shared_words", "meaning_alone"))
    behind = [name for name in ("shared_words", "meaning_alone") if (metrics["ahead"][name][0] or 0.0) <= 0]
    said = {"words": hundred(words), "meaning": hundred(alone)}
    if behind:
        return mark(
            "A search by shared words puts {words} of 100 right answers first, and the meaning of texts without learning {meaning}: it is not surely better than both.",
            **said,
        )  # fmt: skip
    return mark(
        "That is better than a search by shared words, which puts {words} of 100 right answers first, and than the meaning of texts without learning with {meaning}.",
        **said,
    )  # fmt: skip


def _warnings(results: Mapping[str, Any]) -> list[Sentence]:
    asked = results["asked"]
    if asked["test"] >= FEW:
        return []
    return [
        mark("Only {count} question was kept for the test, so these figures can be off by much.",
             plural="Only {count:,} questions were kept for the test, so these figures can be off by much.", count=asked["test"]),
    ]  # fmt: skip
