"""Each way to take a model away: whole, self-contained, and proved to answer the same."""

import csv
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core import proof
from core.answer import Model
from core.errors import ExportError
from core.exports import ORDER, SHELF
from core.runs import Run
from core.words import Sentence

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent.parent
TASKS = ("yes_no", "one_of_many", "amount", "count", "amount_range", "ordered", "many_of_many")


def unpacked(run: Run, place: Path, format: str = "python_zip") -> Path:
    path = SHELF[format].write(run, place)
    with zipfile.ZipFile(path) as file:
        assert all("/" not in name and ".." not in name for name in file.namelist())
        file.extractall(place / "out")
    return place / "out"


def call(folder: Path, *words: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-E", "-s", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_every_format_has_its_place():
    assert sorted(ORDER) == sorted(SHELF)


@pytest.mark.parametrize("format", list(SHELF))
def test_a_format_says_what_it_is(format: str):
    assert isinstance(SHELF[format].LABEL, Sentence)
    assert str(SHELF[format].HELP).endswith(".")


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("format", [name for name in SHELF if getattr(SHELF[name], "ANSWERS", True)])
def test_an_export_answers_like_the_model_in_a_fresh_process(
    trained: Callable[[str], Run], format: str, task: str
):
    run = trained(task)
    path, proved = proof.export(run, format)
    assert path.parent == run.folder / "exports"
    assert proved["equal"]
    assert proved["rows"] == 22
    assert proved["largest_difference"] < (1e-2 if task in ("amount", "count", "amount_range") else 1e-5)
    assert run.proof(format)["largest_difference"] == proved["largest_difference"]


def test_the_zip_holds_what_it_promises(trained: Callable[[str], Run], tmp_path: Path):
    folder = unpacked(trained("yes_no"), tmp_path)
    assert {path.name for path in folder.iterdir()} == {
        "README.md", "requirements.txt", "predict.py", "network.py", "recipes.py", "pieces.py", "tokens.py", "recipes.json", "model.onnx",
        "graph.json", "sample_rows.csv", "expected.csv", "MODEL_CARD.md", "model_card.html", "serve.py", "forms.py", "inquiry.py", "guard.py", "example.json", "Dockerfile", "requirements-service.txt",
    }  # fmt: skip
    assert (folder / "recipes.py").read_bytes() == (ROOT / "core" / "recipes.py").read_bytes()
    assert len((folder / "predict.py").read_text().splitlines()) < 140
    needed = {line.split("==")[0] for line in (folder / "requirements.txt").read_text().split()}
    assert needed == {"numpy", "onnxruntime"}
    with (folder / "sample_rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[-2].values()) == {""}
    assert "never seen" in rows[-1]["colour"]


def test_python_may_ask_row_by_row_from_anywhere(trained: Callable[[str], Run], tmp_path: Path):
    folder = unpacked(trained("yes_no"), tmp_path)
    script = (
        f"import sys, json; sys.path.insert(0, {str(folder)!r}); from predict import predict;"
        "print(json.dumps(predict([{'size': 14.5, 'colour': 'red', 'more': 1}, {'size': None}, {}])))"
    )
    done = call(tmp_path, "-c", script)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    model = Model.open(trained("yes_no"))
    expected = model.answer({"size": ["14.5", "", ""], "colour": ["red", "", ""]})
    assert [row["prediction"] for row in answers] == expected["prediction"]
    assert [row["p_yes"] for row in answers] == pytest.approx(
        expected["probabilities"][:, 1].tolist(), abs=1e-6
    )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_script_reads_what_spreadsheets_write(trained: Callable[[str], Run], tmp_path: Path, mark: str):
    folder = unpacked(trained("amount"), tmp_path)
    lines = [["id", "class", "size", "colour"], ["1", "a", "10.5", "red"], ["2", "b", "", "蓝色"]]
    (folder / "mine.csv").write_text(
        "\ufeff" + "\r\n".join(mark.join(line) for line in lines), encoding="utf-8"
    )
    done = call(folder, "predict.py", "mine.csv", "said.csv")
    assert done.returncode == 0, done.stderr
    said = (folder / "said.csv").read_text(encoding="utf-8").splitlines()
    assert (said[0], len(said)) == ("prediction", 3)
    assert float(said[1]) == pytest.approx(360, abs=60)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be used"),
        (b"size,colour\n1,red\n", "lacks these columns: class"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"", "lacks"),
    ],
)
def test_the_script_says_what_is_wrong_in_two_sentences(
    trained: Callable[[str], Run], tmp_path: Path, content: bytes | None, says: str
):
    folder = unpacked(trained("amount"), tmp_path)
    if content is not None:
        (folder / "mine.csv").write_bytes(content)
    done = call(folder, "predict.py", "mine.csv", "said.csv")
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "said.csv").exists()


def test_the_script_knows_a_column_by_the_name_that_the_reader_gave_it(
    trained: Callable[[str], Run], tmp_path: Path
):
    folder = unpacked(trained("amount"), tmp_path)
    (folder / "mine.csv").write_text(' size,"colour\n",class,\n10.5,red,a,1\n', encoding="utf-8")
    done = call(folder, "predict.py", "mine.csv", "said.csv")
    assert done.returncode == 0, done.stderr
    assert float((folder / "said.csv").read_text().splitlines()[1]) == pytest.approx(360, abs=60)


def test_the_script_leaves_nothing_half_written(trained: Callable[[str], Run], tmp_path: Path):
    folder = unpacked(trained("amount"), tmp_path)
    rows = b"size,colour,class\n" + b"10.5,red,a\n" * 20_000
    (folder / "mine.csv").write_bytes(rows + b"10,\xff\xff,a\n")
    for out in ("said.csv", "no/such/folder.csv"):
        done = call(folder, "predict.py", "mine.csv", out)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        assert not list(folder.glob("said.csv*"))


def test_an_export_that_lies_is_found_out(trained: Callable[[str], Run], tmp_path: Path):
    path = SHELF["python_zip"].write(trained("yes_no"), tmp_path)
    with zipfile.ZipFile(path) as file:
        files = {name: file.read(name) for name in file.namelist()}
    files["expected.csv"] = files["expected.csv"].replace(b"0.", b"0.0")
    with zipfile.ZipFile(path, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    assert not proof.prove(path)["equal"]


def test_an_export_that_does_not_run_is_refused(trained: Callable[[str], Run], tmp_path: Path):
    path = SHELF["python_zip"].write(trained("yes_no"), tmp_path)
    with zipfile.ZipFile(path) as file:
        files = {name: file.read(name) for name in file.namelist() if name != "network.py"}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    with pytest.raises(ExportError, match="does not run"):
        proof.prove(path)


def test_a_run_without_results_has_nothing_to_take_away(tmp_path: Path):
    with pytest.raises(ExportError, match="no model"):
        SHELF["python_zip"].write(Run("x", tmp_path), tmp_path)
