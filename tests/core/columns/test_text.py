"""A column of texts is read by as many pieces as its texts give reason for."""

from typing import Any

import numpy as np

from core import recipes
from core.columns import text
from core.pieces import pieces

TOPICS = ("the service was slow and the food was cold", "it arrived quickly and works as described")


def read(texts: list[str]) -> dict[str, Any]:
    """The recipe of each view, by its name, and the column's own as `""`."""
    answers = np.arange(len(texts)) % len(TOPICS)
    return {way.get("view", ""): way for way in text.every_way(texts, text.reading(texts), "remark", answers)}


def some(count: int, sentences: int) -> list[str]:
    return [" ".join([f"{TOPICS[row % 2]} {row}."] * sentences) for row in range(count)]


def test_of_few_texts_even_what_occurs_once_is_counted() -> None:
    ways = read([*some(40, 1), "unheard-of"])
    numbers = set(pieces(["unheard"], letters=False)[1].tolist())
    assert numbers & set(ways["counts"]["features"][0]["known"])
    assert not numbers & set(
        ways[""]["features"][0]["known"]
    )  # which is read place by place, by tables' templates


def test_of_many_texts_only_what_comes_back_is_counted() -> None:
    many = [*some(text.FEW + 10, 1), "unheard-of"]
    known = set(read(many)["counts"]["features"][0]["known"])
    assert not set(pieces(["unheard"], letters=False)[1].tolist()) & known
    assert set(pieces(["service"], letters=False)[1].tolist()) & known


def test_long_texts_are_counted_by_words_and_pairs_alone() -> None:
    short, long = read(some(40, 1))["counts"], read(some(40, 20))["counts"]
    assert "letters" not in short["features"][0]
    assert long["features"][0]["letters"] is False
    runs = set(pieces(["service"])[1].tolist()) - set(pieces(["service"], letters=False)[1].tolist())
    assert runs & set(short["features"][0]["known"])
    assert not runs & set(long["features"][0]["known"])


def test_what_is_counted_of_long_texts_is_counted_again_by_the_recipe() -> None:
    texts = some(40, 20)
    way = {**read(texts)["counts"], "input": "remark"}
    found = recipes.encode_column(way, texts[:2])
    held = [set(row[row[:, 0] > 0, 0].tolist()) for row in np.asarray(found)]
    assert held[0] != held[1]
    assert min(len(one) for one in held) >= len(set(TOPICS[1].split()))
