"""The linear model where items are too many to solve all their pairs at once: each item by those that are nearest to it.

With all others as neighbours, its weights are those of `core.tastes.linear`, whose columns are separate problems too.

Sources: Ning and Karypis, "SLIM: Sparse Linear Methods for Top-N Recommender Systems", ICDM 2011, section IV-C (each item by
chosen others); Steck, "Markov Random Fields for Collaborative Filtering", NeurIPS 2019, section 3.2 (a submatrix for each).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.tastes.linear import NOTHING, Model, Tell, untold

NEIGHBOURS = 100  # by which an item is solved
MOST_PAIRS = 100_000_000  # that are remembered, of each item the nearest: 0.8 gigabytes
LATEST = 1_000  # items of a person that are paired: the pairs of one who had more would outweigh all others
BLOCK = 2_000  # items whose pairs are counted at once


@dataclass(frozen=True)
class Near:
    """Which items the same persons had.

    Args:
        codes: The items nearest to each, the nearest first, int32 [codes, most]; code 0 fills up.
        both: How many persons had both of these, float32 [codes, most].
        had: How many persons had each item, float32 [codes].
        starts: Where all pairs of each item begin, int64 [codes + 1].
        others: The other item of each pair, int32 [pairs].
        counts: How many persons had both, float32 [pairs].
    """

    codes: np.ndarray
    both: np.ndarray
    had: np.ndarray
    starts: np.ndarray
    others: np.ndarray
    counts: np.ndarray

    @property
    def cosines(self) -> np.ndarray:
        """How alike an item and each of those nearest to it are by who had them, from 0 to 1, float32 [codes, most]."""
        product = self.had[:, None] * self.had[self.codes]
        return (self.both / np.sqrt(np.maximum(product, 1e-12))).astype(np.float32)

    def among(self, items: np.ndarray, place: np.ndarray) -> np.ndarray:
        """How many persons had both of some items, [items, items], with nothing on the diagonal.

        Args:
            place: A number below 0 for each code; used as a sheet to write on.
        """
        parts = [slice(self.starts[one], self.starts[one + 1]) for one in items]
        place[items] = np.arange(len(items))
        columns = place[np.concatenate([self.others[part] for part in parts])]
        place[items] = -1
        rows = np.repeat(np.arange(len(items)), [part.stop - part.start for part in parts])
        there = columns >= 0
        found = np.zeros((len(items), len(items)))
        found[rows[there], columns[there]] = np.concatenate([self.counts[part] for part in parts])[there]
        return np.maximum(found, found.T)  # where not all pairs are remembered, one item may know of it alone


def near(person: np.ndarray, item: np.ndarray, codes: int, neighbours: int = NEIGHBOURS) -> Near:
    """The items that the same persons had, and of each those that come nearest, by the cosine.

    Args:
        person: Codes of persons, rising, [events].
        item: Codes of items, each once a person, the latest last.
        codes: How many codes of items there are, 0 included.
    """
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - gate to a heavy library

    ends = np.searchsorted(person, person, side="right")
    kept = ends - np.arange(len(person)) <= LATEST
    rows, columns = person[kept], item[kept]
    had = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(int(rows.max()) + 1, codes))
    count = np.asarray(had.sum(0), np.float32).ravel()
    neighbours, most = min(neighbours, max(codes - 1, 1)), min(max(MOST_PAIRS // codes, neighbours), codes)
    nearest, both = np.zeros((codes, neighbours), np.int32), np.zeros((codes, neighbours), np.float32)
    by_item, scale = had.T.tocsr(), 1 / np.sqrt(np.maximum(count, 1))
    # Memory is taken only as far as it is written to.
    others, counts = np.empty(codes * most, np.int32), np.empty(codes * most, np.float32)
    starts = np.zeros(codes + 1, np.int64)
    for at in range(0, codes, BLOCK):
        pairs = (by_item[at : at + BLOCK] @ had).tocsr()
        for row in range(pairs.shape[0]):
            part = slice(pairs.indptr[row], pairs.indptr[row + 1])
            its, of_both = pairs.indices[part], pairs.data[part]
            its, of_both = its[its != at + row], of_both[its != at + row]
            alike = of_both * scale[its]
            first = _first(alike, its, neighbours)
            nearest[at + row, : len(first)], both[at + row, : len(first)] = its[first], of_both[first]
            if len(its) > most:
                its, of_both = (side[np.argpartition(-alike, most)[:most]] for side in (its, of_both))
            begin, end = starts[at + row], starts[at + row] + len(its)
            starts[at + row + 1], others[begin:end], counts[begin:end] = end, its, of_both
    return Near(nearest, both, count, starts, others[: starts[-1]], counts[: starts[-1]])


def _first(alike: np.ndarray, others: np.ndarray, most: int) -> np.ndarray:
    """The places of the most alike ones, in order; of equal ones those with the smaller codes."""
    places = np.arange(len(alike))
    if len(alike) > most:
        least = np.partition(alike, len(alike) - most)[len(alike) - most]
        places = np.flatnonzero(alike >= least)
    return places[np.lexsort((others[places], -alike[places]))][:most]


def models(pairs: Near, strengths: Sequence[float], tell: Tell = untold) -> Iterator[Model]:
    """For each strength the linear model, as `core.recommending` reads it."""
    return (by_cause(pairs.codes, weights) for weights in solved(pairs, strengths, tell))


def solved(pairs: Near, strengths: Sequence[float], tell: Tell = untold) -> np.ndarray:
    """The weights that make the sum over persons of (x − x·b)² + strength·‖b‖² smallest for each item x, where only the items
    nearest to it have a say: float32 [strengths, codes, most], as `Near.codes` lists them."""
    found = np.zeros((len(strengths), *pairs.codes.shape), np.float32)
    place = np.full(len(pairs.codes), -1, np.int32)
    for item, row in enumerate(pairs.codes):
        tell(item / len(pairs.codes))
        others = row[row > 0]
        if not len(others):
            continue
        inner, wanted = pairs.among(others, place), pairs.both[item, : len(others)].astype(np.float64)
        for number, strength in enumerate(strengths):
            np.fill_diagonal(inner, pairs.had[others] + strength)
            found[number, item, : len(others)] = np.linalg.solve(inner, wanted)
    return found


def by_cause(neighbours: np.ndarray, weights: np.ndarray) -> Model:
    """The same weights, listed by the item that speaks."""
    there = (neighbours > 0) & (weights != 0)
    to = np.nonzero(there)[0].astype(np.int32)
    causes, adds = neighbours[there], weights[there]
    order = np.argsort(causes, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(causes, minlength=len(neighbours)))])
    return {**NOTHING, "to_starts": starts.astype(np.int64), "to": to[order], "adds": adds[order]}
