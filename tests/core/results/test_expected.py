"""What to expect of few rows: ranges that hold what comes, said in plain words."""

import numpy as np
import pytest

from core.results import expected

FOUND = {
    "mean": 0.7, "low": 0.604, "high": 0.75, "test_low": 0.42, "test_high": 0.95, "rows": 48, "rarest": 24, "tested": 12, "guess": 0.5,
    "common": "good",
}  # fmt: skip


def test_few_rows_and_a_small_test_are_said_in_plain_words():
    first, second = map(str, expected.told(FOUND))
    assert first == (
        "With 48 answered rows besides the test (24 of the rarest answer), expect between 60 and 75 right answers of 100; "
        "always answering “good” would get 50."
    )
    assert second == "The test has 12 rows only, so its figure may lie anywhere between 42 and 95."


def test_a_large_test_needs_no_warning():
    assert len(expected.told({**FOUND, "tested": 200})) == 1


def test_where_only_luck_decides_the_range_is_that_of_tossing_coins():
    truth, dice = np.arange(200) % 2, np.random.default_rng(1)

    def toss(train: np.ndarray, judge: np.ndarray) -> float:
        return float((dice.integers(0, 2, len(judge)) == truth[judge]).mean())

    found = expected.tried(truth, toss, tested=100)
    assert found["test_low"] < found["low"] < 0.5 < found["high"] < found["test_high"]
    assert found["high"] - found["low"] == pytest.approx(4 * (0.25 / 200) ** 0.5, abs=0.1)


@pytest.mark.heavy
def test_the_range_holds_what_other_rows_of_the_same_kind_show():
    from core.results import stand_in

    dice = np.random.default_rng(2)
    values = dice.normal(size=(2_060, 5))
    truth = (values[:, 0] + dice.normal(size=2_060) > 0).astype(int)
    found = expected.tried(truth[:60], stand_in.learner(values[:60], truth[:60], classes=True), tested=15)
    later = stand_in.learner(values, truth, classes=True)(np.arange(60), np.arange(60, 2_060))
    assert found["low"] < later < found["high"]
    assert found["test_high"] - found["test_low"] > 0.4
