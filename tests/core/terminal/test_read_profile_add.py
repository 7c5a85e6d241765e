import csv
import gzip
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from core import home
from core.__main__ import main


def _run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict, str]:
    code = main([str(a) for a in arguments])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def test_read_writes_each_file_as_plain_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_bytes("名;x\n北京;1,5\n上海;\n".encode("gb18030"))
    (tmp_path / "b.txt").write_text('a\tb\n"two\nlines"\t"say ""hi"", you"\n\r\t\n', encoding="utf-8")
    code, said, _ = _run(capsys, "read", tmp_path / "a.csv", tmp_path / "b.txt", "--out", tmp_path / "out")
    assert code == 0
    assert (tmp_path / "out" / "a.csv.csv").read_text(encoding="utf-8") == '名,x\n北京,"1,5"\n上海,\n'
    with (tmp_path / "out" / "b.txt.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[:2] == [["a", "b"], ["two\nlines", 'say "hi", you']]
    assert [file["rows"] for file in said["files"]] == [2, 1]
    assert said["files"][0]["how"]["encoding"] == "gb18030"


def test_what_read_wrote_reads_back_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_bytes(b'a,b\n"x\ry","\n"\n" z ",""\n"",q\n')
    _run(capsys, "read", tmp_path / "a.csv", "--out", tmp_path)
    _run(capsys, "read", tmp_path / "a.csv.csv", "--out", tmp_path)
    assert (tmp_path / "a.csv.csv").read_bytes() == (tmp_path / "a.csv.csv.csv").read_bytes()


def test_read_writes_the_good_files_and_answers_the_bad_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_bytes(b"")
    code, said, told = _run(
        capsys, "read", tmp_path / "bad.csv", tmp_path / "good.csv", "--out", tmp_path / "out"
    )
    assert code == 2
    assert said["error"]["what"] == "“bad.csv” is empty."
    assert said["error"]["fix"] in told
    assert (tmp_path / "out" / "good.csv.csv").exists()


def test_profile_says_kinds_missing_and_worries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("age,left\n" + "31,yes\n,no\n40,no\n" * 10, encoding="utf-8")
    code, said, _ = _run(capsys, "profile", tmp_path / "a.csv")
    assert (code, said["rows"]) == (0, 30)
    assert {c["name"]: (c["kind"], c["missing"], c["distinct"]) for c in said["columns"]} == {
        "age": ("category", 10, 2),
        "left": ("category", 0, 2),
    }
    assert {"few_rows", "repeated_rows"} <= {worry["check"] for worry in said["worries"]}
    assert all(isinstance(c["reason"], str) for c in said["columns"])


def test_add_says_the_id_and_its_progress(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    code, said, told = _run(capsys, "add", tmp_path / "a.csv", "--name", "Mine")
    assert (code, said["name"], len(said["data"])) == (0, "Mine", 16)
    shares = [json.loads(line)["progress"] for line in told.splitlines()]
    assert shares[-1] == 1.0


@pytest.mark.parametrize("name", ["t.csv.gz", "t.zip"])
def test_a_packed_table_is_read_and_kept_as_it_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    packed = gzip.compress(b"a,b\n1,2\n")
    if name.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as file:
            file.writestr("t.csv", "a,b\n1,2\n")
        packed = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(packed)
    assert _run(capsys, "read", tmp_path / name, "--out", tmp_path)[0] == 0
    assert (tmp_path / f"{name}.csv").read_text(encoding="utf-8") == "a,b\n1,2\n"
    _, said, _ = _run(capsys, "add", tmp_path / name)
    kept = home.folder("data", said["data"])
    assert (kept / "raw" / name).read_bytes() == packed
    assert [path.name for path in kept.parent.iterdir()] == [said["data"]]


def test_one_of_several_tables_is_chosen_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "two.json").write_text('{"a": [{"x": 1}, {"x": 2}], "-b": [{"y": 3}]}', encoding="utf-8")
    assert _run(capsys, "read", tmp_path / "two.json", "--part=-b", "--out", tmp_path)[0] == 0
    assert (tmp_path / "two.json.csv").read_text(encoding="utf-8") == "y\n3\n"
    assert _run(capsys, "profile", tmp_path / "two.json", "--part=-b")[1]["columns"][0]["name"] == "y"
    assert _run(capsys, "add", tmp_path / "two.json", "--part=-b")[1]["rows"] == 1
    code, said, _ = _run(capsys, "add", tmp_path / "two.json", "--part", "c")
    assert (code, said["error"]["fix"]) == (2, "Take one of these: a, -b.")


def _database(path: Path, table: pd.DataFrame) -> None:
    with sqlite3.connect(path) as base:
        table.to_sql("t", base, index=False)
    base.close()


KINDS: dict[str, Callable[[pd.DataFrame, Path], object]] = {
    "t.csv.xz": lambda table, path: table.to_csv(path, index=False),
    "t.json": lambda table, path: table.to_json(path, orient="records"),
    "t.jsonl": lambda table, path: table.to_json(path, orient="records", lines=True),
    "t.feather": lambda table, path: table.to_feather(path),
    "t.parquet": lambda table, path: table.to_parquet(path),
    "t.db": lambda table, path: _database(path, table),
    "t.html": lambda table, path: table.to_html(path, index=False),
    "t.dta": lambda table, path: table.to_stata(path, write_index=False, version=118),
    "t.txt": lambda table, path: path.write_text(table.to_string(index=False), encoding="utf-8"),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_gives_the_same_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    table = pd.DataFrame(
        {"name": ["Ann", "Bob Lee", "Eve", "中 Å"] * 4, "x": [0.5, 1.25, -3.5, 1e6 + 0.5] * 4}
    )
    KINDS[name](table, tmp_path / name)
    code, said, _ = _run(capsys, "read", tmp_path / name, "--out", tmp_path)
    assert (code, said["files"][0]["rows"]) == (0, 16)
    with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["name", "x"]
    assert [(name, float(x)) for name, x in rows] == list(table.itertuples(index=False, name=None))
    _, said, _ = _run(capsys, "add", tmp_path / name)
    kept = home.folder("data", said["data"])
    assert (kept / "raw" / name).read_bytes() == (tmp_path / name).read_bytes()
    assert (kept / "table.parquet").exists()
