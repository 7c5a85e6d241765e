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
    "count": (["1", "0", "7", "", "4"], "number", [[0.5], [0.1], [2.0], [1.0]]),
    "ordered": (["good", "bad", "Fair", "", "bad"], "category", [[0.9, 0.8], [0.1, 0.5], [0.8, 0.2], [0.2, 0.5]]),
    "many_of_many": (["a; b", "b", "", "c; a", "b;c"], "category", [[0.9, 0.8, 0.1], [0.1, 0.5, 0.2], [0.8, 0.2, 0.7], [0.2, 0.5, 0.9]]),
    "amount_range": (["1,5", "2,5", "x", "", "6"], "number", [[-1.0, -2.0, 0.0], [0.0, 1.0, 2.0], [1.0, 1.0, 1.0]]),
    "amount": (["1,5", "2,5", "x", "", "6"], "number", [[-1.0], [0.0], [1.0]]),
}  # fmt: skip
FOR_ROWS = list(EXAMPLES)  # what series are asked, tests/core/series holds to account
PARSE = {name: {"as": "number", "decimal": ","} for name in ("amount", "amount_range")}


@pytest.mark.parametrize("name", list(SHELF))
def test_a_task_says_what_it_is_and_explains_each_of_its_measures(name: str):
    task = SHELF[name]
    assert isinstance(task.LABEL, Sentence)
    assert str(task.HELP).endswith(".")
    assert task.MAIN in task.METRIC_WORDS
    for label, words in task.METRIC_WORDS.values():
        assert str(label)
        assert str(words).endswith(".")


def answered(encoded: np.ndarray) -> np.ndarray:
    """Which rows have an answer."""
    first = encoded.reshape(len(encoded), -1)[:, 0]
    return np.isfinite(first) & (first != -1)


@pytest.mark.parametrize("name", FOR_ROWS)
def test_a_target_is_fitted_encoded_and_measured(name: str):
    task = SHELF[name]
    texts, kind, outputs = EXAMPLES[name]
    target = task.fit_target(texts, kind, PARSE.get(name))
    encoded = task.encode_target(target, texts)
    outputs = np.array(outputs, np.float32)
    known = answered(encoded)
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
    encoded = encoded[answered(encoded)]
    outputs = np.eye(len(target["classes"]))[encoded] if name == "one_of_many" else encoded
    outputs = (encoded[:, None] > np.arange(2)).astype(float) if name == "ordered" else outputs
    outputs = np.repeat(outputs, task.units(target), 1) if name == "amount_range" else outputs
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
    ("values", "expected"),
    [
        (
            ["Very Good", "Fair", "Ideal", "Good", "Premium"],
            ["Fair", "Good", "Very Good", "Premium", "Ideal"],
        ),
        (["TA", "Ex", "Gd", "Fa"], ["Fa", "TA", "Gd", "Ex"]),
        (["10", "9", "2"], ["2", "9", "10"]),
        (["65+", "18-25", "26-64"], ["18-25", "26-64", "65+"]),
        (["high", "LOW", "medium"], ["LOW", "medium", "high"]),
        (["strongly_agree", "neutral", "disagree"], ["disagree", "neutral", "strongly_agree"]),
        (["好", "很差", "一般"], ["很差", "一般", "好"]),
        (["3 good", "1 bad", "2 fair"], ["1 bad", "2 fair", "3 good"]),
        (["XL", "S", "M"], ["S", "M", "XL"]),
        (["red", "green", "blue"], None),
        (["Adelie", "Gentoo", "Chinstrap"], None),
        (["3a", "3b", "4a"], None),
    ],
)
def test_answers_are_put_in_their_order_where_it_is_known(values: list[str], expected: list[str] | None):
    summary = {"top": [[value, 1] for value in values]}
    assert SHELF["ordered"].known_order(len(values), summary) == expected
    assert SHELF["ordered"].suits("category", len(values), summary) == (expected is not None)
    if expected is None:
        with pytest.raises(DataError, match="Nothing tells in which order"):
            SHELF["ordered"].fit_target(values, "category")
    else:
        assert SHELF["ordered"].fit_target(values, "category")["classes"] == expected


def test_steps_become_chances_that_add_up_and_the_answer_in_their_middle():
    target = SHELF["ordered"].fit_target(["1", "2", "3", "4"], "number")
    said = answers({"target": target}, np.array([[0.8, 0.5, 0.25], [0.9, 0.9, 0.9], [0.1, 0.9, 0.9]]))
    np.testing.assert_allclose(said["probabilities"][0], [0.2, 0.4, 0.3, 0.1])
    np.testing.assert_allclose(said["probabilities"].sum(1), 1)
    assert said["prediction"] == ["2", "4", "1"]


@pytest.mark.parametrize(
    ("cells", "separator"),
    [
        (["comedy; family", "comedy", "drama; family", "drama"], ";"),
        (["a|b|c", "a|b", "c"], "|"),
        (["red, green", "green", "red", "blue, red", "blue"], ","),
        (["Smith, John", "Doe, Jane", "Roe, Ann"], ""),
        (["Paris, France", "Lyon, France", "Rome, Italy", "Bonn, Germany"], ""),
        (["Paris, France", "Lyon, France", "Nice, France", "Rome, Italy", "Pisa, Italy"] * 2, ""),
        (["Lille, Nord, France", "Lyon, Sud, France"] * 2, ""),
        (["yes", "no", "perhaps"], ""),
        ([], ""),
    ],
)
def test_lists_of_labels_are_told_from_other_cells(cells: list[str], separator: str):
    task = SHELF["many_of_many"]
    assert task.separator_of(cells) == separator
    summary = {"top": [[cell, 1] for cell in cells]}
    assert task.suits("category", max(len(cells), 3), summary) == bool(separator)


def test_labels_are_joined_as_they_stood_and_unknown_ones_are_passed_over():
    task = SHELF["many_of_many"]
    target = task.fit_target(["b; a", "a", "c; b", "c", "once; a"], "category")
    assert (target["labels"], target["separator"]) == (["a", "b", "c"], ";")
    np.testing.assert_array_equal(
        task.encode_target(target, ["c;a", " new ", ""]), [[1, 0, 1], [0, 0, 0], [np.nan] * 3]
    )
    said = answers({"target": target}, np.array([[0.9, 0.1, 0.5], [0.1, 0.2, 0.3]]))
    assert said["prediction"] == ["a; c", ""]


def test_a_range_is_in_order_widened_and_never_turns_round():
    task = SHELF["amount_range"]
    target = task.fit_target(["10", "20", "30"], "number")
    wide, narrow = (
        {**target, "range": {**target["range"], "widen": by / target["scale"]}} for by in (5.0, -100.0)
    )
    outputs = (np.array([[30.0, 10.0, 20.0]]) - target["mean"]) / target["scale"]
    said = answers({"target": wide}, outputs)
    assert [said[name][0] for name in ("low", "prediction", "high")] == pytest.approx([5, 20, 35])
    said = answers({"target": narrow}, outputs)
    assert [said[name][0] for name in ("low", "prediction", "high")] == pytest.approx([20, 20, 20])
    assert task.metrics(wide, np.zeros((1, 1)), outputs)["coverage"] == 1
    assert task.metrics(wide, np.zeros((1, 1)), outputs)["width"] == pytest.approx(30)


@pytest.mark.parametrize(
    ("summary", "suits", "natural"),
    [
        ({"whole": True, "min": 0.0, "mean": 3.0, "median": 2.0, "quantiles": [0, 9]}, True, True),
        ({"whole": True, "min": 1.0, "mean": 3.0, "median": 3.0, "quantiles": [1, 5]}, True, False),
        (
            {"whole": True, "min": 0.0, "mean": 30_000.0, "median": 20_000.0, "quantiles": [0, 90_000]},
            True,
            False,
        ),
        ({"whole": True, "min": -1.0, "mean": 3.0, "median": 2.0, "quantiles": [0, 9]}, False, None),
        ({"whole": False, "min": 0.0, "mean": 3.0, "median": 2.0, "quantiles": [0, 9]}, False, None),
    ],
)
def test_whole_numbers_that_begin_at_nothing_and_lean_are_counts(summary: dict, suits: bool, natural: bool):
    assert SHELF["count"].suits("number", 9, summary) == suits
    if suits:
        assert SHELF["count"].natural(summary) == natural


def test_a_count_below_nothing_is_refused_and_left_out_later():
    with pytest.raises(DataError, match="never below 0"):
        SHELF["count"].fit_target(["1", "-2", "4"], "number")
    target = SHELF["count"].fit_target(["1", "3"], "number")
    encoded = SHELF["count"].encode_target(target, ["4", "-1", "", "0"])
    np.testing.assert_array_equal(encoded[:, 0], [2.0, np.nan, np.nan, 0.0])
    assert answers({"target": target}, encoded[[0, 3]])["prediction"] == [4.0, 0.0]


@pytest.mark.parametrize(
    ("kind", "distinct", "tasks"),
    [
        ("category", 2, ["yes_no"]),
        ("number", 2, ["yes_no"]),
        ("category", 3, ["one_of_many"]),
        ("number", 7, ["amount", "amount_range", "one_of_many", "ordered"]),
        ("number", 4_000, ["amount", "amount_range"]),
        ("category", 1_001, []),
        ("category", 1, []),
        ("text", 2, ["next_token"]),
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
