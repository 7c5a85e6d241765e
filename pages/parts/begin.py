"""The way in: a file or a sample becomes a data set and a project about it, or a run that was taken away opens again."""

import shutil
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core import home, projects
from core.errors import UserError
from core.runs import carried
from core.words import say
from pages.parts import child, place, steps, trouble

ADDING = "adding"


def waiting() -> bool:
    """Show the file that is being read, if one is; whether the page should show nothing else.

    When it has been read, this opens the data page of the new project, or what a run has come to.
    """
    found = child.find(place.noted(ADDING))
    if found is None:
        return False
    if found.running:
        child.follow(found, say("Reading {name}", name=trouble.escape(found.about["name"])))
        return True
    child.forget(found)
    place.note(ADDING, "")
    if found.about["folder"]:
        shutil.rmtree(found.about["folder"], ignore_errors=True)
    if found.cancelled:
        return False
    try:
        answer = found.answer()
    except UserError as error:
        trouble.show(error.what, error.fix)
        return False
    if "run" in answer:
        st.switch_page(steps.page("results"), query_params=place.address(answer["project"], answer["run"]))
    project = _project(found.about["project"], found.about["name"], answer["data"])
    st.switch_page(steps.page("data"), query_params=place.address(project.id))


def upload(project: str = "") -> None:
    """The place to drop a file; it is on disk at once.

    Args:
        project: Goes on with the table, if it lacks this very one.
    """
    file = st.file_uploader(
        say("Your table"), key="upload", max_upload_size=1000, label_visibility="collapsed",
        help=say("CSV or other text with columns, Excel, JSON, Parquet, Feather, SQLite, SPSS, Stata, SAS or a web page that was saved; also packed as gz, bz2, xz, zst or zip. "
                 "Or a zip with pictures or texts, in folders that are called like what they show or are about."),
    )  # fmt: skip
    if file is not None:
        folder = home.folder("uploads", home.new_id())
        path = folder / _safe(file.name)
        _save(file, path)
        read(path, Path(file.name).stem, str(folder), project=project)


def _project(id: str, name: str, data: str) -> projects.Project:
    """The project that goes on with the data: the one that asked for it while it has no question yet or lacks this very table."""
    asking = projects.load(id) if id else None
    if asking and asking.data == data:
        return asking
    if asking is None or asking.goal:
        return projects.create(name, data)
    return projects.change(asking, data=data, kinds={}, prepared="")


def read(path: Path, name: str, folder: str = "", part: str = "", project: str = "") -> None:
    """Start reading a file.

    Args:
        folder: Is removed when that is done.
        part: Which table of a file that holds several.
        project: Goes on with that table, if it has no question yet.
    """
    words = ["add", str(path), "--name", name, *([f"--part={part}"] if part else [])]
    if folder and carried.holds(path):
        words = ["open", str(path)]
    found = child.start(words, name=name, folder=folder, project=project)
    place.note(ADDING, found.id)
    st.rerun()


def fetch(address: str, name: str) -> None:
    """Start fetching a file from a web address, and reading it."""
    found = child.start(["add", address, "--name", name], name=name, folder="", project="")
    place.note(ADDING, found.id)
    st.rerun()


def _save(file: UploadedFile, path: Path) -> None:
    with path.open("wb") as target:
        shutil.copyfileobj(file, target, 1 << 20)


def _safe(name: str) -> str:
    """A file name that is no path and keeps its ending."""
    kept = "".join(c if c.isalnum() or c in "-_. " else "_" for c in Path(name).name).strip(". ")
    return kept[-120:] or "table"
