"""How well items are recommended, said in plain words."""

from collections.abc import Mapping
from typing import Any

from core.results import ratings
from core.results._rounded import hundred
from core.results.verdict import Told
from core.tastes.apart import why
from core.words import Sentence, mark

FEW = 100
FAR = 0.2  # more bestsellers shown than taken


def tell(results: Mapping[str, Any], facts: Mapping[str, Any]) -> Told:
    """The sentences for figures as `core.results.tastes` collects them."""
    metrics, asked = results["metrics"], results["asked"]
    test = metrics["test"]
    low, high = metrics["intervals"]["hit_10"]
    said = {
        "found": hundred(test["hit_10"]), "low": hundred(low), "high": hundred(high),
        "best": hundred(metrics["baselines"]["bestsellers"]["hit_10"]),
    }  # fmt: skip
    first = (
        mark("{found} of 100 persons found their next item among the ten shown (between {low} and {high}); the bestsellers reach {best}.", **said)
        if asked["by"] == "last"
        else mark("{found} of 100 persons found what they took among the ten shown (between {low} and {high}); the bestsellers reach {best}.", **said)
    )  # fmt: skip
    sentences = [first, _compared(metrics), _asked(asked), why(asked["ordered"], asked["by"])]
    if asked["never"]:
        sentences.append(
            mark("{never:,} of the {taken:,} items that they took were new: nobody had them before, so they cannot be found.",
                 never=asked["never"], taken=asked["taken"])
        )  # fmt: skip
    if results["beside"] and 0 < results["beside"]["share"] < 1:
        sentences.append(
            mark("It mixes two: the network, and a linear model from item to item, which counts {share} of 100. Validation persons decided that.",
                 share=round(100 * results["beside"]["share"]))
        )  # fmt: skip
    elif results["beside"] and results["beside"]["share"] == 1:
        sentences.append(
            mark(
                "The linear model beside the network alone was better for validation persons, so it decides alone."
            )
        )
    sentences.append(_shown(results))
    if results.get("ratings"):
        sentences.append(ratings.told(results["ratings"]))
    return Told(tuple(sentences), tuple(_warnings(results)))


def _asked(asked: Mapping[str, Any]) -> Sentence:
    return mark(
        "{count:,} persons were asked about, each with all {items:,} items to choose from but those that the person had already.",
        count=asked["test"], items=asked["items"],
    )  # fmt: skip


def _compared(metrics: Mapping[str, Any]) -> Sentence:
    """Where it stands among the simple answers, and whether that is sure."""
    others = {name: one["hit_10"] for name, one in metrics["baselines"].items()}
    behind = [name for name in others if (metrics["ahead"][name][0] or 0.0) <= 0]
    also = others.get("item_cosine")
    if behind and also is None:
        return mark("It is not surely better than showing everybody the same.")
    if behind:
        return mark(
            "“Others also had”, as most shops show it, reaches {also} of 100: it is not surely better than all simple ways.",
            also=hundred(also or 0.0),
        )
    if also is None:
        return mark("That is surely better than showing everybody the same.")
    return mark(
        "That is surely better than every simple way; “others also had”, as most shops show it, reaches {also} of 100.",
        also=hundred(also),
    )


def _shown(results: Mapping[str, Any]) -> Sentence:
    test, shown = results["metrics"]["test"], results["shown"]
    return mark(
        "All in all it shows {coverage} of 100 items of the catalogue to somebody; {popular} of 100 that it shows are bestsellers, "
        "and {taken} of 100 that were taken.",
        coverage=hundred(test["coverage"]), popular=hundred(shown["popular"]), taken=hundred(shown["taken"]),
    )  # fmt: skip


def _warnings(results: Mapping[str, Any]) -> list[Sentence]:
    asked, shown, found = results["asked"], results["shown"], []
    if asked["test"] < FEW:
        found.append(
            mark("Only {count} person was kept for the test, so these figures can be off by much.",
                 plural="Only {count:,} persons were kept for the test, so these figures can be off by much.", count=asked["test"])
        )  # fmt: skip
    if shown["popular"] > shown["taken"] + FAR:
        found.append(
            mark(
                "It shows bestsellers far more often than persons take them: rare items hardly get a chance."
            )
        )
    return found
