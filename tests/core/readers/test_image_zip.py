"""Archives of pictures become tables, whatever else lies in them, and nothing of them is ever unpacked to disk."""

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from core.errors import FileError
from core.pictures import Archive, Folder, pack
from core.reading import Reading, read
from tests.core.drawn_pictures import packed, plain

WHITE, BLACK = plain(255), plain(0)


def table(reading: Reading) -> list[list[str]]:
    return [list(map(str, row)) for row in reading.table.itertuples(index=False)]


def told(reading: Reading) -> str:
    return " ".join(map(str, reading.notes))


def test_folders_are_the_labels(tmp_path: Path):
    found = read(
        packed(tmp_path / "a.zip", {"x/b/2.png": WHITE, "x/a/1.PNG": BLACK, "x/a/deep/3.jpg": WHITE})
    )
    assert list(found.table) == ["picture", "label"]
    assert table(found) == [["x/b/2.png", "b"], ["x/a/1.PNG", "a"], ["x/a/deep/3.jpg", "a"]]
    assert found.how == {"reader": "image_zip", "pictures": ["picture"], "label": "label"}
    assert not found.notes


def test_folders_called_train_and_test_are_the_sides(tmp_path: Path):
    names = ["d/train/a/1.png", "d/train/b/1.png", "d/Test/a/2.png", "d/val/b/3.png"]
    found = read(packed(tmp_path / "a.zip", dict.fromkeys(names, WHITE)))
    assert list(found.table["label"]) == ["a", "b", "a", "b"]
    assert list(found.table["split"]) == ["train", "train", "test", "validation"]


@pytest.mark.parametrize("names", [["1.png", "2.png"], ["only/1.png", "only/2.png"]])
def test_without_folders_there_is_no_label(names: list[str], tmp_path: Path):
    found = read(packed(tmp_path / "a.zip", dict.fromkeys(names, WHITE)))
    assert list(found.table) == ["picture"]
    assert found.how["label"] == ""


@pytest.mark.parametrize(
    ("named", "lies"),
    [
        ("1.png", "1.png"),
        ("pics/1.png", "set/pics/1.png"),
        ("1", "set/1.jpg"),
        ("./set/1.png", None),
        ("1.png", "a/b/1.png"),
    ],
)
def test_a_table_beside_the_pictures_names_them(named: str, lies: str | None, tmp_path: Path):
    text = f"file,price,kind\n{named},10,a\n{named},12,b\n"
    found = read(packed(tmp_path / "a.zip", {"set/list.csv": text, lies or "set/1.png": WHITE}))
    if lies is None:  # an unusual way to write it is not guessed
        assert list(found.table) == ["picture"]
        return
    assert list(found.table) == ["file", "price", "kind"]
    assert table(found) == [[lies, "10", "a"], [lies, "12", "b"]]
    assert found.how["pictures"] == ["file"]
    assert found.how["label"] == ""


def test_a_picture_that_the_table_names_in_vain_is_a_missing_value(tmp_path: Path):
    text = "a,b,x\n1.png,2.png,5\n1.png,gone.png,6\n,1.png,7\n"
    found = read(packed(tmp_path / "a.zip", {"t.csv": text, "1.png": WHITE, "2.png": BLACK}))
    assert found.how["pictures"] == ["a", "b"]
    assert table(found) == [["1.png", "2.png", "5"], ["1.png", "", "6"], ["", "1.png", "7"]]
    assert "1 cell names a picture that is not in the archive" in told(found)


def test_two_pictures_of_one_name_are_told_apart_by_their_folders_only(tmp_path: Path):
    files = {
        "t.csv": "f,x\n1.png,5\nb/1.png,6\na/2.png,7\n",
        "a/1.png": WHITE,
        "b/1.png": WHITE,
        "a/2.png": WHITE,
    }
    assert list(read(packed(tmp_path / "a.zip", files)).table["f"]) == ["", "b/1.png", "a/2.png"]


def test_a_table_that_names_no_pictures_is_left_out(tmp_path: Path):
    found = read(packed(tmp_path / "a.zip", {"t.csv": "p,q\n1,2\n3,4\n", "a/1.png": WHITE, "b/1.png": WHITE}))
    assert list(found.table["label"]) == ["a", "b"]
    assert "t.csv" in told(found)


def test_what_is_no_picture_is_named(tmp_path: Path):
    files = {
        "a/1.png": WHITE, "b/2.png": BLACK, "b/broken.png": b"nothing", "readme.txt": "x", "inner.zip": b"PK\3\4",
        "__MACOSX/a/._1.png": b"x", "a/.DS_Store": b"x", "a/Thumbs.db": b"x",
    }  # fmt: skip
    found = read(packed(tmp_path / "a.zip", files))
    assert list(found.table["picture"]) == ["a/1.png", "b/2.png", "b/broken.png"]
    assert "(not readable as pictures): “b/broken.png”" in told(found)
    assert "“readme.txt”, “inner.zip”" in told(found)
    assert "MACOSX" not in told(found)


@pytest.mark.parametrize(
    "name",
    [
        "../up.png",
        "/etc/root.png",
        "a/../../b.png",
        "C:/x.png",
        "..\\up.png",
        "a\u202e.png",
        "x" * 600 + ".png",
    ],
)
def test_names_that_no_honest_archive_has_are_refused(name: str, tmp_path: Path):
    found = read(packed(tmp_path / "a.zip", {"a/1.png": WHITE, "b/1.png": WHITE, name: WHITE}))
    assert list(found.table["picture"]) == ["a/1.png", "b/1.png"]
    assert "not allowed" in told(found)


def test_links_are_refused(tmp_path: Path):
    path = packed(tmp_path / "a.zip", {"a/1.png": WHITE, "b/1.png": WHITE})
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("b/link.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    found = read(path)
    assert len(found.table) == 2
    assert "b/link.png" in told(found)


def test_what_unpacks_to_more_than_memory_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("core.pictures.MOST_BYTES_EACH", 10_000)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/1.png", WHITE)
        archive.writestr("b/bomb.png", b"\0" * 10_000_000)
    assert path.stat().st_size < 20_000
    found = read(path)
    assert list(found.table["picture"]) == ["a/1.png"]
    assert "b/bomb.png" in told(found)
    monkeypatch.setattr("core.pictures.MOST_BYTES_UNPACKED", 100_000)
    with pytest.raises(FileError, match="more than can be used"):
        read(path)


def test_a_size_that_lies_unpacks_no_more_than_it_says(tmp_path: Path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.png", b"\0" * 5_000_000)
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 100)
    path.write_bytes(bytes(data))
    with Archive(path) as archive:
        assert len(archive.find("a.png") or b"") <= 100


def test_an_archive_behind_a_password_says_so(tmp_path: Path):
    path = packed(tmp_path / "a.zip", {"a/1.png": WHITE})
    data = path.read_bytes()
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(sign) + place
        data = data[:at] + b"\x01" + data[at + 1 :]
    path.write_bytes(data)
    with pytest.raises(FileError, match="locked with a password"):
        read(path)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"a/1.png": b"x", "b/2.jpg": b""}, "None of the 2 files"),
        ({"a.txt": b"x"}, "“a.txt” has a header but no rows"),
        ({"a.mp3": b"ID3"}, "“a.mp3” is a sound or a film"),
    ],
)
def test_an_archive_without_pictures_says_so(files: dict, says: str, tmp_path: Path):
    with pytest.raises(FileError, match=says):
        read(packed(tmp_path / "a.zip", files))


def test_a_cut_off_archive_is_answered_in_two_sentences(tmp_path: Path):
    path = packed(tmp_path / "a.zip", {"a/1.png": WHITE, "b/2.png": WHITE})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FileError):
        read(path)


def test_a_damaged_entry_is_one_broken_picture(tmp_path: Path):
    path = packed(tmp_path / "a.zip", {"a/1.png": WHITE, "b/2.png": plain(99), "b/3.png": BLACK})
    data = bytearray(path.read_bytes())
    place = data.index(plain(99)) + 30
    data[place : place + 8] = b"\xff" * 8
    path.write_bytes(bytes(data))
    assert "“b/2.png”" in told(read(path))


def test_names_in_chinese_letters_are_read_as_they_were_meant(tmp_path: Path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("GGGG/1.png", WHITE)
        archive.writestr("b/2.png", WHITE)
    path.write_bytes(path.read_bytes().replace(b"GGGG/1.png", "猫咪".encode("gbk") + b"/1.png"))
    assert list(read(path).table["label"]) == ["猫咪", "b"]


def test_pictures_whose_bytes_look_like_a_workbook_stay_pictures(tmp_path: Path):
    found = read(packed(tmp_path / "a.zip", {"a/1.png": WHITE + b"xl/workbook.xml", "b/1.png": WHITE}))
    assert found.how["reader"] == "image_zip"


def test_a_folder_packs_into_the_same_bytes_each_time(tmp_path: Path):
    for name, content in {
        "p/b/1.png": WHITE,
        "p/a/2.jpg": BLACK,
        "p/note.txt": b"x",
        "p/.git/3.png": WHITE,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    for out in ("1.zip", "2.zip"):
        pack(tmp_path / "p", tmp_path / out)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert table(read(tmp_path / "1.zip")) == [["a/2.jpg", "a"], ["b/1.png", "b"]]
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileError, match="no pictures"):
        pack(tmp_path / "empty", tmp_path / "3.zip")


def test_nothing_outside_a_folder_is_found(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.png").write_bytes(WHITE)
    (tmp_path / "in" / "1.png").write_bytes(BLACK)
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "secret.png")
    found = Folder(tmp_path / "in").find
    assert found("1.png") == BLACK
    for name in ("../secret.png", str(tmp_path / "secret.png"), "link.png", "gone.png", "1.txt", ""):
        assert found(name) is None
