"""A novel or poems in a text file become paragraphs; tables in text files stay tables."""

from pathlib import Path

import pytest

from core import reading

POEM = "床前明月光，\n疑是地上霜。\n\n舉頭望明月，\n低頭思故鄉。\n\n紅豆生南國，\n春來發幾枝。\n"
STORY = (
    "It was late, and nobody came.\nThe lamp was out; she waited.\n\n"
    "“Who is there?” she asked,\nbut the door, as ever, said nothing.\n\n\n"
    "Then it opened.\n\nNobody stood there: nobody at all.\n"
)


def read(folder: Path, name: str, data: bytes):
    (folder / name).write_bytes(data)
    return reading.read(folder / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_poems_are_read_in_whatever_encoding_they_come(tmp_path: Path, encoding: str):
    found = read(tmp_path, "poems.txt", POEM.encode(encoding))
    assert found.how["reader"] == "prose"
    assert found.table["text"].tolist() == [part.strip("\n") for part in POEM.split("\n\n")]


def test_each_paragraph_is_a_row_and_keeps_its_lines(tmp_path: Path):
    found = read(tmp_path, "story.txt", STORY.replace("\n", "\r\n").encode())
    assert list(found.table.columns) == ["text"]
    assert len(found.table) == 4
    assert found.table["text"][0] == "It was late, and nobody came.\nThe lamp was out; she waited."
    assert read(tmp_path, "story.md", STORY.encode()).how["reader"] == "prose"


@pytest.mark.parametrize(
    "table",
    [
        "a,b\n1,2\n3,4\n",
        "a;b\n1;2\n\n3;4\n\n5;6\n\n7;8\n",
        "name\nAnna\nBert\nCleo\n",
        "a\tb\n1\t2\n\n3\t4\n",
    ],
)
def test_tables_in_text_files_are_read_as_before(tmp_path: Path, table: str):
    assert read(tmp_path, "table.txt", table.encode()).how["reader"] == "delimited"


def test_bytes_that_are_no_text_are_refused_as_before(tmp_path: Path):
    from core.errors import FileError

    with pytest.raises(FileError):
        read(tmp_path, "book.txt", bytes(range(256)) * 40)
