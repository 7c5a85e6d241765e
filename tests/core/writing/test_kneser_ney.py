"""Counting foretells as the textbook's formula does, worked out slowly and by hand."""

from collections import Counter

import numpy as np
import pytest

from core.writing.kneser_ney import KneserNey


def slowly(known: list[int], codes: int, order: int, context: tuple[int, ...], code: int) -> float:
    """Chen and Goodman 1999, equations 20 to 26, for one code after a context of at most `order - 1` codes."""

    def counts(length: int) -> Counter:
        runs = [tuple(known[at : at + length]) for at in range(len(known) - length + 1)]
        if length == order:
            return Counter(runs)
        longer = {tuple(known[at : at + length + 1]) for at in range(len(known) - length)}
        found = Counter(run[1:] for run in longer)
        return Counter({run: max(found[run], 1) for run in set(runs)})

    def discounts(found: Counter) -> list[float]:
        n = [sum(1 for value in found.values() if value == times) for times in (1, 2, 3, 4)]
        y = n[0] / max(n[0] + 2 * n[1], 1)
        return [
            min(max(t - (t + 1) * y * n[t] / n[t - 1], 0.1), t - 0.05) if n[t - 1] else 0.5 for t in (1, 2, 3)
        ]

    def chance(length: int) -> float:
        if length == 0:
            return 1 / codes
        before = context[len(context) - (length - 1) :]
        found = counts(length)
        after = {run: value for run, value in found.items() if run[:-1] == before}
        if not after:
            return chance(length - 1)
        d = discounts(found)
        taken = sum(d[min(value, 3) - 1] for value in after.values())
        total = sum(after.values())
        own = after.get((*before, code), 0)
        return (own - (d[min(own, 3) - 1] if own else 0)) / total + taken / total * chance(length - 1)

    return chance(min(order, len(context) + 1))


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_chances_are_those_of_the_formula(order: int):
    dice = np.random.default_rng(3)
    known = dice.choice(5, 80, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    asked = dice.integers(0, 6, 30)  # one code was never seen
    found = KneserNey(known, 6, order).chances(asked)
    for place, code in enumerate(asked.tolist()):
        context = tuple(asked[max(place - order + 1, 0) : place].tolist())
        assert found[place] == pytest.approx(slowly(known.tolist(), 6, order, context, code)), place


def test_the_chances_of_all_codes_add_up_to_one():
    known = np.random.default_rng(1).choice(7, 300, p=[0.3, 0.2, 0.2, 0.1, 0.1, 0.05, 0.05])
    counted = KneserNey(known, 8, 4)
    for context in ([0, 1, 2], [6, 6, 6], [7, 7, 0], [0, 0, 7]):
        total = sum(counted.chances(np.array([*context, code]))[-1] for code in range(8))
        assert total == pytest.approx(1.0)
