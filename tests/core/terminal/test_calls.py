"""How the terminal answers what it cannot do: two sentences, JSON, and an exit code that is not 0."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.__main__ import main

ROOT = Path(__file__).parent.parent.parent.parent


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main([str(word) for word in words]) == 2
    said = capsys.readouterr()
    error = json.loads(said.out)["error"]
    assert said.err.splitlines()[-2:] == [error["what"], error["fix"]]
    return error["what"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,yes\n2,no\n" * 30, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "no command"),
        (["train"], "file"),
        (["train", "x.csv", "--target", "b", "--epochs", "many"], "many"),
        (["conjure"], "conjure"),
        (["runs", "--colour"], "--colour"),
    ],
)
def test_a_call_that_cannot_be_read_is_answered(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
):
    assert says in refused(capsys, *words)


def test_help_is_no_trouble(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "train" in capsys.readouterr().out


def test_a_place_that_cannot_be_written_is_named(table: Path, capsys: pytest.CaptureFixture[str]):
    assert str(table) in refused(capsys, "read", table, "--out", table)


@pytest.mark.parametrize(
    ("words", "says"),
    [(["--seed", "-1"], "Seed"), (["--template", "none"], "none"), (["--graph", "none.json"], "none.json")],
)
def test_a_wrong_wish_is_answered_before_the_file_is_read(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
):
    assert says in refused(capsys, "train", "not there.csv", "--target", "b", *words)


def test_files_of_the_same_name_do_not_overwrite_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    paths = [tmp_path / place / "x.csv" for place in ("one", "two")]
    for place, path in enumerate(paths):
        path.parent.mkdir()
        path.write_text(f"a,b\n{place},yes\n", encoding="utf-8")
    assert main(["read", *map(str, paths), "--out", str(tmp_path / "out")]) == 0
    written = [Path(file["out"]) for file in json.loads(capsys.readouterr().out)["files"]]
    assert [path.name for path in written] == ["x.csv.csv", "x.csv_2.csv"]
    assert [path.read_text()[4] for path in written] == ["0", "1"]


def test_a_reader_that_goes_away_leaves_no_complaint(table: Path):
    process = subprocess.Popen(
        [sys.executable, "-m", "core", "profile", str(table)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    assert process.wait(60) == 1
    process.stderr.close()
