"""Packed tables are read as if they were not packed, within limits, and nothing stays behind."""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from core import home
from core.errors import FileError
from core.readers import _unpacking
from core.reading import read
from tests.core.readers._workbook import write

TEXT = "name;x\n" + "".join(f"{'ÄÖ中'[i % 3]};{i}\n" for i in range(2000))


def _zst(data: bytes) -> bytes:
    """A stream that ends with its own last word, unlike what `pa.Codec` makes."""
    made = pa.BufferOutputStream()
    with pa.CompressedOutputStream(made, "zstd") as file:
        file.write(data)
    return made.getvalue().to_pybytes()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress,
    "zst": _zst,
}  # fmt: skip


def a_zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return packed.getvalue()


def _given(tmp_path: Path, name: str, content: bytes) -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def _nothing_is_left() -> bool:
    return not any(home.folder("data").iterdir())


@pytest.mark.parametrize("ending", PACKERS)
def test_a_packed_table_is_read_as_if_it_were_not_packed(tmp_path: Path, ending: str) -> None:
    plain = read(_given(tmp_path, "t.csv", TEXT.encode()))
    reading = read(_given(tmp_path, f"t.csv.{ending}", PACKERS[ending](TEXT.encode())))
    assert reading.table.equals(plain.table)
    assert reading.how == {**plain.how, "packed": ending}
    assert _nothing_is_left()


@pytest.mark.parametrize("ending", PACKERS)
def test_two_packed_pieces_one_after_the_other_are_one_table(tmp_path: Path, ending: str) -> None:
    pack = PACKERS[ending]
    packed = pack(b"a,b\n1,2\n") + pack(b"3,4\n")
    assert read(_given(tmp_path, "t.csv", packed)).table["a"].tolist() == ["1", "3"]


@pytest.mark.parametrize("ending", PACKERS)
def test_a_packed_table_that_is_cut_off_is_not_half_read(tmp_path: Path, ending: str) -> None:
    packed = PACKERS[ending](TEXT.encode())
    for end in (len(packed) - 5, len(packed) // 2, 12):
        with pytest.raises(FileError, match="damaged or cut off"):
            read(_given(tmp_path, f"t.csv.{ending}", packed[:end]))
    assert _nothing_is_left()


@pytest.mark.parametrize("ending", PACKERS)
def test_what_unpacks_to_far_more_than_a_table_is_stopped(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_unpacking, "TIMES_COUNT_FROM", 1_000_000)
    path = _given(tmp_path, f"bomb.csv.{ending}", PACKERS[ending](b"\n" * 30_000_000))
    with pytest.raises(FileError, match="unpacks to far more than its size"):
        read(path)
    assert _nothing_is_left()


def test_a_zip_that_lies_about_its_sizes_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_unpacking, "MOST_BYTES", 1_000_000)
    with pytest.raises(FileError, match="unpacks to far more than its size"):
        read(_given(tmp_path, "bomb.zip", a_zip({"t.csv": b"1,2\n" * 1_000_000})))
    assert _nothing_is_left()


def test_an_xz_that_asks_for_gigabytes_of_memory_is_refused(tmp_path: Path) -> None:
    packed = bytearray(lzma.compress(b"a,b\n1,2\n"))
    place = packed.index(b"\x21\x01")  # of the filter; the byte behind it says the dictionary's size
    packed[place + 2] = 38  # 2 GB
    packed[20:24] = zlib.crc32(bytes(packed[12:20])).to_bytes(4, "little")
    monstrous = bytes(packed)
    with pytest.raises(FileError, match="damaged or cut off"):
        read(_given(tmp_path, "t.csv.xz", monstrous))


def test_a_zip_with_one_table_is_that_table(tmp_path: Path) -> None:
    files = {"read me.md": b"# About", "data/t.csv": TEXT.encode(), "__MACOSX/._t.csv": b"\0\5"}
    reading = read(_given(tmp_path, "t.zip", a_zip(files)))
    assert (len(reading.table), reading.how["packed"], "parts" in reading.how) == (2000, "zip", False)
    assert "“read me.md”" in str(reading.notes[0])


def test_a_zip_with_a_workbook_is_that_workbook(tmp_path: Path) -> None:
    book = write(tmp_path / "b.xlsx", {"S": [["a", "b"], [1, 2], [3, 4]]}).read_bytes()
    reading = read(_given(tmp_path, "t.zip", a_zip({"b.xlsx": book})))
    assert (reading.how["reader"], reading.table["a"].tolist()) == ("excel", ["1", "3"])


def test_of_several_tables_the_largest_is_read_and_any_can_be_chosen(tmp_path: Path) -> None:
    path = _given(
        tmp_path, "t.zip", a_zip({"small.csv": b"a,b\n1,2\n", "d/large.csv": b"c,d\n" + b"3,4\n" * 9})
    )
    reading = read(path)
    assert (reading.how["part"], reading.how["parts"]) == ("d/large.csv", ["small.csv", "d/large.csv"])
    assert "one of 2 tables" in str(reading.notes[0])
    assert read(path, "small.csv").table["a"].tolist() == ["1"]
    with pytest.raises(FileError, match=r"holds no table called “other\.csv”.*small\.csv"):
        read(path, "other.csv")


def test_a_text_in_a_zip_is_a_table_where_nothing_else_is(tmp_path: Path) -> None:
    assert (
        len(read(_given(tmp_path, "t.zip", a_zip({"iris.data": b"5.1,3.5,x\n4.9,3.0,y\n4.7,3.2,x\n"}))).table)
        == 3
    )


def _tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as file:
        entry = tarfile.TarInfo("t.csv")
        entry.size = 8
        file.addfile(entry, io.BytesIO(b"a,b\n1,2\n"))
    return made.getvalue()


def _link() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        entry = zipfile.ZipInfo("t.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(entry, "/etc/passwd")
    return packed.getvalue()


def _locked() -> bytes:
    packed = bytearray(a_zip({"t.csv": b"a,b\n1,2\n"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + flags] |= 1
    return bytes(packed)


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "packed twice": ("t.gz", lambda: gzip.compress(bz2.compress(b"a,b\n1,2\n")), "another packed file"),
    "a zip in a zip": ("t.zip", lambda: a_zip({"u.zip": a_zip({"t.csv": b"a,b\n1,2\n"})}), "another packed file"),
    "a packed table in a zip": ("t.zip", lambda: a_zip({"t.csv": gzip.compress(b"a,b\n1,2\n")}), "another packed file"),
    "a tar": ("t.tar.gz", lambda: gzip.compress(_tar()), "another packed file"),
    "a name that climbs": ("t.zip", lambda: a_zip({"../../t.csv": b"a,b\n1,2\n"}), "not allowed in an archive"),
    "a name that turns": ("t.zip", lambda: a_zip({"t\u202evsc.csv": b"a,b\n1,2\n"}), "not allowed in an archive"),
    "a name without end": ("t.zip", lambda: a_zip({"t" * 600 + ".csv": b"a,b\n1,2\n"}), "not allowed in an archive"),
    "a link": ("t.zip", _link, "not allowed in an archive"),
    "a lock": ("t.zip", _locked, "locked with a password"),
    "no file": ("t.zip", lambda: a_zip({}), "no files in it"),
    "no table": ("t.zip", lambda: a_zip({"a.mp3": b"ID3", "b.mp3": b"ID3"}), "no file is a table"),
    "a cut zip": ("t.zip", lambda: a_zip({"t.csv": TEXT.encode()})[:200], "damaged or cut off"),
    "nothing": ("t.csv.gz", lambda: gzip.compress(b""), "“t.csv” is empty"),
    "a picture": ("t.gz", lambda: gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(500)), "is a picture"),
    "rubbish after it": ("t.csv.gz", lambda: gzip.compress(b"a,b\n1,2\n") + b"PK\x03\x04", "damaged or cut off"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_packed_badly_gets_two_sentences_and_leaves_nothing(tmp_path: Path, case: str) -> None:
    name, content, expected = HOSTILE[case]
    with pytest.raises(FileError, match=expected) as caught:
        read(_given(tmp_path, name, content()))
    assert name in str(caught.value.what)
    assert str(caught.value.fix).endswith(".")
    assert _nothing_is_left()


@pytest.mark.parametrize("name", ["中" * 300 + ".csv", "a/" * 100 + "t.csv", "CON.csv", " .csv", "...csv"])
def test_a_strange_name_in_a_zip_does_no_harm(tmp_path: Path, name: str) -> None:
    assert read(_given(tmp_path, "t.zip", a_zip({name: b"a,b\n1,2\n"}))).table["a"].tolist() == ["1"]
    assert _nothing_is_left()
