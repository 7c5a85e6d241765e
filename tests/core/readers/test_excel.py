from pathlib import Path

import pytest

from core.errors import FileError
from core.reading import read
from tests.core.readers._workbook import write


def test_numbers_dates_and_texts_are_written_exactly(tmp_path: Path) -> None:
    rows = [
        ["name", "count", "price", "day", "moment", "yes", "empty"],
        ["Ann", 3.0, 0.1, (45000, 1), (45000.5, 2), True, None],
        ["007", 12345678, 1e-7, (45001, 1), (45001.25, 2), False, "x"],
    ]
    table = read(write(tmp_path / "a.xlsx", {"Sheet": rows})).table
    assert table.iloc[0].tolist() == ["Ann", "3", "0.1", "2023-03-15", "2023-03-15 12:00:00", "TRUE", ""]
    assert table.iloc[1].tolist() == [
        "007",
        "12345678",
        "1e-07",
        "2023-03-16",
        "2023-03-16 06:00:00",
        "FALSE",
        "x",
    ]


def test_the_first_sheet_with_a_table_is_read_and_told(tmp_path: Path) -> None:
    sheets = {"Cover": [["Our year"]], "Data": [["a", "b"], [1, 2], [3, 4]], "More": [["z"], [1], [2]]}
    reading = read(write(tmp_path / "a.xlsx", sheets))
    assert reading.how["sheet"] == "Data"
    assert reading.table["b"].tolist() == ["2", "4"]
    assert "“Data”" in str(reading.notes[-1])


def test_a_title_empty_rows_and_empty_columns_are_left_out(tmp_path: Path) -> None:
    rows = [
        ["Sales", None, None, None],
        [None] * 4,
        ["a", "b", None, "c"],
        [1, 2, None, "x"],
        [None] * 4,
        [3, 4, None, "y"],
    ]
    table = read(write(tmp_path / "a.xlsx", {"S": rows})).table
    assert list(table.columns) == ["a", "b", "c"]
    assert table["a"].tolist() == ["1", "3"]


def test_chinese_names_are_kept(tmp_path: Path) -> None:
    table = read(write(tmp_path / "客户.xlsx", {"表": [["城市", "金额"], ["北京", 10], ["上海", 20]]})).table
    assert list(table.columns) == ["城市", "金额"]


def test_a_workbook_with_the_wrong_suffix_is_known_by_its_content(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"S": [["a", "b"], [1, 2], [3, 4]]})
    assert read(path.rename(tmp_path / "a.csv")).how["reader"] == "excel"


def test_a_sheet_can_be_chosen(tmp_path: Path) -> None:
    sheets = {"Cover": [["Our year"]], "Data": [["a", "b"], [1, 2], [3, 4]], "More": [["z"], [1], [2]]}
    path = write(tmp_path / "a.xlsx", sheets)
    reading = read(path, "More")
    assert (reading.how["part"], reading.how["parts"]) == ("More", ["Cover", "Data", "More"])
    assert reading.table.to_dict("list") == {"z": ["1", "2"]}
    with pytest.raises(FileError, match=r"Sheet “Cover” of “a[.]xlsx” holds no header with rows"):
        read(path, "Cover")
    with pytest.raises(FileError, match="holds no table called “Data 2”"):
        read(path, "Data 2")


def test_a_workbook_with_one_sheet_offers_no_choice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"S": [["a", "b"], [1, 2], [3, 4]]})
    assert "parts" not in read(path).how
    assert read(path, "S").how == read(path).how
