"""The figures of recommending agree with hand arithmetic and with scikit-learn."""

import numpy as np
import pytest

from core.tasks import recommend


def test_items_that_were_had_are_no_rivals_and_equal_scores_keep_their_order():
    scores = np.array([[9.0, 0.5, 0.9, 0.9, 0.7]])
    assert recommend.ranks(scores, np.array([[4, 1]])).tolist() == [[2, 3]]
    assert recommend.ranks(scores, np.array([[4, 0]]), np.array([[2, 3]])).tolist() == [[0, -1]]
    assert recommend.ranks(scores, np.array([[2], [3]])[:1]).tolist() == [[0]]
    assert recommend.ranks(scores, np.array([[3]])).tolist() == [[1]]


@pytest.mark.parametrize(
    ("place", "ndcg", "recall", "mrr", "average"),
    [(0, 1.0, 1, 1.0, 1.0), (1, 0.63093, 1, 0.5, 0.5), (9, 0.28906, 1, 0.1, 0.1), (10, 0.0, 0, 1 / 11, 0.0)],
)
def test_one_right_item_by_hand(place: int, ndcg: float, recall: int, mrr: float, average: float):
    found = {name: value[0] for name, value in recommend.by_person(np.array([[place]])).items()}
    expected = {"ndcg_10": ndcg, "recall_10": recall, "hit_10": recall, "mrr": mrr, "map_10": average}
    assert found == pytest.approx(expected, abs=1e-5)


def test_several_right_items_by_hand():
    """Places 2 and 5 of three right ones: DCG = 1/log₂3 + 1/log₂6, the ideal 1 + 1/log₂3 + 1/log₂4."""
    found = {name: value[0] for name, value in recommend.by_person(np.array([[4, 30, 1]])).items()}
    gains, ideal = 1 / np.log2(3) + 1 / np.log2(6), 1 + 1 / np.log2(3) + 0.5
    expected = {
        "ndcg_10": gains / ideal,
        "recall_10": 2 / 3,
        "hit_10": 1,
        "mrr": 1 / 2,
        "map_10": (1 / 2 + 2 / 5) / 3,
    }
    assert found == pytest.approx(expected)


def test_a_weighted_person_counts_that_often():
    places = np.array([[0], [20]])
    assert recommend.of_ranks(places, np.array([[3.0, 1.0]]))["recall_10"][0] == 0.75


@pytest.mark.heavy
@pytest.mark.parametrize("right", [1, 4, 15])
def test_ndcg_is_scikit_learns(right: int):
    from sklearn import metrics

    random = np.random.RandomState(right)
    scores = random.permutation(60 * 21).reshape(60, 21).astype(np.float64)
    scores[:, 0] = -1
    codes = np.array([random.permutation(20)[:right] + 1 for _ in range(60)])
    truth = np.zeros_like(scores)
    np.put_along_axis(truth, codes, 1.0, 1)
    found = recommend.by_person(recommend.ranks(scores, codes))["ndcg_10"]
    assert found.mean() == pytest.approx(metrics.ndcg_score(truth, scores, k=10), abs=1e-6)


def test_while_training_what_was_had_before_is_left_out():
    truth = np.array([[2, -1, 0], [1, -3, -2]])
    scores = np.array([[0.0, 9.0, 5.0, 4.0], [0.0, 1.0, 2.0, 3.0]])
    assert recommend.metrics({}, truth, scores)["recall_10"] == 1.0
    assert recommend.metrics({}, truth, scores)["mrr"] == 1.0
