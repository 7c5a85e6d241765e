"""What items say about each other, solved exactly: the linear model from item to item, and how often the same persons had both.

Sources: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, section 3.1; Sarwar et al., "Item-Based
Collaborative Filtering Recommendation Algorithms", WWW 2001, section 3.1.1 (the cosine between items).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

Model = Mapping[str, np.ndarray]
Tell = Callable[[float], None]  # is told the share that is done
NOTHING: Model = {"weights": np.zeros((1, 1), np.float32)}  # where there is no linear model
NEAR = 20  # neighbours that are kept of each item
ROWS_AT_ONCE = 2_000
MOST_ITEMS = 6_000  # all of whose pairs are solved; more take a share of a gigabyte


def untold(share: float) -> None:
    """Tells nobody."""


def together(person: np.ndarray, item: np.ndarray, codes: int) -> np.ndarray:
    """How many persons had both items, float64 [codes, codes], with how many had each on the diagonal.

    Args:
        person: Codes of persons, rising, [events].
        item: Codes of items, each once a person.
        codes: How many codes of items there are, 0 included.
    """
    found = np.zeros((codes, codes))
    starts = np.flatnonzero(np.r_[True, np.diff(person) != 0, True])
    for at in range(0, len(starts) - 1, ROWS_AT_ONCE):
        borders = starts[at : at + ROWS_AT_ONCE + 1]
        some = np.zeros((len(borders) - 1, codes), np.float32)
        rows = np.repeat(np.arange(len(borders) - 1), np.diff(borders))
        some[rows, item[borders[0] : borders[-1]]] = 1.0
        found += some.T @ some
    return found


def solved(pairs: np.ndarray, strength: float) -> np.ndarray:
    """The weights of the linear model, float64 [codes, codes]: what having an item adds to the score of each other one.

    It makes the sum over persons of (x − x·B)² + strength·‖B‖² smallest, while no item speaks for itself.

    Args:
        pairs: As `together` gives them.
        strength: How strongly weights are pulled towards zero.

    Example:
        >>> solved(np.array([[2.0, 1.0], [1.0, 2.0]]), 1.0).round(4).tolist()
        [[0.0, 0.3333], [0.3333, 0.0]]
    """
    precision = np.linalg.inv(pairs + strength * np.eye(len(pairs)))
    weights = -precision / np.diag(precision)[None, :]
    np.fill_diagonal(weights, 0.0)
    return weights


def models(pairs: np.ndarray, strengths: Sequence[float], tell: Tell = untold) -> Iterator[Model]:
    """For each strength the linear model, as `core.recommending` reads it."""
    for number, strength in enumerate(strengths):
        tell(number / len(strengths))
        yield {"weights": solved(pairs, strength).astype(np.float32)}


def cosines(pairs: np.ndarray) -> np.ndarray:
    """How alike two items are by who had them, from 0 to 1, float64 [codes, codes]; 0 of an item with itself."""
    had = np.sqrt(np.maximum(np.diag(pairs), 1e-12))
    found = pairs / had[:, None] / had[None, :]
    np.fill_diagonal(found, 0.0)
    return found


def neighbours(alike: np.ndarray, most: int = NEAR) -> tuple[np.ndarray, np.ndarray]:
    """The most alike items of each, int32, and how alike they are, float32: [codes, most], the most alike first."""
    most = min(most, alike.shape[1])
    order = np.argsort(-alike, axis=1, kind="stable")[:, :most]
    return order.astype(np.int32), np.take_along_axis(alike, order, 1).astype(np.float32)
