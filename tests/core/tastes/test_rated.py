"""How somebody would rate something is foretold from biases, as another solver has them, and told beside the average."""

from dataclasses import replace

import numpy as np
import pytest

from core.goal import Split, Tastes
from core.results import ratings
from core.tastes import divided, rated, read
from core.tastes.apart import TEST
from tests.core.tastes.tables import taken

ROLES = Tastes("user", "item", "time", "rating")


def test_biases_are_those_of_ridge_regression():
    random = np.random.RandomState(2)
    person, item = random.randint(1, 9, 200), random.randint(1, 13, 200)
    rating = random.randint(1, 6, 200).astype(float)
    found = rated.solved(person, item, rating, (9, 13), 5.0)
    rows = np.zeros((200, 9 + 13))
    rows[np.arange(200), person] = 1
    rows[np.arange(200), 9 + item] = 1
    both = np.linalg.solve(rows.T @ rows + 5.0 * np.eye(22), rows.T @ (rating - rating.mean()))
    assert np.abs(found.persons - both[:9]).max() < 1e-4
    assert np.abs(found.items - both[9:]).max() < 1e-4
    assert found.said(np.array([0]), np.array([0])).tolist() == [rating.mean()]


def table():
    """Ratings that are higher for some items and by some persons."""
    found = taken(persons=40, each=8)
    kind = found["user"].str[1:].astype(int) % 3 + found["item"].str[1:].astype(int) % 5
    return found.assign(rating=kind.astype(str))


def test_ratings_are_foretold_for_the_same_test_events_and_compared_with_the_average():
    events = read(table(), ROLES)
    side = divided(events, Split("last")).side
    found = ratings.evaluate(events, side)
    assert found is not None
    assert found["count"] == (side == TEST).sum()
    assert found["mae"] < 0.5 * found["baseline"]["mae"]
    low, high = found["intervals"]["rmse"]
    assert low <= found["rmse"] <= high
    assert "RMSE" in str(ratings.told(found))
    assert "on average" in str(ratings.told(found))


def test_where_nothing_is_to_be_foretold_it_says_so():
    random = np.random.RandomState(1)
    events = read(table(), ROLES)
    events = replace(events, rating=random.randint(1, 6, len(events.person)).astype(float))
    found = ratings.evaluate(events, divided(events, Split("last")).side)
    assert "cannot be foretold surely better" in str(ratings.told(found))


@pytest.mark.parametrize("rating", ["4", "good", ""])
def test_ratings_that_tell_nothing_are_no_ratings(rating: str):
    events = read(taken(rating=rating), ROLES)
    assert events.rating is None
    assert events.liked.all()
    assert any("every row counts alike" in str(note) for note in events.notes)
    assert ratings.evaluate(events, divided(events, Split("last")).side) is None
