"""Workbooks of LibreOffice and of Excel before 2007: known by their content, any sheet of them can be chosen."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from core.reading import read
from tests.core.readers._broken import refused
from tests.core.readers._old_workbooks import write_ods, write_xls

WRITE: dict[str, Callable] = {"a.ods": write_ods, "a.xls": write_xls}
SHEETS = {
    "Cover": [["Our year"]],
    "数据": [["name", "x", "y"], ["Ann & <co>", 1, 0.1], ["中", 12345678, 1e-7], [None, -3, None]],
    "More": [["z", "w"], [1, 2], [2, 3]],
}


@pytest.mark.parametrize("name", WRITE)
def test_a_sheet_is_read_cell_by_cell_and_another_can_be_chosen(tmp_path: Path, name: str) -> None:
    path = WRITE[name](tmp_path / name, SHEETS)
    reading = read(path)
    assert (reading.how["reader"], reading.how["part"], reading.how["parts"]) == (
        "excel",
        "数据",
        ["Cover", "数据", "More"],
    )
    assert reading.table.values.tolist() == [
        ["Ann & <co>", "1", "0.1"],
        ["中", "12345678", "1e-07"],
        ["", "-3", ""],
    ]
    assert read(path, "More").table.to_dict("list") == {"z": ["1", "2"], "w": ["2", "3"]}


@pytest.mark.parametrize("name", WRITE)
@pytest.mark.parametrize("called", ["a.csv", "a.zip", "a", "a.xlsx"])
def test_it_is_known_by_its_content(tmp_path: Path, name: str, called: str) -> None:
    path = WRITE[name](tmp_path / name, SHEETS).rename(tmp_path / called)
    assert read(path).how["sheet"] == "数据"


@pytest.mark.parametrize("name", WRITE)
def test_one_that_is_cut_off_or_changed_gets_two_sentences(tmp_path: Path, name: str) -> None:
    whole, dice = WRITE[name](tmp_path / name, SHEETS).read_bytes(), random.Random(name)
    (tmp_path / name).write_bytes(whole[: len(whole) // 3])
    assert refused(tmp_path / name)
    for _ in range(80):
        content = bytearray(whole)
        for _ in range(dice.choice([1, 10])):
            content[dice.randrange(8, len(content))] = dice.randrange(256)
        (tmp_path / name).write_bytes(content)
        refused(tmp_path / name)  # what is changed inside a cell cannot be noticed


def test_one_that_breaks_the_checks_of_the_library_gets_two_sentences(tmp_path: Path) -> None:
    whole, dice = write_xls(tmp_path / "a.xls", SHEETS).read_bytes(), random.Random(5)
    for place in range(512, 560, 4):  # which sector follows which
        content = bytearray(whole)
        content[place : place + 4] = dice.randrange(1 << 20).to_bytes(4, "little")
        (tmp_path / "a.xls").write_bytes(content)
        refused(tmp_path / "a.xls")
    content = bytearray(whole)
    content[1024 + 128 + 116 : 1024 + 128 + 120] = (46402).to_bytes(4, "little")  # where the workbook begins
    (tmp_path / "a.xls").write_bytes(content)
    assert refused(tmp_path / "a.xls")
