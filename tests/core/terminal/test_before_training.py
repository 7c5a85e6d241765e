"""A training that cannot work is refused in the terminal before it begins, unless it is wanted anyway."""

import json
from pathlib import Path

import pytest

from core import runs
from core.__main__ import main
from core.devices import granted
from core.graph import Graph, Layer


@pytest.fixture
def huge(tmp_path: Path) -> Path:
    """A drawing of some seven thousand million weights."""
    layers = [Layer("columns", "input", (), {"source": "numbers"})]
    for name in ("one", "two", "three"):
        layers.append(Layer(name, "dense", (layers[-1].name,), {"units": 60_000}))
    path = tmp_path / "huge.json"
    path.write_text(json.dumps(Graph((*layers, Layer("answer", "output", ("three",)))).to_json()))
    return path


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.csv"
    path.write_text("size,price\n" + "".join(f"{row}.5,{3 * row}.25\n" for row in range(300)))
    return path


def test_a_network_that_no_memory_holds_is_refused(
    numbers: Path, huge: Path, capsys: pytest.CaptureFixture[str]
):
    words = ["train", str(numbers), "--target", "price", "--graph", str(huge), "--quiet"]
    assert main(words) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert "GB of memory, and this machine has" in error["what"]
    assert error["fix"].startswith("Make its layers smaller, “t")
    assert runs.everything() == []


def test_a_device_that_is_not_there_is_refused_before_the_file_is_read(capsys: pytest.CaptureFixture[str]):
    assert main(["train", "not there.csv", "--target", "price", "--device", "gpu:9"]) == 2
    assert "“gpu:9”" in json.loads(capsys.readouterr().out)["error"]["what"]


@pytest.mark.heavy
def test_who_wants_it_anyway_gets_it(
    numbers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "memory.max").write_text("100000000")  # a container that is said to have 100 MB
    monkeypatch.setattr(granted, "CGROUPS", tmp_path)
    words = ["train", str(numbers), "--target", "price", "--epochs", "1", "--device", "cpu"]
    assert main(words) == 2
    assert "this machine has 0.1 GB" in json.loads(capsys.readouterr().out)["error"]["what"]
    assert main([*words, "--anyway"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["state"] == "done"
    assert "this machine has 0.1 GB" in said.err
