"""A threshold is chosen on validation rows and then followed by everything that answers."""

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest

from core.results import kept, threshold
from core.results.kept import Side
from core.results.threshold import Wanted
from core.runs import Run
from core.words import Sentence


def side(rows: int = 2_000, seed: int = 1) -> Side:
    """Chances that come true as often as they say."""
    random = np.random.RandomState(seed)
    chance = random.beta(0.6, 1.8, rows).round(3)
    return Side(chance, random.rand(rows) < chance)


@pytest.mark.parametrize(
    "wanted", [Wanted("costs", 5, 1), Wanted("costs", 1, 1), Wanted("costs", 1, 8), Wanted("balanced")]
)
def test_no_other_threshold_costs_less_on_the_rows_it_was_chosen_by(wanted: Wanted):
    rows = side()
    positives = rows.positive.sum()
    if wanted.by == "balanced":
        priced = Wanted("costs", 1 / positives, 1 / (len(rows.positive) - positives))
    else:
        priced = wanted
    cost = threshold.meaning(rows, threshold.choose(rows, wanted)).cost(priced)
    for other in np.linspace(0, 1.001, 501):
        assert cost <= threshold.meaning(rows, other).cost(priced) + 1e-9


@pytest.mark.heavy
def test_balanced_is_the_best_mean_of_both_recalls():
    from sklearn.metrics import balanced_accuracy_score, roc_curve

    rows = side()
    alarms, found, _ = roc_curve(rows.positive, rows.chance, drop_intermediate=False)
    said = rows.chance >= threshold.choose(rows, Wanted("balanced"))
    assert balanced_accuracy_score(rows.positive, said) == pytest.approx((1 + found - alarms).max() / 2)


@pytest.mark.parametrize(("missed", "alarm"), [(4, 1), (1, 1), (1, 3)])
def test_chances_that_come_true_are_cut_near_to_what_costs_alone_say(missed: float, alarm: float):
    found = threshold.choose(side(60_000), Wanted("costs", missed, alarm))
    assert found == pytest.approx(alarm / (alarm + missed), abs=0.04)


@pytest.mark.parametrize(
    ("chance", "positive", "wanted", "expected"),
    [
        ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], Wanted("balanced"), 0.5),
        ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], Wanted("costs", 3, 1), 0.25),
        ([0.6, 0.7], [1, 1], Wanted("costs", 1, 1), 0.5),
        ([0.6, 0.7], [0, 0], Wanted("costs", 1, 1), 0.85),
        ([0.3, 0.3], [0, 1], Wanted("costs", 0, 1), 0.65),
        ([0.3, 0.3], [0, 1], Wanted("costs", 0, 0), 0.5),
        ([0.1, 0.9], [0, 1], Wanted(), 0.5),
    ],
)
def test_where_many_are_as_good_it_is_a_plain_one(chance, positive, wanted: Wanted, expected: float):
    found = threshold.choose(Side(np.array(chance), np.array(positive, bool)), wanted)
    assert found == pytest.approx(expected)


@pytest.fixture
def model(trained, tmp_path: Path) -> Run:
    """A copy of a trained model that a test may change."""
    run = trained("yes_no")
    shutil.copytree(run.folder, tmp_path / "copy")
    return Run(run.id, tmp_path / "copy")


@pytest.mark.heavy
def test_everything_that_answers_follows_the_threshold(model: Run, tmp_path: Path):
    from core import home, proof
    from core.answer import Model

    before, rows = model.results(), kept.read(model, "test")
    proof.export(model, "python_zip")
    threshold.apply(model, 0.05, Wanted("costs", 9, 1))
    assert not (model.folder / "exports").exists()

    found = model.results()
    means = threshold.meaning(rows, 0.05)
    assert found["confusion"]["counts"] == [[means.rest, means.alarms], [means.missed, means.found]]
    assert found["metrics"]["test"]["accuracy"] == pytest.approx(
        (means.found + means.rest) / len(rows.chance)
    )
    low, high = found["metrics"]["intervals"]["accuracy"]
    assert low <= found["metrics"]["test"]["accuracy"] <= high
    for same in ("roc_auc", "log_loss", "ece"):
        assert found["metrics"]["test"][same] == pytest.approx(before["metrics"]["test"][same], rel=1e-5)
    assert found["metrics"]["baselines"] == before["metrics"]["baselines"]
    assert found["threshold"] == {"value": 0.05, "by": "costs", "missed": 9, "alarm": 1}
    assert "from a chance of 5.0% on" in " ".join(str(Sentence.from_json(s)) for s in found["sentences"])

    samples = home.read_json(model.folder / "samples.json")
    answered = Model.open(model).answer(samples["columns"])
    expected = ["yes" if row[1] >= 0.05 else "no" for row in answered["probabilities"]]
    assert answered["prediction"] == expected == samples["answers"]["prediction"]
    path, proved = proof.export(model, "python_zip", tmp_path)
    assert proved["equal"]
    shutil.unpack_archive(path, tmp_path / "out")
    with (tmp_path / "out" / "expected.csv").open(encoding="utf-8") as file:
        assert [row["prediction"] for row in csv.DictReader(file)] == expected


@pytest.mark.heavy
def test_going_back_to_the_likelier_answer_gives_the_same_results_again(model: Run):
    before = model.results()
    threshold.apply(model, 0.9, Wanted("costs", 1, 9))
    assert model.results()["confusion"] != before["confusion"]
    threshold.apply(model, 0.5, Wanted())
    after = model.results()
    assert after["confusion"] == before["confusion"]
    assert [entry["predicted"] for entry in after["worst"]] == [
        entry["predicted"] for entry in before["worst"]
    ]
    assert after["metrics"]["test"] == pytest.approx(before["metrics"]["test"], rel=1e-5)


@pytest.mark.heavy
def test_a_helper_that_has_the_model_open_follows_too(model: Run):
    from core.answering import answer

    asked = {"folder": str(model.folder), "columns": {"size": ["9"], "colour": ["red"], "class": ["a"]}}
    chance = answer(asked)["probabilities"][0][1]
    for value, expected in ((chance - 1e-4, "yes"), (chance + 1e-4, "no")):
        threshold.apply(model, value, Wanted("costs"))
        assert answer(asked)["prediction"] == [expected]


@pytest.mark.heavy
def test_the_terminal_chooses_one_and_refuses_where_there_is_none(trained, model: Run):
    from core.errors import RunError
    from core.terminal import threshold as command

    def asked(run: Run, *words: str) -> dict:
        import argparse

        parser = argparse.ArgumentParser()
        command.arguments(parser)
        return command.run(parser.parse_args([str(run.folder), *words]))

    said = asked(model, "--missed", "20", "--alarm", "1")
    assert said["threshold"] < 0.5
    assert model.recipes()["target"]["threshold"] == said["threshold"]
    assert asked(model)["threshold"] == 0.5
    with pytest.raises(RunError, match="cannot cost -1"):
        asked(model, "--missed", "-1")
    with pytest.raises(RunError, match="no threshold to choose"):
        asked(trained("amount"))
