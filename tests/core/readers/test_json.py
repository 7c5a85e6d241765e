"""JSON in every form in which tables are written, and what is broken in it."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from core.errors import FileError
from core.reading import Reading, read


def _read(tmp_path: Path, text: str | bytes, name: str = "t.json", part: str = "") -> Reading:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(tmp_path / name, part)


def _rows(reading: Reading) -> list[list[str]]:
    return [list(reading.table.columns), *reading.table.values.tolist()]


AB = [["a", "b"], ["1", "x"], ["2", "y"]]
FORMS: dict[str, tuple[str, list[list[str]]]] = {
    "objects": ('[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]', AB),
    "objects, laid out": ('\n[\n  {\n "a": 1,\n "b": "x"\n },\n {"a": 2, "b": "y"}]\n', AB),
    "objects with a mark": ('\ufeff[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]', AB),
    "objects one after the other": ('{\n"a": 1, "b": "x"}\n{"a": 2,\n "b": "y"}', AB),
    "a list inside": ('{"count": 2, "data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}', AB),
    "a list deep inside": ('{"r": {"items": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}, "ok": true}', AB),
    "lists as columns": ('{"a": [1, 2], "b": ["x", "y"]}', AB),
    "pandas' columns": ('{"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": "y"}}', AB),
    "pandas' split": ('{"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]}', AB),
    "pandas' split by name": ('{"columns": ["a"], "index": ["p", "q"], "data": [[1], [2]]}', [["index", "a"], ["p", "1"], ["q", "2"]]),
    "pandas' table": ('{"schema": {"fields": [{"name": "index"}, {"name": "a"}], "primaryKey": ["index"]}, "data": [{"index": 0, "a": 1}, {"index": 1, "a": 2}]}', [["a"], ["1"], ["2"]]),
    "objects by id": ('{"p": {"a": 1, "b": "x"}, "q": {"b": "y"}}', [["id", "a", "b"], ["p", "1", "x"], ["q", "", "y"]]),
    "objects by id that have one": ('{"p": {"id": 7}, "q": {"id": 8}}', [["key", "id"], ["p", "7"], ["q", "8"]]),
    "lists as rows": ('[["a", "b"], [1, "x"], [2, "y"]]', AB),
    "plain values": ("[3, 1.0, null]", [["value"], ["3"], ["1.0"], [""]]),
    "one object": ('{"a": 1, "b": {"c": "x"}}', [["a", "b.c"], ["1", "x"]]),
    "missing keys": ('[{"a": 1}, {"b": 2}, {"a": null, "c": []}]', [["a", "b", "c"], ["1", "", ""], ["", "2", ""], ["", "", ""]]),
    "nested": ('[{"n": {"x": {"y": 1}, "z": [1, 2.50]}, "l": [{"k": 1}]}]', [["n.x.y", "n.z", "l"], ["1", "1; 2.50", '[{"k": 1}]']]),
    "a key with a dot": ('[{"a.b": 1, "a": {"b": 2}}]', [["a.b", "a.b_2"], ["1", "2"]]),
    "the digits of the file": ('[{"x": 1.10, "y": 12345678901234567890123, "z": 1E400, "w": -0, "v": NaN}]', [["x", "y", "z", "w", "v"], ["1.10", "12345678901234567890123", "1E400", "-0", "NaN"]]),
    "true, false and texts": ('[{"t": true, "f": false, "s": "null", "e": "", "u": "\\u4e2d\\n\\ud83d\\ude00", "h": "\\ud83d"}]', [["t", "f", "s", "e", "u", "h"], ["true", "false", "null", "", "中\n😀", "?"]]),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_table_in_json_is_read_cell_by_cell(tmp_path: Path, form: str) -> None:
    text, expected = FORMS[form]
    reading = _read(tmp_path, text)
    assert (reading.how["reader"], _rows(reading)) == ("json_table", expected)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_json_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = '[{"a": "ä", "b": 1}, {"a": "é", "b": 2}]'
    assert _read(tmp_path, text.encode(encoding)).table["a"].tolist() == ["ä", "é"]


@pytest.mark.parametrize("orient", ["records", "split", "index", "columns", "values", "table"])
def test_every_form_of_pandas_comes_back_cell_by_cell(tmp_path: Path, orient: str) -> None:
    dice = random.Random(3)
    made = pd.DataFrame({"n": [dice.randrange(10**9) for _ in range(50)], "x": [dice.random() for _ in range(50)],
                         "s": [dice.choice(["ä b", "中", 'say "x"', "a;b", "new\nline"]) for _ in range(50)]})  # fmt: skip
    text = made.to_json(orient=orient, force_ascii=False, double_precision=15)
    table = _read(tmp_path, text).table
    if orient == "values":
        table.columns = list(made.columns)
    assert table["n"].tolist() == made["n"].astype(str).tolist()
    assert [float(x) for x in table["x"]] == pytest.approx(made["x"].tolist(), abs=1e-14)
    assert table["s"].tolist() == made["s"].tolist()


def test_of_several_lists_the_longest_is_read_and_any_can_be_chosen(tmp_path: Path) -> None:
    text = '{"people": [{"a": 1}, {"a": 2}], "x": {"towns": [{"b": 3}]}}'
    reading = _read(tmp_path, text)
    assert (reading.how["part"], reading.how["parts"]) == ("people", ["people", "x.towns"])
    assert "one of 2" in str(reading.notes[0])
    assert _rows(_read(tmp_path, text, part="x.towns")) == [["b"], ["3"]]
    with pytest.raises(FileError, match=r"no table called “y”\. Take one of these: people"):
        _read(tmp_path, text, part="y")


LINES = '{"a": 1, "b": {"c": "x"}}\n\n{"a": 2.50, "b": {"c": "y\\n"}}\r\n'


@pytest.mark.parametrize("name", ["t.jsonl", "t.ndjson", "t.json", "t.csv", "t.txt"])
def test_an_object_in_each_line_is_a_row(tmp_path: Path, name: str) -> None:
    reading = _read(tmp_path, LINES, name)
    assert reading.how["reader"] == "json_lines"
    assert _rows(reading) == [["a", "b.c"], ["1", "x"], ["2.50", "y\n"]]


def test_a_line_of_json_called_so_is_a_row(tmp_path: Path) -> None:
    assert _rows(_read(tmp_path, '{"a": 1}', "t.jsonl")) == [["a"], ["1"]]


def test_a_broken_line_is_left_out_and_named(tmp_path: Path) -> None:
    lines = [f'{{"a": {i}}}' for i in range(40)]
    lines[17] = '{"a": 17'
    reading = _read(tmp_path, "\n".join(lines), "t.jsonl")
    assert len(reading.table) == 39
    assert str(reading.notes[0]) == "1 line is no JSON and was left out: line 18."


def test_lines_that_end_in_the_middle_lose_only_the_last(tmp_path: Path) -> None:
    reading = _read(tmp_path, '{"a": 1}\n{"a": 2}\n{"a": "th', "t.jsonl")
    assert reading.table["a"].tolist() == ["1", "2"]
    assert "last line, 3, is cut off" in str(reading.notes[0])


@pytest.mark.parametrize("brackets", ["[", '{"a":', '[{"a":'])
def test_a_hundred_thousand_brackets_get_two_sentences(tmp_path: Path, brackets: str) -> None:
    with pytest.raises(FileError, match=r"t\.json.* nested too deeply"):
        _read(tmp_path, brackets * 100_000)


@pytest.mark.parametrize("depth", [10, 50, 300])
def test_what_is_nested_less_deeply_is_read(tmp_path: Path, depth: int) -> None:
    table = _read(tmp_path, '[{"x": 1, "a": ' + '{"b":' * depth + "1" + "}" * depth + "}]").table
    assert table["x"].tolist() == ["1"]


BROKEN: dict[str, tuple[str, Callable[[], str | bytes], str]] = {
    "cut off": ("t.json", lambda: '[{"a": 1},\n{"a": 2},\n{"a"', "cut off: it ends in line 3"),
    "cut off in a text": ("t.json", lambda: '[{"a": 1},\n{"a": "tw', "cut off"),
    "broken": ("t.json", lambda: '[{"a": 1},\n{"a" 2}]', "line 2 cannot be read, at “2}]”"),
    "no rows": ("t.json", lambda: "[]", "no rows"),
    "no rows in it": ("t.json", lambda: '{"data": []}', "no rows"),
    "nothing in it": ("t.json", lambda: "{}", "no rows"),
    "columns of different lengths": ("t.json", lambda: '{"a": [1, 2], "b": [1]}', "different lengths: “b” has 1"),
    "too many columns": ("t.json", lambda: json.dumps([{f"k{i}_{j}": 1 for j in range(100)} for i in range(100)]), "columns"),
    "binary": ("t.json", lambda: b'[{"a": 1, "b": "\0\0"}]', "not text"),
    "lines that are all broken": ("t.jsonl", lambda: '{"a": 1}\n{"a" 2}\n{"a": 3\n' * 3, "Line 2 of “t.jsonl” is no JSON"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_json_gets_two_sentences(tmp_path: Path, case: str) -> None:
    name, text, expected = BROKEN[case]
    with pytest.raises(FileError) as caught:
        _read(tmp_path, text(), name)
    assert expected in str(caught.value.what)
    assert name in str(caught.value.what)
    assert str(caught.value.fix).endswith(".")


def test_a_log_that_begins_with_a_bracket_is_no_json(tmp_path: Path) -> None:
    text = "[2024-01-01];error;x\n[2024-01-02];warning;y\n[2024-01-03];error;z\n"
    assert _read(tmp_path, text, "t.log").how["reader"] == "delimited"
