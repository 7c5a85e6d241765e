"""Dirty files with their clean twins, made by `benchmarks/dirty`: header, rows and cells are right, with no hint."""

import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks.dirty.case import Case, text
from benchmarks.dirty.files import seen
from benchmarks.dirty.strangers import strangers
from benchmarks.dirty.tables import Table
from benchmarks.dirty.unseen import unseen
from core.errors import FileError
from core.readers import delimited
from core.reading import Reading, read
from core.recipes import column_names

CASES: dict[str, list[Case]] = {}
for one in (*seen(), *unseen(), *strangers()):
    CASES.setdefault(one.situation, []).append(one)
FIRST = [
    "Ann",
    "Bo Lee",
    "O'Hara",
    "Zoë",
    "Max, Jr.",
    "a;b",
    'the "Rock"',
    "x|y",
    "東京",
    "line\nbreak",
    "50 %",
    "",
]


def _read(tmp_path: Path, content: str | bytes) -> Reading:
    path = tmp_path / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def _cells(reading: Reading) -> list[list[str]]:
    return [list(reading.table.columns), *reading.table.to_numpy().tolist()]


@pytest.mark.parametrize("situation", CASES)
def test_every_dirty_file_is_read_like_its_clean_twin(tmp_path: Path, situation: str) -> None:
    for case in CASES[situation]:
        names = column_names(case.header or [""] * len(case.rows[0]))
        assert _cells(_read(tmp_path, case.content)) == [names, *case.rows], case.name


@pytest.mark.parametrize("seed", range(60))
def test_a_table_written_in_any_dialect_is_read_back(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    count, width = dice.randint(3, 40), dice.randint(2, 7)
    kinds = [dice.choice(["number", "amount", "day", "text"]) for _ in range(width)]
    kinds[dice.randrange(width)] = "number"  # of words alone nobody can tell the header
    make = {
        "number": lambda: str(dice.randint(0, 9999)),
        "amount": lambda: f"{dice.uniform(0, 999):.2f}",
        "day": lambda: f"2024-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        "text": lambda: dice.choice(FIRST),
    }
    rows = [[make[kind]() for kind in kinds] for _ in range(count)]
    table = Table([f"{kind} {place}" for place, kind in enumerate(kinds)], rows)
    mark, style = dice.choice([",", ";", "\t", "|"]), dice.choice(["minimal", "all"])
    content = text(table, mark, dice.choice(["\n", "\r\n"]), dice.random() < 0.7, style=style)
    assert _cells(_read(tmp_path, content)) == table.lines()


def test_what_was_mended_is_told_with_its_count(tmp_path: Path) -> None:
    content = (
        "Sales of May\n\nitem,sold,price\n# a new shelf\ntea,12,1.50\nitem,sold,price\nmilk, fresh,30,0.99\nrice,8,2.10\n"
        "salt,5,0.40\nTotal,55,4.99\nSource: the till\n"
    )
    reading = _read(tmp_path, content)
    assert reading.table["item"].tolist() == ["tea", "milk, fresh", "rice", "salt"]
    assert [str(note) for note in reading.notes] == [
        "1 line with a comment was left out: “# a new shelf”.",
        "1 line above the table was left out: “Sales of May”.",
        "1 row that repeats the header was left out.",
        "1 row with totals below the table was left out.",
        "1 line below the table was left out: “Source: the till”.",
        "In 1 row a cell holds the mark that divides cells, without quotation marks; its pieces were put together.",
    ]


def test_a_second_table_is_left_out_and_told(tmp_path: Path) -> None:
    reading = _read(
        tmp_path, "id,n\n1,5\n2,6\n3,7\n\ncity,people,area\nRome,2.8,1\nOslo,0.7,2\nBern,0.1,3\nUlm,0.1,4\n"
    )
    assert list(reading.table.columns) == ["city", "people", "area"]
    assert "another table, which was left out" in str(reading.notes[0])


def test_totals_and_repeated_headers_of_a_large_file_are_left_out(tmp_path: Path) -> None:
    rows = "".join(f"shop {i % 90},{i},{i}.5\n" for i in range(60_000))
    reading = _read(tmp_path, f"shop,n,amount\n{rows}shop,n,amount\n{rows}Total,1,2\n")
    assert len(reading.table) == 120_000
    assert [str(note) for note in reading.notes] == [
        "1 row that repeats the header was left out.",
        "1 row with totals below the table was left out.",
    ]


def test_odd_rows_of_a_large_file_are_mended_as_in_a_small_one(tmp_path: Path) -> None:
    rows = [f"{i},shop {i % 90},{i}.5" for i in range(90_000)]
    odd = ["7,Lee, Bo,1.5", "8,short", "# checked", "9,trailing,2.5,"]
    end = "\nTotal,,4049955000.00\nSource: the till\n"
    small = _read(tmp_path, "\n".join(["id,shop,amount", *rows[:300], *odd, *rows[300:400]]) + end)
    large = _read(tmp_path, "\n".join(["id,shop,amount", *rows[:50_000], *odd, *rows[50_000:]]) + end)
    assert len(large.table) == 90_003
    assert (
        large.table.iloc[50_000:50_003].to_numpy().tolist() == small.table.iloc[300:303].to_numpy().tolist()
    )
    assert large.table.iloc[49_999].tolist() == rows[49_999].split(",")
    assert large.table.iloc[-1].tolist() == rows[-1].split(",")
    assert sorted(map(str, large.notes)) == sorted(map(str, small.notes))


def test_a_file_that_is_written_to_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_text("a,b\n1,2\n")

    class Slow(type(path)):
        def open(self, *args: Any, **how: Any) -> Any:
            file = super().open(*args, **how)
            with super().open("ab") as other:
                other.write(b"3,4\n")
            return file

    with pytest.raises(FileError, match=r"“growing\.csv” was changed while it was read"):
        delimited.read(Slow(path))


def test_a_line_that_never_ends_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"The first line of “file\.csv” has more than 20,000,000 characters"):
        _read(tmp_path, b"a,b " * 5_500_000)


def test_a_hundred_thousand_columns_are_refused(tmp_path: Path) -> None:
    row = ",".join(map(str, range(100_000)))
    with pytest.raises(FileError, match="columns"):
        _read(tmp_path, f"{row}\n{row}\n")
