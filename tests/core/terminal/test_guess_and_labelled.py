"""Texts without answers get a first guess, and what was mended becomes a table of its own."""

import argparse
import json
from pathlib import Path

import pytest

from core import datasets
from core.errors import DataError
from core.terminal import guess, labelled

TEXTS = [
    "the parcel never arrived",
    "",
    "you charged my card twice",
    'a "quoted", text\nof two lines about an invoice',
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    import pandas

    monkeypatch.setenv("MODELYARD_HOME", str(tmp_path / "workspace"))
    pandas.DataFrame({"id": ["1", "2", "3", "4"], "remark": TEXTS}).to_csv(
        tmp_path / "remarks.csv", index=False
    )
    return datasets.add(tmp_path / "remarks.csv").id


def asked(command, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return parser.parse_args(words)


def test_each_text_gets_a_guess_the_least_clear_first(data: str, tmp_path: Path):
    out = tmp_path / "guesses.json"
    names = ("--answer=delivery of parcels", "--answer=bills: invoices, payments, cards", "--answer=")
    said = guess.run(asked(guess, data, "--column=remark", *names, f"--out={out}"))
    found = json.loads(out.read_text())
    assert (said["rows"], said["left_out"]) == (3, 1)
    assert found["answers"] == ["delivery of parcels", "bills"]
    assert dict(zip(found["rows"], found["places"], strict=True)) == {0: 0, 2: 1, 3: 1}
    assert found["ahead"] == sorted(found["ahead"])


def test_answers_become_a_column_of_a_new_table_and_the_old_one_stays(data: str, tmp_path: Path):
    answers = tmp_path / "answers.json"
    answers.write_text(
        json.dumps({"column": "kind", "rows": {"0": "delivery", "3": "bills", "99": "nowhere"}})
    )
    said = labelled.run(asked(labelled, data, "--answers", str(answers)))
    table = datasets.table(said["data"])
    assert said["data"] != data
    assert table["kind"].tolist() == ["delivery", "", "", "bills"]
    assert table["remark"].tolist() == datasets.table(data)["remark"].tolist()
    assert "kind" not in datasets.load(data).columns


def test_a_column_that_is_filled_already_is_never_written_over(data: str, tmp_path: Path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"column": "remark", "rows": {"0": "delivery"}}))
    with pytest.raises(DataError, match="has a column “remark” already"):
        labelled.run(asked(labelled, data, "--answers", str(answers)))
