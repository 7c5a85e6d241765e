"""Where items are many, each is solved by those nearest to it: the same weights, as far as there are the same neighbours."""

import numpy as np
import pytest

from core import recommending
from core.tastes import linear, nearest
from tests.core.tastes.test_linear import tastes


def dense(model: linear.Model, codes: int) -> np.ndarray:
    """The weights as a table of all pairs, [codes, codes]."""
    return recommending.said(model, [np.array([code]) for code in range(codes)], codes)


@pytest.mark.parametrize("strength", [1.0, 50.0])
def test_with_all_others_as_neighbours_the_weights_are_those_of_the_closed_form(strength: float):
    had, person, item = tastes()
    codes = had.shape[1]
    expected = linear.solved(linear.together(person, item, codes), strength)
    (found,) = nearest.models(nearest.near(person, item, codes, codes - 1), [strength])
    assert np.abs(dense(found, codes) - expected).max() < 1e-6


@pytest.mark.heavy
def test_with_few_neighbours_the_weights_are_those_of_a_ridge_regression_on_them():
    from sklearn.linear_model import Ridge

    had, person, item = tastes(persons=200)
    near = nearest.near(person, item, had.shape[1], 5)
    found = nearest.solved(near, [7.0, 70.0])
    for strength, weights in zip((7.0, 70.0), found, strict=True):
        for code in (1, 9, 20):
            ridge = Ridge(alpha=strength, fit_intercept=False).fit(had[:, near.codes[code]], had[:, code])
            assert weights[code] == pytest.approx(ridge.coef_, abs=1e-5)


def test_the_nearest_are_those_with_the_largest_cosines():
    had, person, item = tastes(persons=300)
    codes = had.shape[1]
    every = linear.cosines(linear.together(person, item, codes))
    near = nearest.near(person, item, codes, 6)
    _, expected = linear.neighbours(every, 6)
    assert near.cosines == pytest.approx(expected, abs=1e-6)
    assert np.take_along_axis(every, near.codes.astype(int), 1) == pytest.approx(near.cosines, abs=1e-6)


def test_of_too_many_pairs_the_nearest_are_remembered(monkeypatch: pytest.MonkeyPatch):
    had, person, item = tastes(persons=300)
    codes = had.shape[1]
    whole = nearest.near(person, item, codes, 4)
    monkeypatch.setattr(nearest, "MOST_PAIRS", 8 * codes)
    some = nearest.near(person, item, codes, 4)
    assert (some.codes == whole.codes).all()
    assert np.diff(some.starts).max() == 8
    assert np.diff(whole.starts).max() == codes - 2
    for code in range(1, codes):
        kept = some.others[some.starts[code] : some.starts[code + 1]]
        assert set(some.codes[code]) <= set(kept)


def test_items_that_nobody_had_with_others_speak_for_none():
    person, item = np.array([1, 1, 2, 2, 3]), np.array([1, 2, 1, 2, 4])
    near = nearest.near(person, item, 5, 3)
    assert near.codes.tolist() == [[0, 0, 0], [2, 0, 0], [1, 0, 0], [0, 0, 0], [0, 0, 0]]
    (model,) = nearest.models(near, [2.0])
    found = dense(model, 5)
    assert found[1, 2] == found[2, 1] == pytest.approx(0.5)
    assert np.count_nonzero(found) == 2


def test_of_a_person_with_very_many_items_the_latest_are_paired(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(nearest, "LATEST", 2)
    near = nearest.near(np.array([1, 1, 1, 2, 2]), np.array([1, 2, 3, 1, 2]), 4, 3)
    assert near.codes[1].tolist() == [2, 0, 0]
    assert near.both[2].tolist()[:2] == [1.0, 1.0]
