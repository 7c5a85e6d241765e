"""Zips of texts by class: a row for each file, whatever its encoding; zips of tables stay tables."""

import io
import random
import stat
import zipfile
from pathlib import Path

import pytest

from core.errors import FileError
from core.reading import Reading, read
from tests.core.readers._broken import refused

WORDS = [
    "the",
    "film",
    "was",
    "long",
    "and",
    "dull",
    "but",
    "its",
    "end",
    "made",
    "us",
    "laugh",
    "again",
    "and",
    "again",
]


def _text(number: int) -> str:
    dice = random.Random(number)
    return "".join(f"{' '.join(dice.choices(WORDS, k=9)).capitalize()}.\n" for _ in range(3))


def _read(tmp_path: Path, files: dict[str, str | bytes], name: str = "t.zip") -> Reading:
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as packed:
        for file, content in files.items():
            packed.writestr(file, content)
    return read(tmp_path / name)


def test_each_text_is_a_row_with_the_class_of_its_folder(tmp_path: Path) -> None:
    files = {
        f"reviews/{kind}/{i}.txt": _text(i + 50 * (kind == "bad"))
        for kind in ("good", "bad")
        for i in range(5)
    }
    reading = _read(tmp_path, files)
    assert (reading.how["reader"], reading.how["label"]) == ("text_zip", "label")
    assert reading.table["file"].tolist() == list(files)
    assert reading.table["text"].tolist() == [text.strip("\n") for text in files.values()]
    assert reading.table["label"].tolist() == ["good"] * 5 + ["bad"] * 5


def test_folders_of_training_and_test_are_the_sides(tmp_path: Path) -> None:
    files = {
        f"{side}/{kind}/{i}.txt": _text(i)
        for side in ("train", "test")
        for kind in ("pos", "neg")
        for i in range(3)
    }
    table = _read(tmp_path, files).table
    assert table["split"].tolist() == ["train"] * 6 + ["test"] * 6
    assert table["label"].tolist() == (["pos"] * 3 + ["neg"] * 3) * 2


def test_texts_without_folders_are_rows_without_a_class(tmp_path: Path) -> None:
    reading = _read(tmp_path, {f"{i}.md": _text(i) for i in range(4)})
    assert (list(reading.table.columns), reading.how["label"]) == (["file", "text"], "")


def test_posts_that_are_called_by_numbers_are_texts(tmp_path: Path) -> None:
    table = _read(
        tmp_path,
        {f"news/{kind}/{100 + i}": _text(i) for kind in ("sci.space", "rec.autos") for i in range(3)},
    ).table
    assert table["label"].tolist() == ["sci.space"] * 3 + ["rec.autos"] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "gb18030"])
def test_all_texts_together_tell_their_encoding(tmp_path: Path, encoding: str) -> None:
    line = (
        "我们在北京的客户说这个产品很好。" if encoding == "gb18030" else "Größe und Qualität waren très bien."
    )
    files = {f"{kind}/{i}.txt": (line + "\r\n" + line).encode(encoding) for kind in "ab" for i in range(4)}
    files["a/9.txt"] = "Café.".encode(encoding) if encoding != "gb18030" else "好。".encode(encoding)
    table = _read(tmp_path, files).table
    assert table["text"].tolist() == [f"{line}\n{line}"] * 8 + ["Café." if encoding != "gb18030" else "好。"]


def test_what_is_no_text_is_left_out_and_told(tmp_path: Path) -> None:
    files = {f"{kind}/{i}.txt": _text(i) for kind in "ab" for i in range(3)}
    reading = _read(
        tmp_path,
        {**files, "a/x.txt": random.Random(1).randbytes(900), "b/y.pdf": b"%PDF", "../z.txt": "Out."},
    )
    assert len(reading.table) == 6
    told = "\n".join(map(str, reading.notes))
    assert "“a/x.txt”" in told
    assert "“b/y.pdf”" in told
    assert "“../z.txt”" in told


@pytest.mark.parametrize("files", [
    {"train/x.txt": "1.0 2.0 3.0\n" * 9, "test/x.txt": "1.5 2.5 3.5\n" * 9},
    {"a/one.txt": "name;x\n" + "Ann;1\nBob;2\n" * 9, "b/two.txt": "name;x\n" + "Eve;3\nJoe;4\n" * 9},
    {"a/one.txt": _text(1), "b/two.txt": _text(2), "t.csv": "a,b\n1,2\n3,4\n"},
])  # fmt: skip
def test_tables_in_a_zip_stay_tables(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    assert _read(tmp_path, files).how["packed"] == "zip"


def test_links_and_locked_files_are_left_out(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for number in range(4):
            file.writestr(f"{'ab'[number % 2]}/{number}.txt", _text(number))
        link = zipfile.ZipInfo("a/link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    (tmp_path / "t.zip").write_bytes(packed.getvalue())
    reading = read(tmp_path / "t.zip")
    assert "a/link.txt" not in reading.table["file"].tolist()
    assert "“a/link.txt”" in str(reading.notes[0])


def test_texts_that_unpack_to_too_much_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.readers._documents.MOST_BYTES", 1_000)
    with pytest.raises(FileError, match="unpack to more than"):
        _read(tmp_path, {f"{kind}/{i}.txt": _text(i) for kind in "ab" for i in range(20)})


def test_a_zip_of_texts_that_is_cut_off_or_changed_gets_two_sentences(tmp_path: Path) -> None:
    _read(tmp_path, {f"{kind}/{i}.txt": _text(i) for kind in "ab" for i in range(9)})
    whole, dice = (tmp_path / "t.zip").read_bytes(), random.Random(3)
    (tmp_path / "t.zip").write_bytes(whole[:-40])
    assert refused(tmp_path / "t.zip")
    for _ in range(40):
        content = bytearray(whole)
        for _ in range(8):
            content[dice.randrange(4, len(content))] = dice.randrange(256)
        (tmp_path / "t.zip").write_bytes(content)
        refused(tmp_path / "t.zip")  # what is changed inside a text cannot be noticed
