"""The shelf's contract: each task says what it is, fits a target, encodes it and measures outputs."""

import numpy as np
import pytest

from core.errors import DataError
from core.recipes import answers
from core.tasks import SHELF
from core.words import Sentence

EXAMPLES = {
    "yes_no": (["Yes", "No", "No ", "", "Yes"], "category", [[0.9], [0.2], [0.4], [0.6]]),
    "one_of_many": (["b", "a", "c", "", "a"], "category", [[0.1, 0.8, 0.1], [1, 0, 0], [0, 0.2, 0.8], [1, 0, 0]]),
    "amount": (["1,5", "2,5", "x", "", "6"], "number", [[-1.0], [0.0], [1.0]]),
}  # fmt: skip
FOR_ROWS = list(EXAMPLES)  # what series are asked, tests/core/series holds to account
PARSE = {"amount": {"as": "number", "decimal": ","}}


@pytest.mark.parametrize("name", list(SHELF))
def test_a_task_says_what_it_is_and_explains_each_of_its_measures(name: str):
    task = SHELF[name]
    assert isinstance(task.LABEL, Sentence)
    assert str(task.HELP).endswith(".")
    assert task.MAIN in task.METRIC_WORDS
    for label, words in task.METRIC_WORDS.values():
        assert str(label)
        assert str(words).endswith(".")


@pytest.mark.parametrize("name", FOR_ROWS)
def test_a_target_is_fitted_encoded_and_measured(name: str):
    task = SHELF[name]
    texts, kind, outputs = EXAMPLES[name]
    target = task.fit_target(texts, kind, PARSE.get(name))
    encoded = task.encode_target(target, texts)
    outputs = np.array(outputs, np.float32)
    known = np.isfinite(encoded.reshape(len(texts))) & (encoded.reshape(len(texts)) != -1)
    assert known.sum() == len(outputs)
    assert outputs.shape[1] == task.units(target)
    found = task.metrics(target, encoded[known], outputs)
    assert set(found) == set(task.METRIC_WORDS)
    assert all(np.isfinite(value) for value in found.values())
    assert len(answers({"target": target}, outputs)["prediction"]) == len(outputs)


@pytest.mark.parametrize("unit", [1e-15, 1.0, 1e60])
def test_an_amount_may_be_of_any_unit(unit: float):
    target = SHELF["amount"].fit_target([str(unit * n) for n in (1, 2, 6)], "number")
    assert target["mean"] == pytest.approx(3 * unit)


@pytest.mark.parametrize("name", FOR_ROWS)
def test_perfect_outputs_are_measured_as_perfect(name: str):
    task = SHELF[name]
    texts, kind, _ = EXAMPLES[name]
    target = task.fit_target(texts, kind, PARSE.get(name))
    encoded = task.encode_target(target, texts)
    encoded = encoded[np.isfinite(encoded.reshape(len(texts))) & (encoded.reshape(len(texts)) != -1)]
    outputs = np.eye(len(target["classes"]))[encoded] if name == "one_of_many" else encoded
    assert task.metrics(target, encoded, outputs)[task.MAIN] == pytest.approx(1.0)


@pytest.mark.parametrize("name", FOR_ROWS)
@pytest.mark.parametrize("texts", [[], ["", " "], ["5", "5", "5"]])
def test_a_target_without_two_answers_is_refused_in_two_sentences(name: str, texts: list[str]):
    with pytest.raises(DataError) as caught:
        SHELF[name].fit_target(texts, "number", {"as": "number"})
    assert str(caught.value.what).endswith(".")
    assert str(caught.value.fix).endswith(".")


@pytest.mark.parametrize(
    ("texts", "classes"),
    [
        (["Yes", "No", "Yes"], ["No", "Yes"]),
        (["yes", "yes", "no"], ["no", "yes"]),
        (["1", "0", "1", "1"], ["0", "1"]),
        (["TRUE", "FALSE"], ["FALSE", "TRUE"]),
        (["Good", "Bad", "Bad"], ["Good", "Bad"]),
        (["stayed", "left", "left"], ["stayed", "left"]),
        (["spam", "ham", "spam"], ["ham", "spam"]),
        (["是", "否", "是"], ["否", "是"]),
        ([">50K", "<=50K", "<=50K"], ["<=50K", ">50K"]),
        (["red", "red", "blue"], ["red", "blue"]),
        (["2", "10"], ["2", "10"]),
    ],
)
def test_the_answer_that_is_asked_for_comes_second(texts: list[str], classes: list[str]):
    assert SHELF["yes_no"].fit_target(texts, "category")["classes"] == classes


@pytest.mark.parametrize(
    ("texts", "classes"),
    [(["10", "9", "1"], ["1", "9", "10"]), (["b", "a", "c"], ["a", "b", "c"]), (["2", "x", "10"], ["10", "2", "x"])],
)  # fmt: skip
def test_classes_stand_in_an_order_that_a_reader_expects(texts: list[str], classes: list[str]):
    assert SHELF["one_of_many"].fit_target(texts, "category")["classes"] == classes


@pytest.mark.parametrize(
    ("kind", "distinct", "tasks"),
    [
        ("category", 2, ["yes_no"]),
        ("number", 2, ["yes_no"]),
        ("category", 3, ["one_of_many"]),
        ("number", 7, ["amount", "one_of_many"]),
        ("number", 4_000, ["amount"]),
        ("category", 1_001, []),
        ("category", 1, []),
        ("text", 2, []),
        ("date", 400, []),
        ("identifier", 400, []),
    ],
)
def test_the_task_follows_from_kind_and_number_of_answers(kind: str, distinct: int, tasks: list[str]):
    assert sorted(name for name in SHELF if SHELF[name].suits(kind, distinct)) == sorted(tasks)


def test_amounts_are_standardised_inside_and_come_back_in_their_unit():
    task = SHELF["amount"]
    texts = ["100", "200", "300", "400"]
    target = task.fit_target(texts, "number", {"as": "number"})
    encoded = task.encode_target(target, texts)
    assert encoded.mean() == pytest.approx(0, abs=1e-6)
    assert encoded.std() == pytest.approx(1, abs=1e-6)
    assert answers({"target": target}, encoded)["prediction"] == pytest.approx([100, 200, 300, 400])
