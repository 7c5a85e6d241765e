"""When a model should rather say that it does not know."""

import numpy as np
import pytest

from core.results import unsure
from core.results.unsure import Ranked


def side(scores: list[float], right: list[int]) -> Ranked:
    return Ranked(np.array(scores), np.array(right, bool))


def worth(found: Ranked, threshold: float) -> int:
    means = unsure.meaning(found, threshold)
    return 2 * means.right - means.answered


@pytest.mark.parametrize("seed", range(5))
def test_no_other_threshold_wins_more_right_answers_over_wrong_ones(seed: int):
    random = np.random.default_rng(seed)
    scores = random.uniform(0, 0.9, 80)
    found = side(scores.tolist(), (random.uniform(size=80) < scores).tolist())
    best = worth(found, unsure.choose(found))
    assert best == max(worth(found, edge) for edge in [*scores, -1.0, 0.95])


def test_where_everything_is_right_everything_is_answered_and_where_nothing_is_only_known_questions_are():
    assert unsure.choose(side([0.2, 0.9], [1, 1])) < 0.2
    assert unsure.choose(side([0.2, 0.9], [0, 0])) == unsure.MOST


def test_what_a_threshold_means_is_counted():
    means = unsure.meaning(side([0.1, 0.5, 0.6, 0.7], [1, 0, 1, 1]), 0.5)
    assert (means.asked, means.answered, means.right) == (4, 3, 2)
    assert (means.share, means.good) == (0.75, pytest.approx(2 / 3))
    assert unsure.meaning(side([0.1], [1]), 0.5).good is None


def test_the_curve_begins_with_all_questions_and_answers_fewer_and_fewer():
    found = unsure.curve(side(np.linspace(0, 1, 200).tolist(), (np.arange(200) > 100).tolist()))
    assert found[0]["answered"] == 1.0
    shares = [point["answered"] for point in found]
    assert shares == sorted(shares, reverse=True)
    assert found[-1]["right"] == 1.0
