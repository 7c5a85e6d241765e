"""Files that are no tables: each is answered by two sentences that name it."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from core.errors import FileError
from core.readers import excel
from core.reading import read
from tests.core.readers._workbook import write


def _zip(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return packed.getvalue()


def _workbook(folder: Path) -> bytes:
    return write(folder / "made.xlsx", {"S": [["a", "b"], *[[i, "x" * 50] for i in range(500)]]}).read_bytes()


def _parquet(folder: Path, table: pa.Table) -> bytes:
    parquet.write_table(table, folder / "made.parquet")
    return (folder / "made.parquet").read_bytes()


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
HOSTILE: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "empty": ("a.csv", lambda _: b""),
    "only spaces": ("a.csv", lambda _: b" \n\n  \r\n"),
    "only a mark": ("a.csv", lambda _: b"\xef\xbb\xbf"),
    "header only": ("a.csv", lambda _: b"a,b,c\n"),
    "header only and empty rows": ("a.csv", lambda _: b"a,b,c\n,,\n,,\n"),
    "binary rubbish": ("a.csv", lambda _: random.Random(1).randbytes(5000)),
    "binary rubbish without zeros": ("a.csv", lambda _: random.Random(2).randbytes(5000).replace(b"\0", b"\1")),
    "zeros in text": ("a.csv", lambda _: b"a,b\n1,2\n3,\0\0\0\0\n5,6\n"),
    "late zeros": ("a.csv", lambda _: b"a,b\n" + b"1,2\n" * 50_000 + b"\0\n"),
    "picture": ("a.csv", lambda _: PNG),
    "picture called a workbook": ("a.xlsx", lambda _: PNG),
    "pdf": ("a.csv", lambda _: b"%PDF-1.7\n1 0 obj"),
    "web page": ("a.xls", lambda _: b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table>"),
    "zip of a sound": ("a.zip", lambda _: _zip("a.mp3", b"ID3\3\0")),
    "zip called csv": ("a.csv", lambda _: _zip("a.mp3", b"ID3\3\0")),
    "zip called a workbook": ("a.xlsx", lambda _: _zip("a.csv", b"a,b\n1,2\n")),
    "a document": ("a.docx", lambda _: _zip("word/document.xml", b"<w/>")),
    "a document called a workbook": ("a.xlsx", lambda _: _zip("word/document.xml", b"<w/>")),
    "truncated workbook": ("a.xlsx", lambda folder: _workbook(folder)[:1500]),
    "workbook of an unknown zip version": ("a.xlsx", lambda folder: _workbook(folder).replace(b"PK\1\2\x14\3\x14", b"PK\1\2\x14\3\x99")),
    "workbook with a cut": ("a.xlsx", lambda folder: _zip("xl/workbook.xml", b"<workbook><sheets>")),
    "empty workbook": ("a.xlsx", lambda folder: write(folder / "e.xlsx", {"S": []}).read_bytes()),
    "workbook with a header only": ("a.xlsx", lambda folder: write(folder / "e.xlsx", {"S": [["a", "b"]]}).read_bytes()),
    "locked workbook": ("a.xlsx", lambda _: OLD + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500),
    "damaged old workbook": ("a.xls", lambda _: OLD),
    "rubbish called a workbook": ("a.xlsx", lambda _: b"\0\1\2" * 100),
    "truncated parquet": ("a.parquet", lambda folder: _parquet(folder, pa.table({"a": range(999)}))[:500]),
    "parquet without rows": ("a.parquet", lambda folder: _parquet(folder, pa.table({"a": pa.array([], pa.int64())}))),
    "parquet without columns": ("a.parquet", lambda folder: _parquet(folder, pa.table({}))),
    "6,000 columns": ("a.csv", lambda _: b"\n".join([b",".join(b"c%d" % i for i in range(6000)), b",".join([b"1"] * 6000)])),
    "6,000 columns of parquet": ("a.parquet", lambda folder: _parquet(folder, pa.table({f"c{i}": [1] for i in range(6000)}))),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_is_no_table_is_answered_by_two_sentences(tmp_path: Path, case: str) -> None:
    name, content = HOSTILE[case]
    path = tmp_path / "given" / name
    path.parent.mkdir()
    path.write_bytes(content(tmp_path))
    with pytest.raises(FileError) as caught:
        read(path)
    assert name in str(caught.value.what)
    for sentence in (str(caught.value.what), str(caught.value.fix)):
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"There is no file “gone\.csv”"):
        read(tmp_path / "gone.csv")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is a folder"):
        read(tmp_path)


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "MOST_UNPACKED_BYTES", 1000)
    path = write(tmp_path / "bomb.xlsx", {"S": [["a"], *[["x" * 100]] * 100]})
    with pytest.raises(FileError, match="would unpack to"):
        read(path)


def test_entities_that_grow_without_end_are_not_carried_out(tmp_path: Path) -> None:
    path = write(tmp_path / "bomb.xlsx", {"S": [["a", "b"], ["LAUGH", 2], [3, 4]]})
    grown = "".join(
        f'<!ENTITY {name} "{f"&{inner};" * 10}">'
        for inner, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name).decode() for name in packed.namelist()}
    sheet = files["xl/worksheets/sheet1.xml"].replace("LAUGH", "&j;")
    files["xl/worksheets/sheet1.xml"] = sheet.replace("?>", f'?><!DOCTYPE w [<!ENTITY a "ha">{grown}]>', 1)
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    with pytest.raises(FileError, match="damaged or cut off"):
        read(path)
