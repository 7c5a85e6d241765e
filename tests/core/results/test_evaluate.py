"""What Results says about models whose quality is known beforehand."""

import json
from pathlib import Path

import numpy as np
import pytest

from core import home, prepare, results
from core.prepare import Prepared
from core.words import Sentence
from tests.core.tables import customers, goal

pytestmark = pytest.mark.heavy
GOALS = [goal("left", "yes_no"), goal("size", "one_of_many"), goal("price", "amount")]
GOALS.append(goal("age", "count", ("plan", "since", "price")))


def evaluated(asked, folder: Path, how: str, rows: int = 1_000) -> dict:
    """Results of a made-up model: `perfect`, `same` (one answer for all) or `noisy`."""
    table = customers(rows)
    prepare.make(table, asked, folder)
    made = Prepared(
        "x", folder, home.read_json(folder / "recipes.json"), home.read_json(folder / "facts.json")
    )
    sides = {len(made.rows(side)): made.arrays(side)[1] for side in ("validation",)}
    test = table.iloc[made.rows("test")]
    truth = prepare.TASKS[asked.task].encode_target(made.recipes["target"], test[asked.target])
    calls = iter([truth, sides[len(made.rows("validation"))]])
    units = made.facts["output"]["units"]
    random = np.random.RandomState(0)

    def predict(inputs: dict[str, np.ndarray]) -> np.ndarray:
        count = len(next(iter(inputs.values())))
        known = next(calls, None)
        if known is None:  # shuffled rows of the importance
            return np.full((count, units), 1 / units)
        if how == "same":
            known = np.zeros_like(known)
        shown = np.eye(units)[known] if units > 1 else np.asarray(known, float)
        classes = prepare.TASKS[asked.task].FORM == "classes"
        noise = random.rand(count, units) if asked.task != "amount" else random.randn(count, units)
        return 0.35 * shown + 0.65 * noise if how == "noisy" else shown * 0.98 + 0.01 * classes

    return results.evaluate(
        made, test, predict, seconds=1.234, best_epoch=7, train_rows=table.iloc[made.rows("train")]
    )


def spoken(found: dict, kind: str = "sentences") -> list[str]:
    return [str(Sentence.from_json(sentence)) for sentence in found[kind]]


@pytest.mark.parametrize("asked", GOALS, ids=lambda g: g.task)
@pytest.mark.parametrize("how", ["perfect", "same", "noisy"])
def test_results_are_plain_json_and_complete(asked, how: str, tmp_path: Path):
    found = evaluated(asked, tmp_path, how)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["main"] in found["metrics"]["test"]
    assert set(found["metrics"]["baselines"]) == {"most_frequent", "linear", "gradient_boosting"}
    assert {entry["column"] for entry in found["importance"]} == set(asked.inputs)
    assert len(found["worst"]) == 20
    assert (found["seconds"], found["best_epoch"]) == (1.23, 7)
    assert all(text.endswith(".") for text in spoken(found) + spoken(found, "warnings"))


@pytest.mark.parametrize("asked", GOALS, ids=lambda g: g.task)
def test_every_figure_lies_in_its_interval(asked, tmp_path: Path):
    measured = evaluated(asked, tmp_path, "noisy")["metrics"]
    for name, (low, high) in measured["intervals"].items():
        assert low <= measured["test"][name] <= high
        assert low < high


def test_a_good_yes_no_model_is_told_in_hundreds(tmp_path: Path):
    found = evaluated(GOALS[0], tmp_path, "perfect")
    headline, ranking, *_ = spoken(found)
    assert headline.startswith(
        "Of 100 rows it has never seen, it gets 100 right (between 98 and 100); always"
    )
    assert "always answering “No” would get " in headline
    assert ranking.startswith(
        "Shown one row with “Yes” and one with “No”, it ranks them rightly 100 times of 100"
    )
    assert "It is better than a simple linear model." in spoken(found)
    assert found["confusion"]["counts"][0][1] == found["confusion"]["counts"][1][0] == 0


@pytest.mark.parametrize("asked", GOALS, ids=lambda g: g.task)
def test_a_model_that_learned_nothing_is_told_so(asked, tmp_path: Path):
    found = evaluated(asked, tmp_path, "same")
    assert "That is no better than always giving the same answer: these columns do not tell it." in spoken(
        found
    )


def test_a_class_that_is_never_answered_is_a_warning(tmp_path: Path):
    found = evaluated(GOALS[0], tmp_path, "same")
    assert any(text.startswith("It never answers “Yes”") for text in spoken(found, "warnings"))


def test_few_test_rows_are_a_warning(tmp_path: Path):
    found = evaluated(GOALS[0], tmp_path, "noisy", rows=300)
    assert any("the figures are rough" in text for text in spoken(found, "warnings"))


def test_an_amount_is_told_in_its_own_unit(tmp_path: Path):
    found = evaluated(GOALS[2], tmp_path, "noisy")
    first, second, *_ = spoken(found)
    assert first.startswith("On rows it has never seen, it misses “price” by ")
    assert "% of the differences between rows (R²)" in second
    assert len(found["scatter"]["true"]) == found["rows"]["test"]


def test_the_worst_rows_are_the_ones_that_were_furthest_off(tmp_path: Path):
    found = evaluated(GOALS[0], tmp_path, "noisy")
    misses = [entry["miss"] for entry in found["worst"]]
    assert misses == sorted(misses, reverse=True)
    table = customers(1_000)
    for entry in found["worst"]:
        assert table.loc[entry["row"], "left"] == entry["true"]
        assert entry["values"] == {name: table.loc[entry["row"], name] for name in GOALS[0].inputs}
        assert (entry["predicted"] != entry["true"]) == (entry["miss"] > 0.5)


def test_the_curve_of_false_alarms_begins_at_nothing_and_ends_at_all(tmp_path: Path):
    curve = evaluated(GOALS[0], tmp_path, "noisy")["roc"]
    assert (curve["false_alarms"][0], curve["found"][0]) == (0, 0)
    assert (curve["false_alarms"][-1], curve["found"][-1]) == (1, 1)
    assert curve["found"] == sorted(curve["found"])
    assert len(curve["found"]) <= 200


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("count", "it misses “calls” by"),
        ("amount_range", "always giving the same answer would miss by"),
        ("ordered", "at most one step off."),
        ("many_of_many", "it names all labels of"),
    ],
)
def test_every_task_is_told_in_its_own_words_and_compared(trained, task: str, words: str):
    found = trained(task).results()
    assert words in spoken(found)[0]
    assert all(text.endswith(".") for text in spoken(found) + spoken(found, "warnings"))
    assert set(found["metrics"]["baselines"]) == {"most_frequent", "linear", "gradient_boosting"}
    for name, (low, high) in found["metrics"]["intervals"].items():
        assert low <= found["metrics"]["test"][name] <= high
    ahead, _ = found["metrics"]["ahead"]["most_frequent"]
    assert ahead > 0


def test_labels_are_counted_one_by_one(trained):
    found = trained("many_of_many").results()
    rows = found["labels"]
    assert [entry["true"] for entry in rows] == sorted((entry["true"] for entry in rows), reverse=True)
    assert {entry["label"] for entry in rows} == {"big", "huge", "red", "small", "蓝色"}
    assert all(entry["found"] <= entry["true"] for entry in rows)
