"""Files on the server: only what lies in open folders can be chosen, whatever links and names say."""

import os
from pathlib import Path

import pytest

from core import server_files
from core.errors import FileError


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table and pictures that is open, beside one that is called alike and is not."""
    (tmp_path / "open" / "Pictures").mkdir(parents=True)
    (tmp_path / "open" / "table.csv").write_text("a\n1\n")
    (tmp_path / "open" / "Pictures" / "one.png").write_bytes(b"")
    (tmp_path / "openly").mkdir()
    (tmp_path / "openly" / "secret.csv").write_text("a\n1\n")
    monkeypatch.setenv(server_files.ALLOWED, str(tmp_path / "open"))
    return tmp_path / "open"


def test_folders_come_first_and_tell_what_is_in_them(opened: Path):
    (opened / "Anna.csv").write_text("a\n1\n")
    (opened / ".hidden").write_text("x")
    found = server_files.entries(opened)
    assert [entry.name for entry in found] == ["Pictures", "Anna.csv", "table.csv"]
    assert [entry.folder for entry in found] == [True, False, False]
    assert found[1].size == 4
    assert server_files.to_read(str(found[1].path)) == opened / "Anna.csv"


def test_nothing_is_open_until_a_folder_is_named(opened: Path, monkeypatch: pytest.MonkeyPatch):
    for setting in ("", "open", str(opened / "gone")):
        monkeypatch.setenv(server_files.ALLOWED, setting)
        assert server_files.roots() == ()
        with pytest.raises(FileError, match="not among the files"):
            server_files.entries(opened)


@pytest.mark.parametrize(
    "asked", ["../openly/secret.csv", "link", "up", "pipe", ".git/table.csv", "gone", "nul\0", ".."]
)
def test_what_lies_outside_or_is_hidden_or_no_file_is_neither_listed_nor_read(opened: Path, asked: str):
    (opened / "link").symlink_to(opened.parent / "openly" / "secret.csv")
    (opened / "up").symlink_to(opened.parent)
    os.mkfifo(opened / "pipe")
    (opened / ".git").mkdir()
    (opened / ".git" / "table.csv").write_text("a\n1\n")
    with pytest.raises(FileError, match="not among the files of this server"):
        server_files.to_read(f"{opened}/{asked}")
    assert [entry.name for entry in server_files.entries(opened)] == ["Pictures", "table.csv"]


def test_a_link_to_another_open_file_is_that_file(opened: Path):
    (opened / "again.csv").symlink_to(opened / "table.csv")
    assert server_files.to_read(str(opened / "again.csv")) == opened / "table.csv"
    assert server_files.to_read(str(opened / "Pictures")) == opened / "Pictures"


def test_a_folder_with_links_that_lead_outside_is_not_read_as_a_whole(opened: Path):
    (opened / "Pictures" / "two.png").symlink_to(opened.parent / "openly" / "secret.csv")
    with pytest.raises(FileError, match="links to files that may not be taken"):
        server_files.to_read(str(opened / "Pictures"))


def test_a_file_that_is_too_large_is_told_before_it_is_copied(opened: Path):
    with (opened / "large.csv").open("wb") as file:
        file.truncate(server_files.MOST_BYTES + 1)
    with pytest.raises(FileError, match="more than 2 GB"):
        server_files.to_read(str(opened / "large.csv"))
