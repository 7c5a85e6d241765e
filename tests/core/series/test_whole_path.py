"""A forecast from its goal to what is taken away, which says the same outside."""

import csv
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core import datasets, prepare, proof, runs
from core.answer import Model
from core.errors import DataError
from core.exports import SHELF as EXPORTS
from core.series import forecasting
from core.spec import Spec
from core.suggest import suggest
from core.templates import SHELF, default_for
from core.words import Sentence
from tests.core.series.tables import monthly, shops

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module", params=["monthly", "shops"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    from core.worker import door

    place = tmp_path_factory.mktemp(request.param)
    table = {"monthly": monthly, "shops": shops}[request.param]()
    table.to_csv(place / "table.csv", index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODELYARD_HOME", str(place / "workspace"))
        data = datasets.add(place / "table.csv")
        facts = datasets.profile(data.id)
        goal = forecasting(data.id, facts, suggest(facts, "sold").goal)
        ready = prepare.prepare(data.id, goal).facts
        name = default_for(ready)
        spec = Spec(data.id, goal, name, SHELF[name].graph(ready, {}), {"epochs": 8}, name="Sold")
        made = runs.create(spec)
        door.enter(made.folder)
        assert made.state().name == "done", made.state()
        yield made, table, place


def test_results_stand_beside_simple_forecasts_and_in_plain_words(run):
    made, _, _ = run
    results = made.results()
    assert results["metrics"]["test"].keys() == {"mase", "mae", "rmse", "smape"}
    assert results["metrics"]["baselines"].keys() == {"seasonal_naive", "exponential_smoothing"}
    for name, (low, high) in results["metrics"]["intervals"].items():
        assert low <= results["metrics"]["test"][name] * 1.2
        assert high >= results["metrics"]["test"][name] * 0.8
    steps = results["series"]["steps"]
    assert {len(values) for values in results["by_step"].values()} == {steps}
    assert all(str(Sentence.from_json(one)).endswith(".") for one in results["sentences"])
    assert results["windows"][0]["forecasts"][-1]["at"][-1] == results["windows"][0]["at"][-1]
    assert all(len(one["next"]) == steps for one in results["next"]["series"])


def test_the_app_answers_newer_rows_with_the_next_values(run):
    made, table, _ = run
    said = Model.open(made).answer_table(table)
    results = made.results()
    told = [value for one in results["next"]["series"] for value in one["next"]]
    assert said["prediction"].to_numpy() == pytest.approx(np.array(told), rel=1e-4)
    series = results["series"]
    assert len(said) == series["count"] * series["steps"]
    assert list(said.columns)[-1] == "prediction"


@pytest.mark.parametrize("format", [name for name in EXPORTS if name.endswith("_zip")])
def test_what_is_taken_away_says_the_same(run, format: str, tmp_path: Path):
    made, table, _ = run
    path, proved = proof.export(made, format, tmp_path)
    assert proved["equal"]
    with zipfile.ZipFile(path) as file:
        file.extractall(tmp_path / "out")
    table.to_csv(tmp_path / "out" / "rows.csv", index=False)
    command = [sys.executable, "-E", "-s", "predict.py", "rows.csv", "answers.csv"]
    subprocess.run(command, cwd=tmp_path / "out", check=True, capture_output=True, timeout=120)
    with (tmp_path / "out" / "answers.csv").open(encoding="utf-8", newline="") as file:
        outside = list(csv.DictReader(file))
    inside = Model.open(made).answer_table(table)
    assert list(outside[0]) == list(inside.columns)
    for row, (_, ours) in zip(outside, inside.iterrows(), strict=True):
        assert float(row["prediction"]) == pytest.approx(ours["prediction"], rel=1e-4)
        assert [row[name] for name in inside.columns[:-1]] == [str(value) for value in ours.iloc[:-1]]


def test_a_file_without_any_known_value_is_answered_in_two_sentences(run):
    made, table, _ = run
    with pytest.raises(DataError) as caught:
        Model.open(made).answer_table(table.assign(sold=""))
    assert "sold" in str(caught.value.what)
    assert str(caught.value.fix).endswith(".")
