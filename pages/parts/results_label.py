"""Results: which rows to label next, as a table to fill, and what becomes of it when it comes back."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import streamlit as st

from core import home, projects
from core.datasets import safe_file_name
from core.errors import UserError
from core.results import label_next
from core.runs import Run
from core.words import say
from pages.parts import child, place, progress, steps, trouble

LABELLING = "labelling"
BRINGING = "bringing"
FILE = "label-these-first.csv"
SHOWN = 8


@trouble.guarded
def draw(run: Run) -> None:
    """The section; nothing for pictures and forecasts."""
    recipes = run.recipes()
    if not recipes or not label_next.suits(recipes):
        return
    st.subheader(say("Which rows to label next"), anchor=False)
    _chosen(run, recipes)
    _filled(run)


def _chosen(run: Run, recipes: Mapping[str, Any]) -> None:
    """The list of rows to label, or the way to it."""
    running = child.find(place.noted(LABELLING))
    if running is not None and running.about["run"] == run.id:
        if running.running:
            child.follow(running, say("Looking for rows that would teach it most"))
            return
        if not running.cancelled and _shown(running):
            return
    _offer(run, recipes["target"]["column"])


def _offer(run: Run, target: str) -> None:
    without = (run.results() or {}).get("rows", {}).get("left_out", 0)
    name = trouble.escape(target)
    if without:
        st.caption(
            say(
                "{count:,} row of your table has no “{target}”.",
                plural="{count:,} rows of your table have no “{target}”. The model can say which of them are worth your time most.",
                count=without, target=name,
            )
        )  # fmt: skip
        if st.button(
            say("Find the rows to label first"), key=f"label-{run.id}", icon=":material/playlist_add_check:"
        ):
            _start(run, [])
    else:
        st.caption(
            say("Every row of your table has its “{target}”. Bring a file with more rows, and the model says which of them are worth your time most.", target=name)
        )  # fmt: skip
    with st.expander(say("Choose from the rows of another file"), icon=":material/upload_file:"):
        file = st.file_uploader(
            say("A file with rows to label"), key=f"label-file-{run.id}", max_upload_size=1000
        )
        if file is not None:
            _start(run, [str(_written(file))])


def _filled(run: Run) -> None:
    """A list comes back filled in: its answers become part of the table, and one click trains with them."""
    running = child.find(place.noted(BRINGING))
    if running is not None and running.about["run"] == run.id:
        if running.running:
            child.follow(running, say("Putting the answers into your table"))
            return
        if not running.cancelled and _brought(run, running):
            return
    with st.expander(say("Bring the filled list back"), icon=":material/assignment_turned_in:"):
        st.caption(
            say(
                "Its answers are put into a copy of your table. Rows of another file are added to it. Nothing is overwritten."
            )
        )
        file = st.file_uploader(say("The filled list"), key=f"filled-{run.id}", max_upload_size=1000)
        if file is not None:
            started = child.start(["bring", run.id, str(_written(file))], run=run.id)
            place.note(BRINGING, started.id)
            st.rerun()


def _brought(run: Run, ended: child.Child) -> bool:
    """What came of it, and the way on; whether there is anything."""
    try:
        answer = ended.answer()
    except UserError as error:
        trouble.show(error.what, error.fix)
        return False
    st.success(trouble.escape(answer["sentence"]), icon=":material/task_alt:")
    if st.button(say("Train with these answers"), key="train-filled", icon=":material/replay:"):
        child.forget(ended)
        place.note(BRINGING, "")
        spec = progress.asked(run)
        changes = {"data": answer["data"], "prepared": answer["prepared"], "goal": spec.goal.to_json()}
        projects.change(projects.load(spec.project), **changes)
        st.switch_page(steps.page("train"), query_params=place.address(spec.project))
    return True


def _written(file: BinaryIO) -> Path:
    path = home.folder("uploads", home.new_id()) / safe_file_name(file.name)
    with path.open("wb") as out:
        while chunk := file.read(1 << 20):
            out.write(chunk)
    return path


def _start(run: Run, words: list[str]) -> None:
    out = home.folder("uploads", home.new_id()) / FILE
    started = child.start(["label", run.id, *words, "--out", str(out)], run=run.id, out=str(out))
    place.note(LABELLING, started.id)
    st.rerun()


def _shown(ended: child.Child) -> bool:
    """What came out, and the way to another list; whether there is anything."""
    _list(ended)
    if st.button(say("Another list"), key="label-another", icon=":material/replay:"):
        child.forget(ended)
        place.note(LABELLING, "")
        st.rerun()
    return True


@trouble.guarded
def _list(ended: child.Child) -> None:
    answer, out = ended.answer(), Path(ended.about["out"])
    st.markdown(trouble.escape(answer["sentence"]))
    header, *rows = csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    shown = pd.DataFrame(rows[:SHOWN], columns=header)
    st.dataframe(shown[[*header[4:], *header[1:3]]], hide_index=True)
    st.caption(
        say("The first {count} of {total}. The list has an empty column for the right answers: fill it in and bring it back below.",
            count=min(SHOWN, len(rows)), total=len(rows))
    )  # fmt: skip
    st.download_button(
        say("Download the list"), out.read_bytes, file_name=FILE, mime="text/csv", key="label-csv",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
