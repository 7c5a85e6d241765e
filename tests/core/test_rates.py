"""Who asks too often has to wait; others do not."""

import time

from core import rates
from core.rates import Rate


def test_so_many_may_ask_at_once_and_then_have_to_wait():
    rate = Rate(3, 3_000)
    assert [rate.wait("a") for _ in range(3)] == [0.0] * 3
    assert 0 < rate.wait("a") <= 1_000
    assert rate.wait("b") == 0.0


def test_waiting_helps_and_being_refused_costs_nothing():
    rate = Rate(1, 0.05)
    assert rate.wait("a") == 0.0
    while wait := rate.wait("a"):
        assert wait <= 0.05
        time.sleep(wait)


def test_a_million_askers_are_not_all_remembered():
    rate = Rate(1, 60)
    for number in range(rates.MOST_KNOWN + 500):
        rate.wait(str(number))
    assert len(rate._known) == rates.MOST_KNOWN
    assert rate.wait(str(rates.MOST_KNOWN + 499)) > 0
