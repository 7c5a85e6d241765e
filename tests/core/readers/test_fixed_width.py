"""Columns of fixed width are read where no mark divides the lines; all else is read as before."""

import random
from pathlib import Path

import pandas as pd
import pytest

from core.reading import Reading, read
from tests.core.readers._broken import refused

TOWNS = ["New York", "Rome", "San Juan del Sur", "", "Köln"]


def _read(tmp_path: Path, text: str, name: str = "t.txt") -> Reading:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read(tmp_path / name)


def _table(rows: int) -> pd.DataFrame:
    dice = random.Random(4)
    return pd.DataFrame({"town": [dice.choice(TOWNS) for _ in range(rows)], "count": [str(dice.randrange(10**5)) for _ in range(rows)],
                         "remark": [dice.choice(["good", "", "not so good"]) for _ in range(rows)], "x": [f"{dice.random():.3f}" for _ in range(rows)]})  # fmt: skip


@pytest.mark.parametrize("aligned", ["<", ">"])
@pytest.mark.parametrize("gap", [1, 3])
def test_cells_with_spaces_and_empty_cells_keep_their_columns(tmp_path: Path, aligned: str, gap: int) -> None:
    table = _table(60)
    widths = [max(map(len, [name, *table[name]])) for name in table]
    rows = [list(table.columns), *table.values.tolist()]
    text = "\n".join(
        (" " * gap).join(f"{cell:{aligned}{width}}" for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    reading = _read(tmp_path, text)
    assert reading.how["reader"] == "fixed_width" or gap > 1  # which the reader of delimited text knows, too
    assert reading.table.to_dict("list") == table.to_dict("list")


def test_what_pandas_prints_comes_back(tmp_path: Path) -> None:
    table = _table(30)
    reading = _read(tmp_path, table.to_string(index=False))
    assert reading.table.to_dict("list") == table.to_dict("list")


def test_few_lines_need_wide_gaps_and_a_ruler_is_no_row(tmp_path: Path) -> None:
    text = "name          town       age\n------------- ---------- ---\nAnn Lee       New York    31\nBob                       27\nEve Adams     Rome         5\n"
    table = _read(tmp_path, text).table
    assert table.values.tolist() == [
        ["Ann Lee", "New York", "31"],
        ["Bob", "", "27"],
        ["Eve Adams", "Rome", "5"],
    ]


@pytest.mark.parametrize(("text", "reader"), [
    ("a b c\n" + "1 2 3\n44 5 6\n" * 9, "delimited"),
    ("a;b\n" + "one two;3\nfour five;6\n" * 9, "delimited"),
    ("name\n" + "one\ntwo three\nfour\n" * 9, "delimited"),
    ("It was the best of times, it was the worst.\nIt was the age of wisdom, all of it.\n\n" * 5, "prose"),
    ("- one thing\n- another thing\n- a third\n" * 5, "delimited"),
])  # fmt: skip
def test_what_another_reader_reads_well_stays_with_it(tmp_path: Path, text: str, reader: str) -> None:
    assert _read(tmp_path, text).how["reader"] == reader


def test_a_file_that_is_cut_off_or_no_text_does_no_harm(tmp_path: Path) -> None:
    text = _table(40).to_string(index=False)
    assert len(_read(tmp_path, text[: len(text) // 2]).table) >= 15
    (tmp_path / "t.txt").write_bytes(text.encode()[:500] + b"\0" * 40 + text.encode()[500:])
    assert refused(tmp_path / "t.txt")
    (tmp_path / "t.txt").write_text("a  b\n" * 3 + "x" * 3_000_000, encoding="utf-8")
    refused(tmp_path / "t.txt")
