"""Tables of web pages, with cells that span others, and pages that were made to do harm."""

from pathlib import Path

import pandas as pd
import pytest

from core.errors import FileError
from core.reading import Reading, read


def _read(tmp_path: Path, text: str | bytes, name: str = "t.html", part: str = "") -> Reading:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(tmp_path / name, part)


def _rows(reading: Reading) -> list[list[str]]:
    return [list(reading.table.columns), *reading.table.values.tolist()]


AB = [["a", "b"], ["1", "x"], ["2", "y"]]
HEAD = "<tr><th>a<th>b"
PAGES: dict[str, tuple[str, list[list[str]]]] = {
    "plain": ("<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>x</td></tr><tr><td>2</td><td>y</td></tr></table>", AB),
    "never closed": ("<table><tr><th>a<th>b<tr><td>1<td>x<tr><td>2<td>y", AB),
    "all its parts": ("<!DOCTYPE html><html><body><table><caption>c</caption><colgroup><col></colgroup><thead><tr><th>a</th><th>b</th></tr></thead>"
                      "<tbody><tr><th>1</th><td>x</td></tr></tbody><tfoot><tr><td>2<td>y</tr></tfoot></table>", AB),
    "entities": ("<table><tr><th>n&amp;m<th>b</tr><tr><td>&lt;1&gt;&nbsp;&euro;&#x4e2d;<td>A&ouml;</table>", [["n&m", "b"], ["<1> €中", "Aö"]]),
    "marks in cells": (f"<table>{HEAD}<tr><td><b>1</b>,<i>5</i><td>x<br>y <p>z</p><a href='q'>w</a></table>", [["a", "b"], ["1,5", "x y z w"]]),
    "a cell over two columns": (f"<table>{HEAD}<th>c<tr><td colspan=2>1<td>x</table>", [["a", "b", "c"], ["1", "1", "x"]]),
    "a cell over two rows": (f"<table>{HEAD}<tr><td rowspan=2>1<td>x<tr><td>y</table>", [["a", "b"], ["1", "x"], ["1", "y"]]),
    "a last cell over all rows": (f"<table>{HEAD}<tr><td>1<td rowspan='0'>x<tr><td>2<tr><td>3</table>", [["a", "b"], ["1", "x"], ["2", "x"], ["3", "x"]]),
    "a cell over both": (f"<table>{HEAD}<th>c<tr><td rowspan=2 colspan=2>1<td>x<tr><td>y</table>", [["a", "b", "c"], ["1", "1", "x"], ["1", "1", "y"]]),
    "names over names": ("<table><tr><th rowspan=2>a<th colspan=2>n<tr><th>x<th>y<tr><td>1<td>2<td>3</table>", [["a", "n x", "n y"], ["1", "2", "3"]]),
    "a title over all": (f"<table><tr><th colspan=2>My table{HEAD}<tr><td>1<td>x<tr><td>2<td>y</table>", AB),
    "programs and hidden texts": (f"<table>{HEAD}<tr><td><script>document.write('9')</script>1<style>p{{}}</style><td><span style='display: none'>7<b>8</b></span>x"
                                  "<tr hidden><td>5<td>5</tr><tr><td>2<td>y</table>", AB),
    "a table in a table": (f"<table><tr><td>menu<td><table>{HEAD}<tr><td>1<td>x<tr><td>2<td>y</table></table>", AB),
    "short rows": (f"<table>{HEAD}<tr><td>1<tr><td>2<td>y</table>", [["a", "b"], ["1", ""], ["2", "y"]]),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_table_of_a_page_is_read_cell_by_cell(tmp_path: Path, page: str) -> None:
    text, expected = PAGES[page]
    reading = _read(tmp_path, text)
    assert (reading.how["reader"], _rows(reading)) == ("html", expected)


def test_what_pandas_writes_comes_back_cell_by_cell(tmp_path: Path) -> None:
    made = pd.DataFrame({"n": ["1", "2", "3"], "s": ["a < b", "中 & co", "“q”"]})
    assert _read(tmp_path, made.to_html(index=False)).table.to_dict("list") == made.to_dict("list")


def test_a_page_called_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    assert (
        _read(tmp_path, f"<html><table>{HEAD}<tr><td>1<td>x<tr><td>2<td>y</table>", "t.xls").how["reader"]
        == "html"
    )


@pytest.mark.parametrize("encoding", ["cp1252", "gb18030", "shift_jis", "utf-8"])
def test_a_page_says_its_encoding(tmp_path: Path, encoding: str) -> None:
    letters = "日本" if encoding != "cp1252" else "é"
    text = f"<html><meta charset={encoding}><table>{HEAD}<tr><td>{letters}<td>x<tr><td>2<td>y</table>"
    assert _read(tmp_path, text.encode(encoding)).table["a"][0] == letters


def test_a_page_that_lies_about_its_encoding_is_judged_by_its_letters(tmp_path: Path) -> None:
    for said in ("ascii", "none-such", "zlib", "base64", "idna"):
        text = f"<meta charset={said}><table>{HEAD}<tr><td>日本<td>x<tr><td>2<td>y</table>"
        assert _read(tmp_path, text).table["a"].tolist() == ["日本", "2"]


def test_the_largest_table_is_read_and_any_can_be_chosen(tmp_path: Path) -> None:
    text = (f"<h2>Small <i>one</i></h2><table>{HEAD}<tr><td>9<td>z</table><p>"
            f"<table><caption>Large one</caption>{HEAD}<tr><td>1<td>x<tr><td>2<td>y</table><table><tr><td>one</table>")  # fmt: skip
    reading = _read(tmp_path, text)
    assert (reading.how["part"], reading.how["parts"]) == ("2. Large one", ["1. Small one", "2. Large one"])
    assert _rows(reading) == AB
    assert _read(tmp_path, text, part="1. Small one").table["a"].tolist() == ["9"]


HOSTILE: dict[str, tuple[str, str]] = {
    "no table": ("<html><p>Hello", "without a table"),
    "an empty table": ("<html><table></table>", "without a table"),
    "cut off": ("<!DOCTYPE html><html><head><title>x", "without a table"),
    "a giant span": ("<table><tr><td colspan=60000>a<tr><td>1</table>", "5,001 columns"),
    "giant spans": ("<table>" + "<tr>" + "<td colspan=5000 rowspan=65534>a" * 12_000 + "<tr><td>1</table>", "more cells|5,001 columns"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_page_that_is_no_table_gets_two_sentences(tmp_path: Path, case: str) -> None:
    text, expected = HOSTILE[case]
    with pytest.raises(FileError, match=expected) as caught:
        _read(tmp_path, text)
    assert "“t.html”" in str(caught.value.what)


@pytest.mark.parametrize(
    "inside",
    ["<table><tr><td>", "<div>", "<!--", "<![CDATA[", "<script>", "<", "&a;", "<td>", "</table>", "<tr>"],
)
def test_what_is_opened_a_hundred_thousand_times_does_no_harm(tmp_path: Path, inside: str) -> None:
    text = f"<html><table>{HEAD}<tr><td>1<td>x<tr><td>2<td>y</table>" + inside * 100_000
    assert _rows(_read(tmp_path, text, part=""))[0] in (["a", "b"], ["column_1"], ["column_1", "column_2"])


def test_nothing_outside_the_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    text = (f'<!DOCTYPE html [<!ENTITY s SYSTEM "{tmp_path.as_uri()}/secret.txt"><!ENTITY b "bomb">]>'
            f"<html><table>{HEAD}<tr><td>&s;&b;<td>x<tr><td>2<td>y</table>")  # fmt: skip
    assert "secret" not in _read(tmp_path, text).table["a"][0]
