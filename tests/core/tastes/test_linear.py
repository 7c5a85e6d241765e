"""The linear model from item to item agrees with its formula."""

import numpy as np
import pytest

from core.tastes import linear


def tastes(persons: int = 60, items: int = 20, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Whether each person had each item, and the same as events; code 0 is nobody's."""
    had = np.random.RandomState(seed).rand(persons, items + 1) < 0.3
    had[:, 0] = False
    person, item = np.nonzero(had)
    return had.astype(np.float64), person + 1, item


def test_pairs_count_the_persons_who_had_both():
    had, person, item = tastes()
    assert (linear.together(person, item, had.shape[1]) == had.T @ had).all()


@pytest.mark.parametrize("strength", [1.0, 50.0, 1_000.0])
def test_the_weights_are_those_of_the_closed_form(strength: float):
    """Source: Steck 2019, equation 8: B = I − P · diagMat(1 ⊘ diag(P)), P = (XᵀX + λI)⁻¹."""
    had, person, item = tastes()
    precision = np.linalg.inv(had.T @ had + strength * np.eye(had.shape[1]))
    expected = np.eye(len(precision)) - precision @ np.diag(1 / np.diag(precision))
    found = linear.solved(linear.together(person, item, had.shape[1]), strength)
    assert np.abs(found - expected).max() < 1e-10
    assert (np.diag(found) == 0).all()


def test_no_other_weights_with_an_empty_diagonal_miss_less():
    had, person, item = tastes()
    weights = linear.solved(linear.together(person, item, had.shape[1]), 5.0)

    def missed(some: np.ndarray) -> float:
        return float(np.square(had - had @ some).sum() + 5.0 * np.square(some).sum())

    random = np.random.RandomState(2)
    for _ in range(20):
        step = random.normal(size=weights.shape) * 1e-3
        np.fill_diagonal(step, 0)
        assert missed(weights + step) > missed(weights)


def test_cosines_are_those_of_the_columns():
    had, person, item = tastes()
    found = linear.cosines(linear.together(person, item, had.shape[1]))
    one, other = had[:, 3], had[:, 7]
    assert found[3, 7] == pytest.approx(one @ other / np.linalg.norm(one) / np.linalg.norm(other))
    codes, near = linear.neighbours(found, 4)
    assert near[3].tolist() == sorted(found[3], reverse=True)[:4] or np.allclose(
        near[3], sorted(found[3], reverse=True)[:4]
    )
    assert 3 not in codes[3]
