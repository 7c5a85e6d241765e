import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core import datasets
from core.errors import DataError, FileError, UserError
from core.words import Sentence

CONTENT = "name,age\nAnn,31\nBob,\nEve,27\n"


def _file(folder: Path, content: str = CONTENT, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_a_file_is_kept_as_it_came_and_as_a_table(tmp_path: Path) -> None:
    data = datasets.add(_file(tmp_path))
    assert (data.name, data.rows, data.columns, data.source) == ("people", 3, ("name", "age"), "people.csv")
    assert datasets.load(data.id) == data
    assert (datasets.folder(data.id) / "raw" / "people.csv").read_text() == CONTENT
    table = datasets.table(data.id)
    assert table["age"].tolist() == ["31", "", "27"]
    assert list(table.index) == [0, 1, 2]
    assert {str(kind) for kind in table.dtypes} == {"str"}


def test_some_columns_and_some_rows_can_be_asked_for(tmp_path: Path) -> None:
    data = datasets.add(_file(tmp_path))
    assert list(datasets.table(data.id, ["age"]).columns) == ["age"]
    assert datasets.head(data.id, 2)["name"].tolist() == ["Ann", "Bob"]
    assert len(datasets.head(data.id, 99)) == 3
    with pytest.raises(DataError, match="no column “city”"):
        datasets.table(data.id, ["city"])


def test_the_profile_is_kept(tmp_path: Path) -> None:
    data = datasets.add(_file(tmp_path))
    assert datasets.profile(data.id).rows == 3
    assert set(datasets.profile(data.id).kinds) == {"name", "age"}


def test_the_same_content_is_the_same_data_set(tmp_path: Path) -> None:
    first = datasets.add(_file(tmp_path), "First")
    again = datasets.add(_file(tmp_path, name="other.csv"), "Second")
    assert again == first
    assert [data.id for data in datasets.everything()] == [first.id]


def test_the_same_file_added_by_many_at_once_is_added_once(tmp_path: Path, workspace: Path) -> None:
    path, made = _file(tmp_path), []
    threads = [threading.Thread(target=lambda: made.append(datasets.add(path).id)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert [p.name for p in (workspace / "data").iterdir()] == [made[0]]


def test_the_newest_data_set_comes_first(tmp_path: Path) -> None:
    for content in ("a,b\n1,2\n", "a,b\n3,4\n"):
        last = datasets.add(_file(tmp_path, content))
    assert datasets.everything()[0].id == last.id


@pytest.mark.parametrize("content", ["", "a,b\n", "a,b\n1,\0\n"])
def test_a_file_that_is_no_table_leaves_nothing_behind(tmp_path: Path, workspace: Path, content: str) -> None:
    with pytest.raises(FileError, match=r"people\.csv"):
        datasets.add(_file(tmp_path, content))
    assert list((workspace / "data").iterdir()) == []


def test_a_missing_file_and_a_folder_are_answered(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.csv", tmp_path):
        with pytest.raises(FileError):
            datasets.add(path)


def test_progress_rises_to_one(tmp_path: Path) -> None:
    told: list[tuple[float, Sentence]] = []
    datasets.add(_file(tmp_path), progress=lambda share, text: told.append((share, text)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(str(text) for _, text in told)


@pytest.mark.parametrize(
    "id", ["", "..", "../../etc", "0123456789abcde", "0123456789ABCDEF", "0123456789abcdef", "x" * 500]
)
def test_an_unknown_id_is_answered(id: str) -> None:
    for ask in (datasets.load, datasets.table, datasets.head, datasets.profile, datasets.delete):
        with pytest.raises(UserError, match="There is no data set"):
            ask(id)


def test_a_deleted_data_set_is_gone(tmp_path: Path, workspace: Path) -> None:
    data = datasets.add(_file(tmp_path))
    datasets.delete(data.id)
    assert datasets.everything() == []
    assert list((workspace / "data").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.csv", "a.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\sales.xlsx", "sales.xlsx"),
        ("客户 名单.csv", "客户 名单.csv"),
        ("\u202egpj.csv", "gpj.csv"),
        ("a\n\x00b.csv", "a b.csv"),
        ("..", "file"),
        ("", "data"),
        (".hidden", "hidden"),
        ("what?.csv", "what_.csv"),
        ("no suffix", "no suffix"),
    ],
)
def test_a_file_is_kept_under_a_safe_name(name: str, safe: str) -> None:
    assert datasets.safe_file_name(name) == safe


@pytest.mark.parametrize("name", ["长" * 300 + ".csv", "x" * 300, "a" * 200 + "." + "b" * 200])
def test_a_long_name_is_cut(name: str) -> None:
    assert 0 < len(datasets.safe_file_name(name).encode()) <= 170


def test_half_made_folders_of_the_dead_are_swept(tmp_path: Path, workspace: Path) -> None:
    import os

    old, new = workspace / "data" / ".new-1-dead", workspace / "data" / ".new-2-alive"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    datasets.add(_file(tmp_path))
    assert not old.exists()
    assert new.exists()


def test_data_sets_can_be_listed_without_pandas() -> None:
    code = (
        "import sys; from core import datasets, samples; datasets.everything(); samples.everything();"
        "print(sorted({'pandas', 'pyarrow', 'numpy', 'python_calamine'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_each_table_of_a_file_is_a_data_set_of_its_own(tmp_path: Path) -> None:
    path = _file(tmp_path, '{"a": [{"x": 1}, {"x": 2}], "b": [{"y": 3}]}', "two.json")
    first, second = datasets.add(path), datasets.add(path, part="b")
    assert (first.columns, second.columns) == (("x",), ("y",))
    assert datasets.add(path, part="b").id == second.id != first.id
    assert datasets.kept_file(second.id).read_bytes() == path.read_bytes()
    with pytest.raises(FileError, match="holds no table called “c”"):
        datasets.add(path, part="c")
    with pytest.raises(FileError, match="holds a single table"):
        datasets.add(_file(tmp_path), part="c")
