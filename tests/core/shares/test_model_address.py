"""The address of a model, asked as other programs ask it: by HTTP, at the app that really runs."""

import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest
import requests

from core import endpoints, home, sample_row
from pages.parts import model_address
from tests.core.exports.test_service import HOSTILE

pytestmark = [pytest.mark.heavy, pytest.mark.usefixtures("there")]
SECONDS = 60


@pytest.fixture
def opened(place: dict[str, Any]) -> tuple[str, str]:
    """The address, and its key."""
    run = place["yes_no"]
    return f"{place['url']}/api/models/{run.id}", endpoints.switch_on(run.id)


def ask(opened: tuple[str, str], way: str, body: Any) -> requests.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return requests.post(
        f"{opened[0]}/{way}", content, headers={"Authorization": f"Bearer {opened[1]}"}, timeout=SECONDS
    )


def two_sentences(said: requests.Response) -> dict[str, Any]:
    (first, *_) = said.json()["errors"]
    assert said.json()["detail"] == f"{first['what']} {first['fix']}"
    assert first["what"][-1] == "."
    assert first["fix"][-1] in ".?"
    return first


def test_it_answers_like_the_app_also_where_values_are_missing_or_new(
    opened: tuple[str, str], place: dict[str, Any]
):
    samples = home.read_json(place["yes_no"].folder / "samples.json")
    rows = [sample_row.row(place["yes_no"], samples["columns"], at) for at in range(22)]
    said = ask(opened, "predict/batch", {"rows": rows}).json()["answers"]
    assert [one["prediction"] for one in said] == samples["answers"]["prediction"]
    chances = [list(one["probabilities"].values()) for one in said]
    assert chances == [pytest.approx(wanted, abs=1e-5) for wanted in samples["answers"]["probabilities"]]
    assert list(said[0]["probabilities"]) == ["no", "yes"]
    alone = ask(opened, "predict", rows[3]).json()
    assert alone["probabilities"] == pytest.approx(said[3]["probabilities"], abs=1e-6)


def test_an_amount_has_its_range(place: dict[str, Any]):
    run = place["amount_range"]
    said = ask(
        (f"{place['url']}/api/models/{run.id}", endpoints.switch_on(run.id)), "predict", sample_row.first(run)
    ).json()
    assert set(said) == {"prediction", "low", "high"}
    assert said["low"] <= said["prediction"] <= said["high"]


@pytest.mark.parametrize("name", ["curl", "Python", "JavaScript"])
def test_each_example_runs_as_it_stands(opened: tuple[str, str], place: dict[str, Any], name: str):
    command = {
        "curl": ["bash", "-c"],
        "Python": [sys.executable, "-c"],
        "JavaScript": ["node", "--input-type=module", "-e"],
    }[name]
    if shutil.which("curl" if name == "curl" else command[0]) is None:
        pytest.skip(f"{name} is not installed")
    row = {**sample_row.first(place["yes_no"]), "colour": 'it\'s "odd" $HOME `x`'}
    texts = dict(
        zip(
            ("curl", "Python", "JavaScript"), model_address.texts_of(f"{opened[0]}/predict", row), strict=True
        )
    )
    done = subprocess.run([*command, texts[name]], env={**os.environ, model_address.KEY: opened[1]}, capture_output=True, text=True,
                          timeout=SECONDS, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert ask(opened, "predict", row).json()["prediction"] in done.stdout
    assert "probabilities" in done.stdout


@pytest.mark.parametrize("way", ["predict", "predict/batch", "health", "", "../../../healthz"])
@pytest.mark.parametrize("key", ["", "Bearer", "Bearer wrong", "Basic {key}", "{key}"])
def test_without_the_key_nothing_is_told(opened: tuple[str, str], place: dict[str, Any], way: str, key: str):
    off = f"{place['url']}/api/models/20200101-000000-00000000"
    told = set()
    for address in (opened[0], off):
        said = requests.post(
            f"{address}/{way}", json={}, headers={"Authorization": key.format(key=opened[1])}, timeout=SECONDS
        )
        assert said.status_code in (401, 404, 405, 429)
        told.add(said.text if said.status_code == 401 else "")
    assert len(told - {""}) <= 1, "whether there is a model must not show"


def test_switched_off_it_answers_nobody(opened: tuple[str, str], place: dict[str, Any]):
    assert ask(opened, "predict", sample_row.first(place["yes_no"])).status_code == 200
    endpoints.switch_off(place["yes_no"].id)
    said = ask(opened, "predict", sample_row.first(place["yes_no"]))
    assert said.status_code in (401, 429)
    two_sentences(said)


def test_health_tells_what_is_answered_and_other_ways_are_refused(opened: tuple[str, str]):
    headers = {"Authorization": f"Bearer {opened[1]}"}
    assert requests.get(f"{opened[0]}/health", headers=headers, timeout=SECONDS).json() == {
        "status": "ok",
        "target": "bought",
    }
    for method, way, status in (
        ("GET", "predict", 405),
        ("POST", "health", 405),
        ("GET", "metrics", 404),
        ("DELETE", "predict/batch", 405),
    ):
        said = requests.request(method, f"{opened[0]}/{way}", headers=headers, timeout=SECONDS)
        assert said.status_code == status
        two_sentences(said)


@pytest.mark.parametrize(
    ("body", "status"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)
def test_what_the_exported_service_refuses_is_refused_here(opened: tuple[str, str], body: Any, status: int):
    said = ask(opened, "predict", body)
    assert said.status_code == status, said.text
    two_sentences(said)


@pytest.mark.parametrize(
    "body",
    [{"rows": []}, {"rows": 5}, {"rows": [{}] * 1_001}, {"rows": [3]}, {}, [], {"rows": [{}], "more": 1}],
)
def test_a_hostile_batch_is_refused(opened: tuple[str, str], body: Any):
    said = ask(opened, "predict/batch", body)
    assert said.status_code == 422
    two_sentences(said)


def test_a_mistake_says_in_which_row_and_field_it_is(opened: tuple[str, str], place: dict[str, Any]):
    row = sample_row.first(place["yes_no"])
    said = ask(opened, "predict/batch", {"rows": [row, {**row, "color": "red"}]})
    assert two_sentences(said) == {
        "what": "There is no field “color”.", "fix": "Did you mean “colour”?", "row": 1, "field": "color",
    }  # fmt: skip


def test_whoever_asks_too_often_has_to_wait(opened: tuple[str, str]):
    with requests.Session() as session:
        headers = {"Authorization": f"Bearer {opened[1]}"}
        asked = (session.get(f"{opened[0]}/health", headers=headers, timeout=SECONDS) for _ in range(1_000))
        assert 429 in (said.status_code for said in asked)
