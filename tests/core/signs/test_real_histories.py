"""Histories of real trainings, with good and with bad settings: what was seen in them by eye is what is said."""

import json
from pathlib import Path

import pytest

from core.signs import Sign, seen
from core.signs.diverged import GREW

FOLDER = Path(__file__).parent / "histories"


def read(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def signs_of(name: str, after: int | None = None) -> list[Sign]:
    """What is said after so many epochs, or at the end."""
    kept = read(name)
    epochs = [dict(zip(kept["names"], values, strict=True)) for values in kept["epochs"]]
    last, state = {}, "done"
    if kept["failed_in"]:
        last = {"failed": {"what": {"text": GREW, "values": {"epoch": kept["failed_in"]}}}}
        state = "failed"
    if after is not None:
        epochs, last, state = epochs[:after], {}, "running"
    return seen(kept["begin"], epochs, last, state)


# What was trained, and all that is said at the end, the most important first.
ENDS = {
    "churn_normal": ["done", "overfitting"],
    "churn_endless": ["by_heart", "done"],  # 150 epochs, patience without end
    "churn_rate_1": [
        "stuck",
        "unstable",
    ],  # a learning rate of 1: 115,000 in the first epoch, then the constant answer
    "churn_rate_1e-6": ["slow"],
    "churn_shuffled": ["stuck"],  # the answers were shuffled: there is nothing to find
    "churn_four_epochs": ["ended_early"],
    "credit_huge": ["by_heart", "done"],  # 3 × 1,024 units for 700 rows, nothing left out
    "credit_rate_01": ["unstable", "done"],
    "credit_rate_1e-5": ["slow"],
    "attrition_normal": ["done", "by_heart"],
    "attrition_shuffled_endless": ["stuck"],  # luck on 220 rows is no find
    "attrition_rate_1e-5": ["ended_early", "rare_answers"],
    "titanic_rate_10": ["stuck", "unstable"],
    "titanic_one_unit": ["ended_early"],
    "diamonds_few_minutes": ["ended_early"],
    "diamonds_normal": ["done"],
    "diamonds_one_unit": ["done"],
    "ames_normal": ["done", "by_heart"],
    "ames_huge": ["by_heart", "done"],
    "ames_rate_10": ["diverged"],
}
# What is said first while it trains, after so many epochs.
ON_THE_WAY = [
    ("churn_normal", 3, "too_early"),
    ("churn_normal", 6, "still_learning"),
    ("churn_normal", 13, "plateau"),
    ("churn_normal", 19, "overfitting"),
    ("churn_rate_1", 8, "unstable"),
    ("churn_rate_1", 20, "stuck"),
    ("churn_shuffled", 9, "stuck"),
    ("churn_rate_1e-6", 12, "slow"),
    ("credit_huge", 8, "still_learning"),
    ("credit_huge", 20, "overfitting"),
    ("credit_huge", 35, "by_heart"),
    ("diamonds_normal", 20, "still_learning"),
    ("diamonds_normal", 60, "plateau"),
    ("titanic_one_unit", 30, "still_learning"),
]


def test_every_history_is_judged():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(ENDS)


@pytest.mark.parametrize("name", ENDS)
def test_at_the_end_of_a_real_training_what_was_seen_by_eye_is_said(name: str):
    assert [sign.name for sign in signs_of(name)] == ENDS[name]


@pytest.mark.parametrize(("name", "after", "expected"), ON_THE_WAY)
def test_on_the_way_the_most_important_sign_is_said_first(name: str, after: int, expected: str):
    assert signs_of(name, after)[0].name == expected


@pytest.mark.parametrize("name", ENDS)
def test_while_it_trains_something_is_said_after_every_epoch(name: str):
    for after in range(len(read(name)["epochs"]) + 1):
        assert signs_of(name, after), after


def test_the_sentence_tells_since_when_with_the_figures():
    sentence = str(signs_of("churn_normal")[1].sentence)
    assert "From epoch 9 on" in sentence
    assert "from 0.431 to 0.443" in sentence


def test_weights_that_are_no_better_than_guessing_are_no_state_to_begin_with():
    kept = read("credit_rate_01")
    epochs = [dict(zip(kept["names"], values, strict=True)) for values in kept["epochs"]]
    for after, good in ((0, False), (4, False), (24, True)):
        failed = {"what": {"text": GREW, "values": {"epoch": after + 1}}}
        (sign,) = seen(kept["begin"], epochs[:after], {"failed": failed}, "failed")
        assert {change.from_best for change in sign.changes} == {good}
