"""What is carried out of here recommends by hand-made weights as it should."""

import numpy as np

from core import recommending

RECIPES = {
    "target": {"column": "film", "person": "who", "items": 3, "share": 1.0, "half": 0.0},
    "inputs": {"past": {"shape": [3]}},
}
STORED = {
    "persons": ["Ann", "Bob"], "items": ["x", "y", "z"], "place": {"Ann": 1, "Bob": 2}, "plain": {"ann": 1, "bob": 2},
    "starts": np.array([0, 1, 3]), "did": np.array([1, 3, 2]), "avoid_starts": np.array([0, 1, 1]), "avoid": np.array([2]),
    "weights": np.array([[0, 0, 0, 0], [0, 0, 0.2, 0.5], [0, 0.4, 0, 0.1], [0, 0.3, 0.2, 0]], np.float32),
}  # fmt: skip


def silent(arrays):
    return np.zeros((len(arrays["past"]), 4), np.float32)


def test_what_was_had_or_disliked_is_left_out():
    assert [row["film"] for row in recommending.lines(RECIPES, STORED, silent, ["Ann"])] == ["z"]
    kept = recommending.lines(RECIPES, STORED, silent, ["ann "], keep_seen=True)
    assert [row["film"] for row in kept] == ["z", "x"]
    assert list(kept[0]) == ["who", "film", "rank", "score"]


def test_each_person_is_answered_once_and_the_empty_name_nobody():
    rows = recommending.lines(RECIPES, STORED, silent, ["Bob", "", None, "Bob", "Zoe"])
    assert list(dict.fromkeys(row["who"] for row in rows)) == ["Bob", "Zoe"]


def test_columns_called_rank_or_score_keep_their_names():
    recipes = {**RECIPES, "target": {**RECIPES["target"], "column": "score", "person": "rank"}}
    assert recommending.answer_names(recipes) == ["rank", "score", "rank_", "score_"]


def test_what_was_long_ago_fades_by_halves():
    found = recommending.counts([np.array([3, 1, 2])], 4, half=1.0)
    assert found.tolist() == [[0.0, 0.5, 1.0, 0.25]]
    assert recommending.latest([np.array([3, 1, 2]), np.array([2])], 2).tolist() == [[1, 2], [0, 2]]


def test_the_reason_is_what_speaks_most_for_an_item():
    assert recommending.because(STORED, np.array([1, 2]), 3) == [1, 2]
    assert recommending.because(STORED, np.array([], int), 3) == []


def test_a_linear_model_listed_by_the_item_that_speaks_says_the_same_as_its_table():
    table = STORED["weights"]
    causes, to = np.nonzero(table)
    starts = np.concatenate([[0], np.cumsum(np.bincount(causes, minlength=4))])
    listed = {
        **STORED,
        "weights": np.zeros((1, 1), np.float32),
        "to_starts": starts,
        "to": to,
        "adds": table[causes, to],
    }
    pasts = [np.array([1, 3]), np.array([], int), np.array([2, 1, 3])]
    for half in (0.0, 2.0):
        found, expected = (recommending.said(one, pasts, 4, half) for one in (listed, STORED))
        assert np.abs(found - expected).max() < 1e-7
    assert recommending.because(listed, np.array([1, 2]), 3) == [1, 2]
    some = [recommending.lines(RECIPES, one, silent, ["Ann", "Bob", "Zoe"]) for one in (listed, STORED)]
    assert some[0] == some[1]


def test_the_best_of_very_many_are_in_the_order_of_a_whole_sort():
    found = np.round(np.random.default_rng(1).normal(size=(3, 20_000)), 2).astype(np.float32)
    found[0, :19_995] = -np.inf
    expected = np.argsort(-found, axis=1, kind="stable")[:, :50]
    assert (recommending.best(found, 50)[0] == expected).all()


def test_of_several_values_of_a_column_one_is_enough_and_each_column_has_to_fit():
    told = [
        {"column": "kind", "as": "words", "values": ["sad", "old", "new"]},
        {"column": "from", "as": "value", "values": ["it", "de"]},
    ]
    recipes = {**RECIPES, "target": {**RECIPES["target"], "told": told}}
    bits = np.array([[0, 0, 0, 0, 0], [1, 1, 0, 1, 0], [0, 0, 1, 1, 0], [1, 0, 0, 0, 1]])
    stored = {**STORED, "told": np.packbits(bits, axis=1)}
    assert recommending.choices(recipes) == {"kind": ["sad", "old", "new"], "from": ["it", "de"]}
    for wanted, expected in (
        ([], [True, True, True, True]),
        ([("kind", "sad")], [False, True, False, True]),
        ([("kind", "old"), ("kind", "new")], [False, True, True, False]),
        ([("kind", "sad"), ("from", "de")], [False, False, False, True]),
    ):
        assert recommending.fitting(recipes, stored, wanted).tolist() == expected
