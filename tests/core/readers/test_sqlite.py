"""SQLite databases: a table of them cell by cell, and databases that were made to do harm."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import FileError
from core.reading import read
from tests.core.readers._broken import refused


def _base(path: Path, *steps: str, rows: dict[str, list[tuple]] | None = None) -> Path:
    with sqlite3.connect(path) as base:
        for step in steps:
            base.execute(step)
        for table, values in (rows or {}).items():
            places = ",".join("?" * len(values[0]))
            base.executemany(f'INSERT INTO "{table}" VALUES ({places})', values)
    base.close()
    return path


def test_values_are_read_as_they_stand(tmp_path: Path) -> None:
    rows = [
        ("Ann", 2**62, 0.1, None),
        ("中;\n'\"", -1, 1e300, b"caf\xc3\xa9"),
        ("007", 3, 2.0, b"\xff\0"),
        (5, "x", None, ""),
    ]
    path = _base(tmp_path / "t.db", 'CREATE TABLE t ("the name" , n, x, "b""q")', rows={"t": rows})
    reading = read(path)
    assert list(reading.table.columns) == ["the name", "n", "x", 'b"q']
    assert reading.table.values.tolist() == [
        ["Ann", "4611686018427387904", "0.1", ""],
        ["中;\n'\"", "-1", "1e+300", "café"],
        ["007", "3", "2.0", "ff00"],
        ["5", "x", "", ""],
    ]
    assert (reading.how["reader"], reading.how["table"], reading.notes) == ("sqlite", "t", ())


def test_many_rows_come_back_cell_by_cell(tmp_path: Path) -> None:
    dice = random.Random(2)
    rows = [(dice.random(), dice.choice("äb中")) for _ in range(60_000)]
    table = read(_base(tmp_path / "t.sqlite", "CREATE TABLE t (x REAL, s TEXT)", rows={"t": rows})).table
    assert [float(x) for x in table["x"]] == [x for x, _ in rows]
    assert table["s"].tolist() == [s for _, s in rows]


def test_the_table_with_the_most_rows_is_read_and_any_can_be_chosen(tmp_path: Path) -> None:
    path = _base(tmp_path / "t.db", "CREATE TABLE a (x)", 'CREATE TABLE "b c" (y)', "CREATE TABLE e (z)",
                 rows={"a": [(1,)], "b c": [(2,), (3,)]})  # fmt: skip
    reading = read(path)
    assert (reading.how["part"], reading.how["parts"]) == ("b c", ["a", "b c", "e"])
    assert str(reading.notes[0]) == "Table “b c” was read, one of 3 in the database."
    assert read(path, "a").table["x"].tolist() == ["1"]
    with pytest.raises(FileError, match="has a header but no rows"):
        read(path, "e")
    with pytest.raises(FileError, match="no table called “sqlite_schema”"):
        read(path, "sqlite_schema")


def test_a_database_is_known_by_its_content_and_left_as_it_was(tmp_path: Path) -> None:
    path = _base(tmp_path / "t.csv", "PRAGMA journal_mode = WAL", "CREATE TABLE t (x)", rows={"t": [(1,)]})
    before = path.read_bytes()
    assert read(path).how["reader"] == "sqlite"
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["t.csv"]


def test_no_program_in_the_database_is_run(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    path = _base(tmp_path / "t.db", f"CREATE VIEW v AS {endless}", "CREATE VIEW sqlite AS SELECT 1",
                 "CREATE TABLE t (x, y AS (zeroblob(x)))", "INSERT INTO t (x) VALUES (90000000)",
                 "CREATE VIRTUAL TABLE words USING fts5(a)")  # fmt: skip
    reading = read(path)
    assert not {"v", "words"} & set(reading.how["parts"])
    assert read(path, "t").table.to_dict("list") == {"x": ["90000000"]}


def _masked(path: Path) -> bytes:
    """The table that is read is a view with its name: the file says so where SQLite keeps what it made."""
    _base(path, "CREATE TABLE t (x)", rows={"t": [(1,)]})
    return path.read_bytes().replace(b"CREATE TABLE t (x)", b"CREATE TABLE t (x,")


HOSTILE: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "only its first letters": (lambda _: b"SQLite format 3\0", "cannot be opened as a database"),
    "rubbish": (lambda _: b"SQLite format 3\0" + random.Random(1).randbytes(8000), "cannot be opened as a database"),
    "no tables": (lambda path: _base(path, "CREATE TABLE t (x)", "DROP TABLE t").read_bytes(), "without tables"),
    "no rows": (lambda path: _base(path, "CREATE TABLE t (x)").read_bytes(), "no rows"),
    "cut off": (lambda path: _base(path, "CREATE TABLE t (x)", rows={"t": [("y" * 3000,)] * 20}).read_bytes()[:9000], "cannot be opened"),
    "a plan that is cut": (_masked, "cannot be opened as a database"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_database_that_is_broken_gets_two_sentences(tmp_path: Path, case: str) -> None:
    make, expected = HOSTILE[case]
    (tmp_path / "t.db").write_bytes(make(tmp_path / "made.db"))
    with pytest.raises(FileError, match=expected) as caught:
        read(tmp_path / "t.db")
    assert "“t.db”" in str(caught.value.what)


def test_a_database_with_changed_bytes_does_no_harm(tmp_path: Path) -> None:
    rows = [(i, f"text {i}" * 5) for i in range(900)]
    whole = _base(
        tmp_path / "made.db",
        "CREATE TABLE t (x INTEGER PRIMARY KEY, s)",
        "CREATE INDEX i ON t (s)",
        rows={"t": rows},
    ).read_bytes()
    dice = random.Random(4)
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(30):
            content[dice.randrange(16, len(content))] = dice.randrange(256)
        (tmp_path / "t.db").write_bytes(content)
        refused(tmp_path / "t.db")  # what is changed inside a cell cannot be noticed
