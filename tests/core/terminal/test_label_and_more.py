"""Rows to label first, and whether more rows would help, asked of a model that was trained on a table with few texts."""

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent.parent
GOOD, BAD = ("lovely", "great", "fine", "superb", "kind"), ("awful", "broken", "late", "rude", "dirty")


def call(place: Path, *words: str) -> tuple[int, Any, str]:
    environment = {**os.environ, "MODELYARD_HOME": str(place / "workspace"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "core", *words], cwd=place, env=environment, capture_output=True, text=True, timeout=280
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout), done.stderr


def remarks() -> list[tuple[str, str, str]]:
    dice = random.Random(1)
    found = []
    for number in range(200):
        words = dice.choices(GOOD if number % 2 else BAD, k=3)
        text = f"we found the {dice.choice(['room', 'lift', 'staff'])} {' and '.join(words)} on day {number}"
        found.append((text, str(number), "" if number >= 160 else "good" if number % 2 else "bad"))
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("remarks")
    with (place / "remarks.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("remark", "visit", "mood"), *remarks()])
    return place


@pytest.fixture(scope="module")
def trained(place: Path) -> dict[str, Any]:
    words = ("--target", "mood", "--epochs", "2", "--template", "counted_words")
    code, said, progress = call(place, "train", "remarks.csv", *words)
    assert code == 0, progress
    return said


def test_rows_without_an_answer_come_as_a_table_to_fill(place: Path, trained: dict[str, Any]):
    code, said, _ = call(place, "label", trained["run"], "--count", "5", "--out", "first.csv")
    assert code == 0
    assert (said["rows"], said["chosen"]) == (40, 5)
    rows = list(csv.DictReader((place / "first.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert list(rows[0]) == ["row", "guess", "chance", "mood", "remark", "visit"]
    assert {row["mood"] for row in rows} == {""}
    for row in rows:
        assert int(row["row"]) > 160
        assert int(row["visit"]) == int(row["row"]) - 1


def test_a_filled_list_becomes_part_of_the_table_ready_to_train_on(place: Path, trained: dict[str, Any]):
    assert call(place, "label", trained["run"], "--count", "5", "--out", "fill.csv")[0] == 0
    with (place / "fill.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    filled = [[*row[:3], "good" if number else "", *row[4:]] for number, row in enumerate(rows)]
    with (place / "filled.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(
            [header, *filled]
        )  # as spreadsheets of many countries save it
    code, said, progress = call(place, "bring", trained["run"], "filled.csv")
    assert code == 0, progress
    assert (said["filled"], said["changed"], said["added"], said["empty"]) == (4, 0, 0, 1)
    facts = json.loads((place / "workspace" / "prepared" / said["prepared"] / "facts.json").read_text())
    assert sum(facts["rows"][side] for side in ("train", "validation", "test")) == 164
    assert call(place, "bring", trained["run"], "remarks.csv")[1]["changed"] == 0


def test_a_file_whose_rows_all_have_answers_is_refused_in_words(place: Path, trained: dict[str, Any]):
    (place / "known.csv").write_text("remark,mood\nwe found the room fine and kind,good\n")
    code, said, _ = call(place, "label", trained["run"], "known.csv", "--out", "none.csv")
    assert code != 0
    assert said["error"]["what"] == "Every row has an answer in “mood” already."


def test_texts_of_another_file_need_no_column_for_the_answer(place: Path, trained: dict[str, Any]):
    (place / "new.csv").write_text("remark\nwe found the lift kind of late\nwe found the staff lovely\n")
    code, _, _ = call(place, "label", trained["run"], "new.csv", "--out", "new-first.csv")
    assert code == 0
    assert (
        (place / "new-first.csv").read_text(encoding="utf-8-sig").startswith("row,guess,chance,mood,remark\n")
    )


def test_more_rows_are_foretold_and_kept_beside_the_run(place: Path, trained: dict[str, Any]):
    code, said, progress = call(place, "more", trained["run"])
    assert code == 0, progress
    assert len(said["sizes"]) == 5
    assert said["sentence"]
    assert (Path(trained["folder"]) / "more_rows.json").exists()


def test_what_the_worker_keeps_for_results_lies_in_the_run(trained: dict[str, Any]):
    texts = json.loads((Path(trained["folder"]) / "shown_texts.json").read_text())
    assert texts["columns"] == ["remark"]
    assert all(one["pushes"]["remark"] for one in texts["texts"])
    assert json.loads((Path(trained["folder"]) / "same_texts.json").read_text())["tested"] > 0
