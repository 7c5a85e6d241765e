"""Nearly the same texts are found among many, held to comparing every text with every other one."""

import random
from itertools import combinations

import pytest

from core.results import near_copies

WORDS = [
    "the",
    "a",
    "red",
    "blue",
    "green",
    "house",
    "garden",
    "road",
    "was",
    "is",
    "very",
    "good",
    "bad",
    "old",
    "new",
    "kitchen",
    "window",
    "door",
    "roof",
    "floor",
]


def runs(text: str) -> set[str]:
    text = near_copies.plain(text).ljust(near_copies.RUN)
    return {text[at : at + near_copies.RUN] for at in range(len(text) - near_copies.RUN + 1)}


def share(one: str, other: str) -> float:
    return len(runs(one) & runs(other)) / len(runs(one) | runs(other))


def many() -> list[str]:
    dice = random.Random(4)
    texts = [" ".join(dice.choices(WORDS, k=dice.randint(8, 30))) for _ in range(150)]
    for place in range(0, 100, 2):
        words = texts[place].split()
        words[dice.randrange(len(words))] = dice.choice(WORDS)
        texts.append(" ".join(words))
    return texts


def test_pairs_are_those_that_share_enough_when_all_are_compared():
    texts = many()
    right = {
        (one, other): share(texts[one], texts[other])
        for one, other in combinations(range(len(texts)), 2)
        if share(texts[one], texts[other]) >= near_copies.ALIKE
    }
    assert len(right) > 20
    found = {(pair.first, pair.second): pair.alike for pair in near_copies.find(texts)}
    assert found == pytest.approx(right)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Great phone, really!", "GREAT PHONE... REALLY"),
        ("Order 1234 came late", "order 9876 came late"),
        ("ｇｏｏｄ　ｐｈｏｎｅ　ｉｎｄｅｅｄ", "good phone indeed"),
        ("这家酒店的服务非常好", "这家酒店的服务，非常好！"),
    ],
)
def test_case_signs_digits_and_width_do_not_matter(one: str, other: str):
    assert near_copies.find(["something else altogether", one, other]) == [near_copies.Pair(1, 2, 1.0)]


def test_of_many_copies_each_is_paired_with_the_first():
    found = near_copies.find(["this is the same text"] * 5)
    assert [(pair.first, pair.second) for pair in found] == [(0, 1), (0, 2), (0, 3), (0, 4)]


def test_texts_that_say_hardly_anything_are_near_to_none():
    assert near_copies.find(["thanks", "thanks", "", "", "!!!", "ok", "好", "好"]) == []


def test_long_texts_count_as_far_as_they_are_compared():
    text = " ".join(random.Random(2).choices(WORDS, k=3_000))
    assert len(near_copies.find([text, text + " and one more", "short but long enough"])) == 1


@pytest.mark.parametrize(
    "texts", [[], ["only one text here"], ["\ud800 broken letters here", "\ud800 broken letters here"]]
)
def test_few_or_broken_texts_do_no_harm(texts: list[str]):
    assert len(near_copies.find(texts)) == (len(texts) == 2)
