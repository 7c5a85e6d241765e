"""The whole path with pictures: a zip or a folder goes in, and the same answers come out here, and far away."""

import csv
import json
import os
import subprocess
import sys
import zipfile
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from core import runs
from pages.parts import helpers, share_row
from tests.core.drawn_pictures import bars, bars_zip, packed, plain

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent.parent


def call(place: Path, *words: str) -> tuple[int, Any, str]:
    environment = {**os.environ, "MODELYARD_HOME": str(place / "workspace"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "core", *words], cwd=place, env=environment, capture_output=True, text=True, timeout=280
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout), done.stderr


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def outside(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-E", "-s", "predict.py", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pictures")
    path = bars_zip(place / "bars.zip", 60)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("bars/lying/cut.png", bars(True, 3)[:90])
    return place


@pytest.fixture(scope="module")
def trained(place: Path) -> dict[str, Any]:
    """A network trained on the folders' names, without a target being named."""
    code, said, progress = call(place, "train", "bars.zip", "--epochs", "25", "--out", "mine")
    assert code == 0, progress
    assert "1 picture cannot be read and is left out: “bars/lying/cut.png”." in progress
    return said


@pytest.fixture(scope="module")
def asked(place: Path) -> Path:
    """Pictures to be answered in no particular order, one of them broken and one that is a text."""
    files = {f"{n}.png": bars(n % 3 == 0, 900 + n) for n in (7, 3, 12, 1, 5)}
    return packed(
        place / "asked.zip", {**files, "broken.png": b"x", "note.txt": b"x", "0.png": bars(True, 999)}
    )


def test_the_folders_names_are_learned(trained: dict[str, Any]):
    assert (trained["task"], trained["target"], trained["template"]) == ("yes_no", "label", "picture_network")
    assert trained["metrics"]["test"]["accuracy"] == 1.0
    assert trained["rows"]["left_out"] == 1
    assert set(trained["metrics"]["baselines"]) == {"gradient_boosting", "linear", "most_frequent"}


@pytest.mark.parametrize("form", ["zip", "folder"])
def test_pictures_are_answered_in_their_order(place: Path, trained: dict[str, Any], asked: Path, form: str):
    given = asked
    if form == "folder":
        given = place / "asked"
        with zipfile.ZipFile(asked) as archive:
            archive.extractall(given)
    code, said, _ = call(place, "predict", trained["run"], str(given), "--out", f"{form}.csv")
    assert code == 0
    found = rows(place / f"{form}.csv")
    assert list(found[0]) == ["file", "prediction", "p_lying", "p_standing"]
    names = ["7.png", "3.png", "12.png", "1.png", "5.png", "broken.png", "0.png"]
    assert [row["file"] for row in found] == (names if form == "zip" else sorted(names))
    for row in found:
        if row["file"] == "broken.png":
            assert set(row.values()) == {"broken.png", ""}
        else:
            lying = int(row["file"].removesuffix(".png")) % 3 == 0
            assert row["prediction"] == ("lying" if lying else "standing")
    assert any("1 row has no answer" in note for note in said["notes"])


def test_a_single_picture_is_answered(place: Path, trained: dict[str, Any]):
    (place / "one.png").write_bytes(bars(False, 77))
    code, _, _ = call(place, "predict", trained["folder"], "one.png", "--out", "one.csv")
    assert (code, rows(place / "one.csv")[0]["prediction"]) == (0, "standing")


def test_a_page_that_is_shared_answers_a_picture_that_was_sent_and_reads_no_file(trained: dict[str, Any]):
    run = runs.find(trained["folder"])
    for sent, told in ((bars(False, 77), "standing"), (bars(True, 78), "lying")):
        assert (
            share_row.answer(run, {"picture": b64encode(sent).decode()}, helpers.SHARED.ask)[1]["text"]
            == told
        )
    for nothing in (b"x", str(run.folder / "samples" / "000.png").encode(), b""):
        said = share_row.answer(run, {"picture": b64encode(nothing).decode()}, helpers.SHARED.ask)
        assert "Choose a picture that can be read" in said[0]["text"]


@pytest.mark.parametrize("format", ["python_zip", "keras_zip"])
def test_an_export_says_the_same_of_pictures(place: Path, trained: dict[str, Any], asked: Path, format: str):
    code, said, progress = call(place, "export", trained["run"], "--format", format, "--out", "out")
    assert code == 0, progress
    assert said["proof"]["equal"]
    assert said["proof"]["largest_difference"] < 1e-5
    folder = place / format
    with zipfile.ZipFile(place / said["file"]) as file:
        file.extractall(folder)
    assert "pillow==" in (folder / "requirements.txt").read_text()
    assert (folder / "samples" / "000.png").read_bytes().startswith(b"\x89PNG")
    call(place, "predict", trained["run"], str(asked), "--out", "here.csv")
    done = outside(folder, str(asked), "there.csv")
    assert done.returncode == 0, done.stderr
    here, there = rows(place / "here.csv"), rows(folder / "there.csv")
    assert [(row["file"], row["prediction"]) for row in here] == [
        (row["file"], row["prediction"]) for row in there
    ]
    for one, other in zip(here, there, strict=True):
        assert float(one["p_lying"] or 0) == pytest.approx(float(other["p_lying"] or 0), abs=1e-5)


def test_an_export_takes_bytes_and_paths(place: Path, trained: dict[str, Any]):
    call(place, "export", trained["run"], "--format", "python_zip", "--out", "out2")
    folder = place / "taken"
    with zipfile.ZipFile(next((place / "out2").iterdir())) as file:
        file.extractall(folder)
    (folder / "x.png").write_bytes(bars(True, 5))
    script = (
        "from predict import predict; content = open('x.png', 'rb').read();"
        "print([row['prediction'] for row in predict([{'picture': 'x.png'}, {'picture': content}, {'picture': 'gone.png'}])])"
    )
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-c", script], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "['lying', 'lying', None]", done.stderr


def test_pictures_texts_and_numbers_answer_together(place: Path):
    lines = ["file,size,colour,price"]
    for n in range(90):
        name = f"{n}.png" if n % 9 else ""
        lines.append(f"{name},{n % 7},{'red' if n % 2 else 'blue'},{100 + 50 * (n % 2) + 3 * (n % 7)}")
    files = {"list.csv": "\n".join(lines), **{f"{n}.png": bars(bool(n % 2), n) for n in range(90)}}
    path = packed(place / "shop.zip", files)
    code, said, progress = call(place, "train", "shop.zip", "--target", "price", "--epochs", "4")
    assert code == 0, progress
    assert said["task"] == "amount"
    code, answered, _ = call(place, "predict", said["run"], str(path), "--out", "shop.csv")
    assert (code, answered["rows"]) == (0, 90)
    assert list(rows(place / "shop.csv")[0]) == ["file", "prediction"]
    assert all(row["prediction"] for row in rows(place / "shop.csv"))
    code, proved, progress = call(place, "export", said["run"], "--format", "python_zip", "--out", "shop")
    assert code == 0, progress
    assert (proved["proof"]["equal"], proved["proof"]["rows"]) == (
        True,
        16,
    )  # 14 test rows, one without a value, one never seen


@pytest.mark.parametrize(
    ("files", "words", "says"),
    [
        ({f"{n}.png": plain(n) for n in range(20)}, [], "what the pictures show"),
        ({f"a/{n}.png": plain(n) for n in range(20)}, [], "what the pictures show"),
        ({"a/1.png": plain(1)}, [], "what the pictures show"),
        ({"a/1.png": plain(1), "b/1.png": plain(9)}, [], "Only 2 rows"),
        ({**{f"a/{n}.png": plain(n) for n in range(3)}, "b/1.png": plain(9)}, [], "Only 4 rows"),
        ({f"{n}/1.png": plain(n) for n in range(20)}, [], "label"),
        ({"a/1.png": b"x", "b/1.png": b"y"}, [], "None of the 2 files"),
        ({f"{n % 2}/{n}.png": plain(n) for n in range(40)}, ["--template", "table_network"], "does not suit"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_said_before_training(place: Path, files: dict, words: list[str], says: str):
    packed(place / "bad.zip", files)
    code, said, _ = call(place, "train", "bad.zip", *words)
    assert code == 2
    assert says in said["error"]["what"]


@pytest.mark.parametrize("colours", [[0, 255], [(200, 0, 0), (0, 0, 200)]], ids=["grey", "colour"])
def test_pictures_of_one_colour_and_of_one_place_are_learned(place: Path, colours: list):
    files = {f"{n % 2}/{n}.png": plain(colours[n % 2], 1 + n % 3, 1 + n % 2 * 400) for n in range(40)}
    packed(place / "plain.zip", files)
    code, said, progress = call(place, "train", "plain.zip", "--epochs", "8", "--seed", "2")
    assert code == 0, progress
    assert said["metrics"]["test"]["accuracy"] >= 0.5
