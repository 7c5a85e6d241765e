"""Small dirty text files, each with the clean cells that a careful person would type from them."""

from pathlib import Path

import pytest

from core.reading import Reading, read

AB = (["a", "b"], [["1", "x"], ["2", "y"]])


def _read(tmp_path: Path, content: str | bytes, name: str = "file.csv") -> Reading:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def _cells(reading: Reading) -> tuple[list[str], list[list[str]]]:
    return list(reading.table.columns), [list(row) for row in reading.table.itertuples(index=False)]


CASES = {
    # delimiters
    "comma": ("a,b\n1,x\n2,y\n", *AB),
    "semicolon": ("a;b\n1;x\n2;y\n", *AB),
    "tab": ("a\tb\n1\tx\n2\ty\n", *AB),
    "pipe": ("a|b\n1|x\n2|y\n", *AB),
    "caret": ("a^b\n1^x\n2^y\n", *AB),
    "tilde": ("a~b\n1~x\n2~y\n", *AB),
    "space after comma": ("a, b\n1, x\n2, y\n", *AB),
    "space after comma before a quote": ('a, b\n1, "x, z"\n2, y\n', ["a", "b"], [["1", "x, z"], ["2", "y"]]),
    "semicolon with decimal commas": ("a;b\n1,5;2,5\n3,5;4,5\n", ["a", "b"], [["1,5", "2,5"], ["3,5", "4,5"]]),
    "comma with semicolons in a cell": ("a,b\n1,x;y\n2,z\n", ["a", "b"], [["1", "x;y"], ["2", "z"]]),
    "comma with times": ("a,b\n1,10:30\n2,11:45\n", ["a", "b"], [["1", "10:30"], ["2", "11:45"]]),
    "excel tells the delimiter": ("sep=;\na;b\n1;x\n2;y\n", *AB),
    "spaces between columns": ("a b c\n1 2 3\n4 5 6\n", ["a", "b", "c"], [["1", "2", "3"], ["4", "5", "6"]]),
    "one column": ("price\n10\n20\n30\n", ["price"], [["10"], ["20"], ["30"]]),
    "one column of sentences": ("text\nhello, you\nbye\nso, so, so\n", ["text"], [["hello, you"], ["bye"], ["so, so, so"]]),
    # line ends and empty lines
    "windows lines": ("a,b\r\n1,x\r\n2,y\r\n", *AB),
    "old mac lines": ("a,b\r1,x\r2,y\r", *AB),
    "no last line end": ("a,b\n1,x\n2,y", *AB),
    "empty lines": ("\n\na,b\n\n1,x\n\n\n2,y\n\n", *AB),
    "empty rows at the end": ("a,b\n1,x\n2,y\n,\n,\n", *AB),
    # quotes
    "quoted": ('"a","b"\n"1","x"\n"2","y"\n', *AB),
    "quoted delimiter": ('a,b\n"1,0",x\n2,y\n', ["a", "b"], [["1,0", "x"], ["2", "y"]]),
    "quoted line break": ('a,b\n"1\n0",x\n2,y\n', ["a", "b"], [["1\n0", "x"], ["2", "y"]]),
    "doubled quote": ('a,b\n"say ""hi""",x\n2,y\n', ["a", "b"], [['say "hi"', "x"], ["2", "y"]]),
    "backslash quote": ('a,b\n"say \\"hi\\", you",x\n2,y\n', ["a", "b"], [['say "hi", you', "x"], ["2", "y"]]),
    "inch mark": ('a,b\n5" pipe,x\n2,y\n', ["a", "b"], [['5" pipe', "x"], ["2", "y"]]),
    "quoted empty": ('a,b\n"",x\n2,""\n', ["a", "b"], [["", "x"], ["2", ""]]),
    # encodings
    "utf-8 mark": (b"\xef\xbb\xbfa,b\n1,x\n2,y\n", *AB),
    "utf-16": ("a,b\n1,x\n2,y\n".encode("utf-16"), *AB),
    "utf-16 without mark": ("a,b\n1,x\n2,y\n".encode("utf-16-le"), *AB),
    "utf-16 with tabs": ("a\tb\n1\tx\n2\ty\n".encode("utf-16"), *AB),
    "chinese utf-8": ("姓名,城市\n张三,北京\n李四,上海\n", ["姓名", "城市"], [["张三", "北京"], ["李四", "上海"]]),
    "chinese gb18030": ("姓名,城市\n张三,北京\n李四,上海\n".encode("gb18030"), ["姓名", "城市"], [["张三", "北京"], ["李四", "上海"]]),
    "chinese big5": ("姓名,城市\n張三,臺北\n李四,高雄\n".encode("big5"), ["姓名", "城市"], [["張三", "臺北"], ["李四", "高雄"]]),
    "japanese": ("なまえ,まち\nさくら,東京\nたろう,大阪\n".encode("shift_jis"), ["なまえ", "まち"], [["さくら", "東京"], ["たろう", "大阪"]]),
    "korean": ("이름,도시\n김철수,서울\n이영희,부산\n".encode("euc_kr"), ["이름", "도시"], [["김철수", "서울"], ["이영희", "부산"]]),
    "western": ("name,city\nJosé,Málaga\nJürgen,Köln\n".encode("cp1252"), ["name", "city"], [["José", "Málaga"], ["Jürgen", "Köln"]]),
    "western euro": ("name,price\nCafé,5 €\nThé,3 €\n".encode("cp1252"), ["name", "price"], [["Café", "5 €"], ["Thé", "3 €"]]),
    "cyrillic": ("имя,город\nИван Петров,Москва\nАнна Иванова,Казань\n".encode("cp1251"), ["имя", "город"], [["Иван Петров", "Москва"], ["Анна Иванова", "Казань"]]),
    # header or none
    "no header": ("1,2.5,red\n2,3.5,blue\n3,4.5,red\n", ["column_1", "column_2", "column_3"], [["1", "2.5", "red"], ["2", "3.5", "blue"], ["3", "4.5", "red"]]),
    "no header, words": ("red,yes\nblue,no\nred,yes\nred,no\nblue,yes\nred,no\n", ["column_1", "column_2"], [["red", "yes"], ["blue", "no"], ["red", "yes"], ["red", "no"], ["blue", "yes"], ["red", "no"]]),
    "header of years": ("land,2019,2020,2021\nA,1,2,3\nB,4,5,6\n", ["land", "2019", "2020", "2021"], [["A", "1", "2", "3"], ["B", "4", "5", "6"]]),
    "header of places": ("0,1,2\n5,1.5,8\n6,2.5,9\n", ["0", "1", "2"], [["5", "1.5", "8"], ["6", "2.5", "9"]]),
    "header over words": ("name,city\nAda,Rome\nBob,Oslo\n", ["name", "city"], [["Ada", "Rome"], ["Bob", "Oslo"]]),
    "header beginning with a digit": ("1stFlr,2ndFlr\n856,854\n1262,0\n", ["1stFlr", "2ndFlr"], [["856", "854"], ["1262", "0"]]),
    # names
    "same names": ("a,a,b\n1,2,3\n4,5,6\n", ["a", "a_2", "b"], [["1", "2", "3"], ["4", "5", "6"]]),
    "second name taken": ("a,a_2,a\n1,2,3\n4,5,6\n", ["a", "a_2", "a_3"], [["1", "2", "3"], ["4", "5", "6"]]),
    "empty name": (",score\n0,1\n1,3\n", ["column_1", "score"], [["0", "1"], ["1", "3"]]),
    "spaces round a name": (" a ,b \n1,x\n2,y\n", *AB),
    "python keyword": ("class,import\n1,x\n2,y\n", ["class", "import"], [["1", "x"], ["2", "y"]]),
    "line break in a name": ('"unit\nprice",b\n1,x\n2,y\n', ["unit price", "b"], [["1", "x"], ["2", "y"]]),
    "row names of R": ("x,y\nr1,1,2\nr2,3,4\n", ["column_1", "x", "y"], [["r1", "1", "2"], ["r2", "3", "4"]]),
    # titles and ragged rows
    "title": ("Sales 2024\n\na,b,c\n1,2,x\n3,4,y\n", ["a", "b", "c"], [["1", "2", "x"], ["3", "4", "y"]]),
    "title with a comma above two columns": ("Report, 2024\n\nmonth,sold\nJan,1\nFeb,2\n", ["month", "sold"], [["Jan", "1"], ["Feb", "2"]]),
    "empty line below the header": ("month,sold\n\nJan,1\nFeb,2\n", ["month", "sold"], [["Jan", "1"], ["Feb", "2"]]),
    "title with empty cells": ("Sales 2024,,\n,,\na,b,c\n1,2,x\n3,4,y\n", ["a", "b", "c"], [["1", "2", "x"], ["3", "4", "y"]]),
    "two title lines": ("Report\nmade by: Ann\na,b,c\n1,2,x\n3,4,y\n", ["a", "b", "c"], [["1", "2", "x"], ["3", "4", "y"]]),
    "short row": ("a,b,c\n1,2,x\n3\n5,6,z\n", ["a", "b", "c"], [["1", "2", "x"], ["3", "", ""], ["5", "6", "z"]]),
    "long row": ("a,b\n1,x\n2,y,more\n3,z\n", ["a", "b", "column_3"], [["1", "x", ""], ["2", "y", "more"], ["3", "z", ""]]),
    "delimiter at the end of lines": ("a,b,\n1,x,\n2,y,\n", *AB),
    "delimiter at the end of rows": ("a,b\n1,x,\n2,y,\n", *AB),
    # nothing is interpreted
    "texts that look missing": ("a,b\nNA,None\nnull,nan\n", ["a", "b"], [["NA", "None"], ["null", "nan"]]),
    "numbers as written": ("a,b\n007,1.50\n1e5,+3\n", ["a", "b"], [["007", "1.50"], ["1e5", "+3"]]),
    "spaces inside cells": ("a,b\n x ,y\nz,  w\n", ["a", "b"], [[" x ", "y"], ["z", "  w"]]),
    "empty cells": ("a,b\n,x\n2,\n3,z\n", ["a", "b"], [["", "x"], ["2", ""], ["3", "z"]]),
    "one row": ("a,b\n1,x\n", ["a", "b"], [["1", "x"]]),
    "emoji": ("a,b\n😀,x\n2,y\n", ["a", "b"], [["😀", "x"], ["2", "y"]]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_dirty_file_gives_clean_cells(tmp_path: Path, case: str) -> None:
    content, names, rows = CASES[case]
    assert _cells(_read(tmp_path, content)) == (names, rows)


def test_every_column_is_text_and_nothing_is_nan(tmp_path: Path) -> None:
    table = _read(tmp_path, "a,b\n1,\n,2\n3,4\n").table
    assert {str(kind) for kind in table.dtypes} == {"str"}
    assert not table.isna().any().any()
    assert list(table.index) == [0, 1, 2]


def test_what_was_left_out_is_told(tmp_path: Path) -> None:
    reading = _read(tmp_path, "Sales 2024\na,b,c\n1,2,x\n3,4\n5,6,z\n")
    assert [str(note) for note in reading.notes] == [
        "1 line above the table was left out: “Sales 2024”.",
        "1 row is shorter than the header; its last cells are empty.",
    ]


def test_a_quote_that_is_never_closed_does_not_swallow_the_rows(tmp_path: Path) -> None:
    rows = "".join(f"{i},x\n" for i in range(1000))
    table = _read(tmp_path, f'a,b\n1,"open\n{rows}').table
    assert len(table) == 1001
    assert table["b"][0] == '"open'


def test_a_few_broken_bytes_are_shown_and_counted(tmp_path: Path) -> None:
    reading = _read(tmp_path, ("a,b\n" + "é,è\n" * 50).encode() + b"\xff,z\n")
    assert reading.table["a"].iloc[-1] == "�"
    assert "1 character could not be read" in str(reading.notes[0])


@pytest.mark.parametrize("rows", [10, 30_000])
def test_the_fast_way_and_the_careful_way_agree(tmp_path: Path, rows: int) -> None:
    lines = [f'{i},"name, {i}",{i / 7},,"a ""b""\nc"' for i in range(rows)]
    fast = _read(tmp_path, "id,name,x,empty,text\n" + "\n".join(lines))
    # A title line sends the same rows through the careful way.
    careful = _read(tmp_path, "Title\nid,name,x,empty,text\n" + "\n".join(lines))
    assert fast.table.equals(careful.table)


def test_a_late_ragged_row_is_kept(tmp_path: Path) -> None:
    content = "a,b\n" + "1,x\n" * 100_000 + "2,y,z\n"
    table = _read(tmp_path, content).table
    assert table.iloc[-1].tolist() == ["2", "y", "z"]
