"""The start page takes cells that were copied and files of the server, and says what is wrong with an address."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from core import datasets, home, projects

Visit = Callable[..., AppTest]


def pressed(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def waited(app: AppTest, until: Callable[[AppTest], object]) -> AppTest:
    for _ in range(60):
        if until(app):
            break
        time.sleep(0.5)
        app.run()
    return app


def test_pasted_cells_become_a_project(visit: Visit):
    app = visit("home")
    app.text_area[0].set_value("name\tage\n" + "\n".join(f"p{n}\t{n}" for n in range(30)))
    app = waited(pressed(app, "Read what was pasted"), lambda app: projects.everything())
    assert not app.exception
    (made,) = projects.everything()
    assert made.name == "Pasted table"
    assert not any(home.folder("uploads").iterdir()), "nothing is left of the way"


def test_cells_without_rows_get_two_sentences(visit: Visit):
    app = visit("home")
    app.text_area[0].set_value("only one line")
    app = pressed(app, "Read what was pasted")
    assert "has no rows below a line of names" in app.error[0].value
    assert not any(home.folder("uploads").iterdir())


def test_an_address_that_is_none_gets_two_sentences(visit: Visit):
    app = visit("home")
    next(one for one in app.text_input if one.label == "From a web address").set_value(
        "http://127.0.0.1/secret.csv"
    )
    app = waited(pressed(app, "Fetch it"), lambda app: app.error)
    assert "is not a public address" in app.error[0].value
    assert projects.everything() == []


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the server that is open to its users, with a table in a folder and pictures by class."""
    (tmp_path / "open" / "2026").mkdir(parents=True)
    rows = "\n".join(f"p{n},{n}" for n in range(30))
    (tmp_path / "open" / "2026" / "members.csv").write_text(f"name,age\n{rows}\n")
    for kind, colour in (("cats", 10), ("dogs", 240)):
        (tmp_path / "open" / "pets" / kind).mkdir(parents=True)
        for n in range(6):
            Image.new("L", (8, 8), colour + n).save(tmp_path / "open" / "pets" / kind / f"{n}.png")
    monkeypatch.setenv("MODELYARD_FOLDERS", str(tmp_path / "open"))
    return tmp_path / "open"


def chosen(app: AppTest, name: str) -> AppTest:
    """After a choice in the list of files: an entry by how it is shown."""
    box = next(one for one in app.selectbox if one.label == "A file or a folder")
    return box.select(next(one for one in box.options if one.startswith(name))).run()


def test_a_file_that_lies_on_the_server_becomes_a_project(visit: Visit, opened: Path):
    app = chosen(visit("home"), "2026")
    assert any("open / 2026" in one.value for one in app.caption)
    app = pressed(chosen(app, "members.csv · 1"), "Read it")
    waited(app, lambda app: projects.everything())
    (made,) = projects.everything()
    assert made.name == "members"
    assert (opened / "2026" / "members.csv").exists()


def test_the_way_up_ends_where_the_open_folder_does(visit: Visit, opened: Path):
    app = pressed(chosen(visit("home"), "2026"), "Up")
    assert not any(one.label == "Up" for one in app.button)
    assert len(next(one for one in app.selectbox if one.label == "A file or a folder").options) == 2


def test_a_folder_of_pictures_is_read_as_a_whole(visit: Visit, opened: Path):
    app = pressed(chosen(visit("home"), "pets"), "Read the pictures of this folder")
    waited(app, lambda app: projects.everything())
    (made,) = projects.everything()
    assert datasets.load(made.data).rows == 12


def test_a_folder_that_is_gone_meanwhile_gets_two_sentences_and_the_list_comes_back(
    visit: Visit, opened: Path
):
    app = chosen(visit("home"), "2026")
    shutil.rmtree(opened / "2026")
    app.run()
    assert "not among the files of this server" in app.error[0].value
    app.run()
    assert [one.partition("/")[0] for one in next(iter(app.selectbox)).options] == ["pets"]


def test_no_files_of_the_server_are_offered_unless_a_folder_is_open(visit: Visit):
    assert not any(one.label == "A file or a folder" for one in visit("home").selectbox)
