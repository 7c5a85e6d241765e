"""What was worked out lately is kept within its bounds."""

from core.worker.lately import Lately


def test_what_nobody_asked_for_longest_goes_first():
    kept = Lately(most=10)
    kept.put("a", 1, 4)
    kept.put("b", 2, 4)
    assert kept.get("a") == 1
    kept.put("c", 3, 4)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_a_thing_put_twice_counts_once():
    kept = Lately(most=10)
    for _ in range(5):
        kept.put("a", 1, 6)
    kept.put("b", 2, 4)
    assert (kept.get("a"), kept.get("b"), kept.held) == (1, 2, 10)


def test_what_is_larger_than_all_the_room_is_not_kept():
    kept = Lately(most=10)
    kept.put("a", 1, 11)
    assert (kept.get("a"), kept.held) == (None, 0)
