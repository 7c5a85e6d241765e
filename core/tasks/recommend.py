"""A question whose answer is a list of items for a person, such as films, learned from who did what."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from core.tasks import _scores
from core.words import mark

LABEL = mark("Recommend to each person")
HELP = mark(
    "From who bought, saw or rated what: it finds the items that suit each person next, and proves that it beats showing everybody the bestsellers."
)
FORM = "items"
ACTIVATION = "scores"  # a number for each item, see `core.worker.own.item_scores`
LOSS = "NextItems"
OWN_LOSS = True
FINISH = "tastes"
MAIN = "ndcg_10"
HIGHER_IS_BETTER = True
SHOWN = 10
METRIC_WORDS = {
    "ndcg_10": (
        mark("How far up the next item stands (NDCG@10)"),
        mark("1 where it stands first among the ten shown, less the further down, 0 where it is not among them, on average."),
    ),
    "recall_10": (
        mark("Next items found among ten (recall@10)"),
        mark("The share of what persons really took next that stands among the ten items shown."),
    ),
    "hit_10": (
        mark("Persons who find something among ten (hit rate)"),
        mark("The share of persons for whom at least one right item stands among the ten shown."),
    ),
    "mrr": (
        mark("How far up the first right item stands (MRR)"),
        mark("1 where it stands first, a half where second, a third where third, and so on, on average."),
    ),
    "map_10": (
        mark("Right ones near the top (MAP@10)"),
        mark("How many of the items down to each right one are right, on average over the right ones."),
    ),
    "coverage": (
        mark("Share of the catalogue that is shown"),
        mark("How many of all items are shown to somebody: the bestsellers alone would be a few."),
    ),
    "novelty": (
        mark("How little known it is (novelty, bits)"),
        mark("An item that half of all persons had counts 1, one that a quarter had 2, and so on. Larger is not always better."),
    ),
    "popularity": (
        mark("Persons who had what is shown (popularity)"),
        mark("The share of all persons who already had an item that is shown, on average: a high one means bestsellers."),
    ),
}  # fmt: skip
PERSONS = (
    "user", "person", "customer", "client", "member", "student", "visitor", "buyer", "reader", "player", "account", "patient",
    "subscriber", "session", "kunde", "nutzer", "cliente", "usuario", "utilisateur", "用户", "客户", "会员", "顾客", "买家",
)  # fmt: skip
ITEMS = (
    "item", "product", "movie", "film", "article", "song", "track", "book", "game", "lecturer", "course", "video", "sku", "asin",
    "show", "artist", "recipe", "restaurant", "artikel", "produkt", "producto", "produit", "商品", "产品", "电影", "物品", "歌曲",
)  # fmt: skip
HOLDS = ("identifier", "category", "number", "text")
FEWEST, AGAIN = 20, 1.5  # values of a column, and how often each has to come on average


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = MappingProxyType({})) -> bool:
    """Never by the column alone: whether there are persons beside it, `core.tastes` knows."""
    return False


def named(column: str, words: tuple[str, ...]) -> bool:
    """Whether a column is called by one of these words, as a whole word or the beginning of one.

    Example:
        >>> named("user_id", PERSONS), named("MovieTitle", ITEMS), named("quantity", ITEMS)
        (True, True, False)
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).lower()
    parts = re.split(r"[^\w]+|_|\d", apart)
    return any(
        part.startswith(word) or (not word.isascii() and word in part) for word in words for part in parts
    )


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the end gives: one for each item, and one that stands for none."""
    return target["items"] + 1


def ranks(outputs: np.ndarray, right: np.ndarray, seen: np.ndarray | None = None) -> np.ndarray:
    """How many other items stand before each right one, int64 of `right`'s shape; -1 where `right` is 0.

    Right ones are no rivals of each other's: `of_ranks` puts them in their order. Equal scores stand in the items' order.

    Args:
        outputs: A score for each code, [rows, codes].
        right: Codes, [rows, most], 0 fills up.
        seen: Codes that are not to be shown, [rows, any], 0 fills up.
    """
    scores = np.array(outputs, np.float32)
    scores[:, 0] = -np.inf
    if seen is not None and seen.size:
        np.put_along_axis(scores, seen, -np.inf, axis=1)
    found = np.full(right.shape, -1, np.int64)
    codes = np.arange(scores.shape[1])
    for place in range(right.shape[1]):
        code = right[:, place]
        own = np.take_along_axis(scores, code[:, None], 1)
        # What has no number cannot be shown, wherever it would stand in the list.
        before = (scores > own).sum(1) + ((scores == own) & (codes < code[:, None])).sum(1)
        found[:, place] = np.where(code > 0, np.where(np.isfinite(own[:, 0]), before, scores.shape[1]), -1)
    return found


def of_ranks(places: np.ndarray, weights: np.ndarray, shown: int = SHOWN) -> _scores.Scores:
    """Each measure for each weighting of the persons [draws, persons].

    Args:
        places: Where each right item stands, from 0 on, [persons, most]; -1 fills up. Each person has one at least.
        shown: How many items are shown.

    Source: Järvelin and Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", ACM TOIS 20 (2002), with gains of 0
        and 1; the mean average precision of TREC, cut at `shown` and divided by what could be found there.
    """
    each = by_person(places, shown)
    return {name: _scores.mean(values, weights) for name, values in each.items()}


def by_person(places: np.ndarray, shown: int = SHOWN) -> dict[str, np.ndarray]:
    """Each measure for each person, float64 [persons].

    Example:
        >>> {name: round(float(value[0]), 4) for name, value in by_person(np.array([[0, 2, -1]])).items()}
        {'ndcg_10': 0.9197, 'recall_10': 1.0, 'hit_10': 1.0, 'mrr': 1.0, 'map_10': 0.8333}
    """
    there = places >= 0
    ordered = np.sort(np.where(there, places, np.iinfo(np.int64).max), axis=1)
    found = ordered < shown
    count = there.sum(1)
    most = np.minimum(count, shown)
    gains = np.where(found, 1 / np.log2(2.0 + np.where(found, ordered, 0)), 0.0).sum(1)
    ideal = np.cumsum(1 / np.log2(2.0 + np.arange(shown)))[np.maximum(most, 1) - 1]
    among = np.arange(1, places.shape[1] + 1)[None, :]
    precision = np.where(found, among / (1.0 + np.where(found, ordered, 0)), 0.0).sum(1)
    return {
        "ndcg_10": gains / ideal,
        "recall_10": found.sum(1) / np.maximum(count, 1),
        "hit_10": (found.any(1)).astype(np.float64),
        "mrr": 1 / (1.0 + ordered[:, 0]),
        "map_10": precision / np.maximum(most, 1),
    }


def parted(truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The right codes and those seen before, of an encoded target: the former are above 0, the latter below."""
    truth = np.asarray(truth).astype(np.int64)
    return np.maximum(truth, 0), np.maximum(-truth, 0)


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """As `of_ranks`, ranking all items that a person has not seen.

    Args:
        truth: Codes, [persons, any], see `parted`.
        outputs: A score for each code, [persons, codes].
    """
    right, seen = parted(truth)
    right = -np.sort(-right, axis=1)[:, : max(1, int((right > 0).sum(1).max(initial=0)))]
    return of_ranks(ranks(outputs, right, seen), weights)


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """As `scores`, each person counted once."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
