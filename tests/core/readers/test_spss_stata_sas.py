"""Files of SPSS, Stata and SAS, written by the library that many programs share, read cell by cell."""

import random
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from core.errors import FileError
from core.reading import read
from tests.core.readers._broken import refused

TABLE = pd.DataFrame({
    "sex": [1.0, 2.0, None, 3.0], "x": [0.1, 1 / 3, 2.0, None], "day": [date(2024, 1, 31), None, date(1900, 1, 1), date(2000, 2, 29)],
    "name": ["Änn", "", "中", "o'x;"], "at": [datetime(2024, 1, 31, 5, 6, 7), None, datetime(2024, 1, 1), datetime(1970, 1, 1)],
})  # fmt: skip
TEXTS = {
    "sex": ["male", "female", "", "3"], "x": ["0.1", repr(1 / 3), "2", ""], "day": ["2024-01-31", "", "1900-01-01", "2000-02-29"],
    "name": ["Änn", "", "中", "o'x;"], "at": ["2024-01-31 05:06:07", "", "2024-01-01", "1970-01-01"],
}  # fmt: skip
LABELS = {"sex": {1: "male", 2: "female"}}
WRITE: dict[str, Callable[[pd.DataFrame, str], None]] = {
    "t.sav": lambda table, path: pyreadstat.write_sav(table, path, variable_value_labels=LABELS),
    "t.zsav": lambda table, path: pyreadstat.write_sav(table, path, variable_value_labels=LABELS, compress=True),
    "t.dta": lambda table, path: pyreadstat.write_dta(table, path, variable_value_labels=LABELS),
    "old.dta": lambda table, path: pyreadstat.write_dta(table, path, variable_value_labels=LABELS, version=8),
    "t.xpt": lambda table, path: pyreadstat.write_xport(table, path),
    "old.xpt": lambda table, path: pyreadstat.write_xport(table, path, file_format_version=5),
    "t.por": lambda table, path: pyreadstat.write_por(table, path),
}  # fmt: skip


def _expected(name: str) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """What is written, and what should come back: some of these forms keep no labels, no other letters or no small ones."""
    table, texts = TABLE.copy(), dict(TEXTS)
    if name in ("t.por", "old.dta", "old.xpt"):
        table["name"] = texts["name"] = ["Ann", "", "b", "o'x;"]
    if name.endswith((".xpt", ".por")):
        texts["sex"] = ["1", "2", "", "3"]
    return table, {column.upper(): cells for column, cells in texts.items()} if name == "t.por" else texts


@pytest.mark.parametrize("name", WRITE)
def test_a_file_is_read_cell_by_cell_with_what_values_mean(tmp_path: Path, name: str) -> None:
    table, texts = _expected(name)
    WRITE[name](table, str(tmp_path / name))
    reading = read(tmp_path / name)
    assert reading.how["reader"] == "spss_stata_sas"
    found = reading.table.to_dict("list")
    assert list(found) == list(texts)
    digits = 1e-6 if name.endswith(".por") else 1e-15
    for column in texts:
        if column.lower() == "x":
            assert [float(x or "nan") for x in found[column]] == pytest.approx(
                [0.1, 1 / 3, 2, float("nan")], rel=digits, nan_ok=True
            )
        else:
            assert found[column] == texts[column]


@pytest.mark.parametrize("name", ["t.sav"])
def test_a_file_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    WRITE[name](TABLE, str(tmp_path / name))
    (tmp_path / name).rename(tmp_path / "t.csv")
    assert read(tmp_path / "t.csv").how["reader"] == "spss_stata_sas"


def test_what_pandas_writes_for_stata_comes_back_exactly(tmp_path: Path) -> None:
    dice = random.Random(1)
    made = pd.DataFrame(
        {"x": [dice.random() for _ in range(500)], "n": [dice.randrange(10**6) for _ in range(500)]}
    )
    made["half"] = [0.1, 2.5] * 250
    made["half"] = made["half"].astype("float32")
    made.to_stata(tmp_path / "t.dta", write_index=False)
    table = read(tmp_path / "t.dta").table
    assert [float(x) for x in table["x"]] == made["x"].tolist()
    assert table["n"].tolist() == made["n"].astype(str).tolist()
    assert table["half"].tolist() == ["0.1", "2.5"] * 250


def test_letters_of_an_old_stata_file_are_read(tmp_path: Path) -> None:
    pyreadstat.write_dta(
        pd.DataFrame({"a": ["x?y", "z"], "b": [1.0, 2.0]}), str(tmp_path / "t.dta"), version=8
    )
    path = tmp_path / "t.dta"
    path.write_bytes(path.read_bytes().replace(b"x?y", b"x\xe9y"))
    assert read(path).table["a"].tolist() == ["xéy", "z"]


@pytest.mark.parametrize("name", ["t.sav", "t.dta"])
def test_a_file_that_is_cut_off_or_changed_gets_two_sentences(tmp_path: Path, name: str) -> None:
    many = pd.concat([TABLE] * 100, ignore_index=True)
    WRITE[name](many, str(tmp_path / name))
    whole, dice = (tmp_path / name).read_bytes(), random.Random(name)
    (tmp_path / name).write_bytes(whole[:200])
    assert refused(tmp_path / name)
    for _ in range(2):
        content = bytearray(whole)
        for _ in range(10):
            content[dice.randrange(80, len(content))] = dice.randrange(256)
        (tmp_path / name).write_bytes(content[: dice.choice([len(whole), len(whole) // 2])])
        refused(tmp_path / name)  # what is changed inside a cell cannot be noticed


def test_a_file_without_rows_gets_two_sentences(tmp_path: Path) -> None:
    pyreadstat.write_sav(TABLE.iloc[:0], str(tmp_path / "t.sav"))
    with pytest.raises(FileError, match=r"“t\.sav” has a header but no rows"):
        read(tmp_path / "t.sav")


def test_letters_that_only_begin_like_such_a_file(tmp_path: Path) -> None:
    for start in (
        b"$FL2@(#) SPSS",
        b"<stata_dta><header>",
        b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!",
    ):
        (tmp_path / "t.bin").write_bytes(start + b"\n" * 300)
        assert refused(tmp_path / "t.bin")
