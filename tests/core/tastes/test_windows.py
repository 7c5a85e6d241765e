"""Long histories become pieces of one length, as a plain loop cuts them."""

import numpy as np
import pytest

from core.tastes.prepared import windows


def cut(items: list[int], length: int) -> tuple[list[list[int]], list[list[int]]]:
    """The pieces of one person's history, the latest first."""
    whole, read, coming = [0, *items], [], []
    for last in range(len(items), 0, -length):
        first = max(0, last - length)
        gap = [0] * (length - (last - first))
        read.append(gap + whole[first:last])
        coming.append(gap + whole[first + 1 : last + 1])
    return read, coming


@pytest.mark.parametrize(("persons", "length"), [(1, 3), (6, 1), (40, 7), (40, 100)])
def test_pieces_are_those_of_a_plain_loop(persons: int, length: int):
    random = np.random.RandomState(persons)
    person = np.sort(random.randint(1, persons + 1, 9 * persons)).astype(np.int32)
    item = random.randint(1, 50, len(person)).astype(np.int32)
    inputs, coming = windows(person, item, length)
    expected = [(who, cut(item[person == who].tolist(), length)) for who in np.unique(person)]
    assert inputs["past"].tolist() == [row for _, (read, _) in expected for row in read]
    assert coming.tolist() == [row for _, (_, right) in expected for row in right]
    assert inputs["person"][:, 0].tolist() == [who for who, (read, _) in expected for _ in read]
