"""Boxes do not touch, links go forwards, and simple drawings are drawn straight."""

import random
import time

import pytest

from pages.parts.layered import place

GAP = (10.0, 20.0)


def overlapping(sizes, layout) -> list[tuple[int, int]]:
    found = []
    for a, (wide, high) in enumerate(sizes):
        for b in range(a + 1, len(sizes)):
            apart = abs(layout.across[a] - layout.across[b]), abs(layout.along[a] - layout.along[b])
            needed = (wide + sizes[b][0]) / 2, (high + sizes[b][1]) / 2
            if apart[0] < needed[0] - 1e-6 and apart[1] < needed[1] - 1e-6:
                found.append((a, b))
    return found


@pytest.mark.parametrize("seed", range(30))
def test_boxes_never_touch_and_stay_inside(seed: int):
    draw = random.Random(seed)
    count = draw.randint(1, 25)
    sizes = [(draw.choice([60, 100, 180]), draw.choice([30, 50])) for _ in range(count)]
    links = [(a, b) for b in range(count) for a in draw.sample(range(b), min(b, draw.randint(0, 3)))]
    links += [(b, a) for a, b in links[:2]]  # links that go backwards, as in a ring
    layout = place(sizes, links, GAP)
    assert overlapping(sizes, layout) == []
    assert all(layout.ranks[a] < layout.ranks[b] for a, b in links if a < b)
    for (wide, high), across, along in zip(sizes, layout.across, layout.along, strict=True):
        assert -1e-6 <= across - wide / 2 <= across + wide / 2 <= layout.width + 1e-6
        assert -1e-6 <= along - high / 2 <= along + high / 2 <= layout.length + 1e-6


def test_a_chain_is_straight():
    layout = place([(50, 20), (90, 20), (70, 20)], [(0, 1), (1, 2)], GAP)
    assert layout.across == [45.0, 45.0, 45.0]
    assert layout.along == [10.0, 50.0, 90.0]


def test_a_long_link_passes_beside_the_boxes_in_one_line():
    layout = place([(50, 20)] * 4, [(0, 1), (1, 2), (2, 3), (0, 3)], GAP)
    (first, _), (second, _) = layout.lines[(0, 3)]
    assert first == second
    assert abs(first - layout.across[1]) >= 25 + 10


def test_links_are_not_crossed_without_need():
    # Drawn in the wrong order on purpose: 0 feeds 3, and 1 feeds 2.
    layout = place([(50, 20)] * 4, [(0, 3), (1, 2)], GAP)
    assert (layout.across[0] < layout.across[1]) == (layout.across[3] < layout.across[2])


def test_nothing_is_placed_too():
    assert place([], [], GAP).length == 0.0


def test_two_thousand_boxes_are_placed_in_seconds():
    links = [(i, i + 1) for i in range(1_999)] + [(i, i + 7) for i in range(0, 1_990, 5)]
    start = time.process_time()
    place([(100, 40)] * 2_000, links, GAP)
    assert time.process_time() - start < 8
