"""The Python bundle where only its own requirements are installed: one row, many rows, and the web service."""

import csv
import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from core import recipes
from core.exports import SHELF
from core.runs import Run

pytestmark = pytest.mark.heavy
MOST_BYTES = 250_000_000
TASKS = ("yes_no", "amount_range")
JSON = {"Content-Type": "application/json"}
SECONDS = 60


@pytest.fixture(scope="module")
def bundles(trained: Callable[[str], Run], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """By task, the folder of an unpacked bundle."""
    made = {}
    for task in TASKS:
        place = tmp_path_factory.mktemp(task)
        with zipfile.ZipFile(SHELF["python_zip"].write(trained(task), place)) as file:
            file.extractall(place / "out")
        made[task] = place / "out"
    return made


@pytest.fixture(scope="module")
def fresh(bundles: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds what a bundle's service asks for, and nothing else."""
    place = tmp_path_factory.mktemp("fresh")
    uv = Path(sys.executable).with_name("uv")
    for words in (
        ("venv", "--quiet", "--python", sys.executable, place / "env"),
        ("pip", "install", "--quiet", "--python", place / "env" / "bin" / "python",
         "-r", bundles["yes_no"] / "requirements-service.txt"),
    ):  # fmt: skip
        subprocess.run([uv, *words], check=True, timeout=300)
    return place / "env" / "bin" / "python"


def call(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [python, "-E", "-s", *words], cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
    )


@pytest.fixture(scope="module")
def served(fresh: Path, bundles: dict[str, Path]) -> Iterator[dict[str, str]]:
    """By task, the address of a service that was really started."""
    started, addresses = [], {}
    for task, folder in bundles.items():
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = [fresh, "-E", "-s", "serve.py", "--port", str(port)]
        started.append(
            subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        addresses[task] = f"http://127.0.0.1:{port}"
        _wait(addresses[task])
    yield addresses
    for process in started:
        process.terminate()
        process.wait(SECONDS)


def _wait(address: str) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            assert requests.get(f"{address}/health", timeout=5).json()["status"] == "ok"
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the service never answered")


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """The sample rows as a program would send them: numbers as numbers, null for what is missing or cannot be read."""
    made = json.loads((folder / "recipes.json").read_text(encoding="utf-8"))
    parses = {recipe["column"]: recipe["parse"] for recipe in made["columns"]}
    with (folder / "sample_rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{name: _value(text, parses[name]) for name, text in row.items()} for row in rows]


def _value(text: str, parse: dict[str, Any]) -> Any:
    if parse["as"] != "number":
        return text or None
    number = float(recipes.read_values([text], parse)[0])
    return None if number != number else number


def expected(folder: Path) -> list[dict[str, str]]:
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(answer: dict[str, Any], row: dict[str, str]) -> bool:
    flat = {**answer, **{f"p_{name}": share for name, share in answer.get("probabilities", {}).items()}}
    return all(
        flat[name] == text or float(flat[name]) == pytest.approx(float(text), rel=1e-4, abs=1e-5)
        for name, text in row.items()
    )


def test_it_installs_to_less_than_a_quarter_of_a_gigabyte(fresh: Path):
    files = (path for path in fresh.parent.parent.rglob("*") if path.is_file() and not path.is_symlink())
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


@pytest.mark.parametrize("task", TASKS)
def test_the_service_answers_like_the_app_also_where_values_are_missing_or_new(
    served: dict[str, str], bundles: dict[str, Path], task: str
):
    rows, wanted = rows_of(bundles[task]), expected(bundles[task])
    assert None in rows[-2].values()
    said = requests.post(f"{served[task]}/predict/batch", json={"rows": rows}, timeout=SECONDS).json()[
        "answers"
    ]
    assert len(said) == len(wanted) == 22
    assert all(same(answer, row) for answer, row in zip(said, wanted, strict=True))
    alone = requests.post(f"{served[task]}/predict", json=rows[3], timeout=SECONDS).json()
    assert same(alone, wanted[3])


def test_the_example_is_answered_in_all_three_ways(
    served: dict[str, str], bundles: dict[str, Path], fresh: Path
):
    folder = bundles["yes_no"]
    body = (folder / "example.json").read_bytes()
    over = requests.post(f"{served['yes_no']}/predict", body, headers=JSON, timeout=SECONDS).json()
    done = call(fresh, folder, "predict.py", "--row", "example.json")
    assert done.returncode == 0, done.stderr
    script = "import json; from predict import predict; print(json.dumps(predict([json.load(open('example.json'))])))"
    module = call(fresh, folder, "-c", script)
    assert json.loads(done.stdout) == json.loads(module.stdout)
    assert same(over, {name: str(value) for name, value in json.loads(done.stdout)[0].items()})
    assert "python predict.py --row example.json" in (folder / "README.md").read_text(encoding="utf-8")


def test_the_command_loads_nothing_that_only_the_service_needs(bundles: dict[str, Path], fresh: Path):
    script = "import sys, predict; print([name for name in ('fastapi', 'pydantic', 'uvicorn') if name in sys.modules])"
    assert call(fresh, bundles["yes_no"], "-c", script).stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("row", "says"),
    [("{", "is not JSON"), ('{"sise": 1}', "no column sise"), ("nothing.json", "cannot be used")],
)
def test_a_row_that_is_none_is_refused_in_two_sentences(
    bundles: dict[str, Path], fresh: Path, row: str, says: str
):
    done = call(fresh, bundles["yes_no"], "predict.py", "--row", row)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


ROW = {"size": 10.0, "colour": "red", "class": "a"}
HOSTILE: list[tuple[str, Any, int]] = [
    ("not JSON", b"{", 422),
    ("nothing", b"", 422),
    ("another kind of JSON", b"[1]", 422),
    ("not UTF-8", b"\xff\xff{}", 422),
    ("nested a hundred thousand times", b"[" * 100_000, 422),
    ("objects in objects", b'{"size":' * 50_000, 422),
    ("a number that is none", json.dumps({**ROW, "size": float("nan")}).encode(), 422),
    ("an infinite number", json.dumps({**ROW, "size": float("inf")}).encode(), 422),
    ("a number beyond all numbers", b'{"size": 1e999, "colour": "red", "class": "a"}', 422),
    ("four hundred digits", json.dumps({**ROW, "size": 10**400}).encode(), 422),
    ("six thousand digits", b'{"size": ' + b"9" * 6_000 + b', "colour": null, "class": null}', 422),
    ("a text for a number", {**ROW, "size": "large"}, 422),
    ("a truth for a number", {**ROW, "size": True}, 422),
    ("an object for a text", {**ROW, "colour": {"a": [1]}}, 422),
    ("half a character", b'{"size": 1, "colour": "\\ud800", "class": "a"}', 422),
    ("a name that is half a character", b'{"\\ud800": 1}', 422),
    ("a field left out", {"size": 10.0, "colour": "red"}, 422),
    ("a field that nobody knows", {**ROW, "colours": "red"}, 422),
    ("a very long text", {**ROW, "colour": "x" * 200_000}, 422),
    ("a huge body", b'{"size": "' + b"x" * 1_100_000 + b'"}', 413),
]


@pytest.mark.parametrize(
    ("body", "status"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)
def test_a_hostile_request_gets_two_sentences(served: dict[str, str], body: Any, status: int):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    said = requests.post(f"{served['yes_no']}/predict", content, headers=JSON, timeout=SECONDS)
    assert said.status_code == status, said.text
    _two_sentences(said.json())


def _two_sentences(said: dict[str, Any]) -> None:
    for one in said["errors"]:
        assert one["what"][-1] == "."
        assert one["fix"][-1] in ".?"
    assert said["detail"] == f"{said['errors'][0]['what']} {said['errors'][0]['fix']}"


@pytest.mark.parametrize(
    "body",
    [{"rows": []}, {"rows": 5}, {"rows": [ROW] * 10_001}, {"rows": [ROW, 3]}, {}, {"rows": [ROW], "more": 1}],
    ids=["none", "a number", "too many", "no row", "nothing", "a second field"],
)
def test_a_hostile_batch_gets_two_sentences(served: dict[str, str], body: Any):
    said = requests.post(f"{served['yes_no']}/predict/batch", json=body, timeout=SECONDS)
    assert said.status_code == 422
    _two_sentences(said.json())


def test_a_body_without_a_length_is_cut_off_where_it_becomes_too_large(served: dict[str, str]):
    parts = (b"x" * 100_000 for _ in range(30))
    said = requests.post(f"{served['yes_no']}/predict", parts, headers=JSON, timeout=SECONDS)
    assert said.status_code == 413


def test_a_mistake_says_in_which_row_and_field_it_is_and_what_was_meant(served: dict[str, str]):
    rows = [ROW, {"size": 1.0, "color": "red", "class": "a"}]
    said = requests.post(f"{served['yes_no']}/predict/batch", json={"rows": rows}, timeout=SECONDS).json()
    assert {(one["row"], one["field"]) for one in said["errors"]} == {(1, "colour"), (1, "color")}
    assert any("Did you mean “colour”?" in one["fix"] for one in said["errors"])


def test_the_description_has_the_models_own_fields_with_their_values_and_examples(served: dict[str, str]):
    told = requests.get(f"{served['yes_no']}/openapi.json", timeout=SECONDS).json()
    fields = told["components"]["schemas"]["Row"]["properties"]
    assert set(fields) == {"size", "colour", "class"}
    assert "usually between" in fields["size"]["description"]
    assert "“red”" in fields["colour"]["description"]
    assert fields["size"]["examples"][0] == pytest.approx(10, abs=10)
    assert set(told["components"]["schemas"]["Row"]["required"]) == set(fields)


def test_metrics_count_what_was_asked_and_made_up_paths_make_no_lines(served: dict[str, str]):
    address = served["amount_range"]
    before = _metrics(address)
    requests.post(f"{address}/predict/batch", json={"rows": [ROW] * 7}, timeout=SECONDS)
    requests.get(f"{address}/made-up-{os.getpid()}", timeout=SECONDS)
    after = _metrics(address)
    assert after["modelyard_rows_total"] - before["modelyard_rows_total"] == 7
    asked = 'modelyard_requests_total{path="/predict/batch",status="200"}'
    assert after[asked] - before.get(asked, 0) == 1
    assert not any("made-up" in name for name in after)
    assert (
        after['modelyard_request_seconds_bucket{path="/predict/batch",le="+Inf"}']
        == after['modelyard_request_seconds_count{path="/predict/batch"}']
    )


def _metrics(address: str) -> dict[str, float]:
    said = requests.get(f"{address}/metrics", timeout=SECONDS)
    assert said.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = [line.rsplit(" ", 1) for line in said.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_requests_made_up_from_its_own_description_never_make_it_stumble(
    served: dict[str, str], tmp_path: Path
):
    """By schemathesis, which reads the OpenAPI description and sends what fits it and what does not."""
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    words = [
        Path(sys.executable).with_name("schemathesis"), "run", f"{served['yes_no']}/openapi.json", "--checks", checks,
        "--phases", "examples,fuzzing", "--max-examples", "6", "--seed", "1", "--no-color",
    ]  # fmt: skip
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-1_000:]
