"""Goal, for texts without answers: the answers' names are typed, each text gets a first guess, and the guesses are mended.

What is mended becomes a table of its own with a project of its own; the first table stays as it is.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from core import datasets, home, projects
from core.errors import DataError, UserError
from core.goal import Goal
from core.pretrained import by_name, meaning
from core.profile import Profile
from core.projects import Project
from core.suggest import suggest
from core.words import say
from pages.parts import child, known, place, steps, trouble

GUESSING, LABELLING = "guessing", "labelled"
SHOWN = 100  # guesses that can be mended on the page
FEWEST = 20  # answers that a table needs before anything can be learned from it
COLUMN = "answer"


@trouble.guarded
def draw(project: Project, facts: Profile, goal: Goal | None) -> None:
    """The offer, as long as no column is chosen; nothing where no column holds texts, or no meaning can be had."""
    columns = [column.name for column in facts.columns if column.kind == "text"]
    if not columns or not meaning.available():
        return
    begun = child.find(place.noted(GUESSING)) or child.find(place.noted(LABELLING))
    if goal is not None and begun is None:
        return
    alone = len(facts.columns) == len(columns)
    with st.expander(
        say("No column with the answers yet? Name the answers and get a first guess"),
        icon=":material/new_label:", expanded=alone or begun is not None,
    ):  # fmt: skip
        if not _keeping(project) and not _guessed(project):
            _asked(project, columns)


def _asked(project: Project, columns: list[str]) -> None:
    st.caption(
        say(
            "Each text gets the answer whose name is nearest in meaning. In our trials, that was right for 8 of 10 texts sorted "
            "by topic, and for 7 of 10 sorted into pleased and angry. You then mend the doubtful ones."
        )
    )
    with st.form(f"guess-{project.id}", border=False):
        column = columns[0]
        if len(columns) > 1:
            column = st.selectbox(say("The column of texts"), columns, width=420)
        written = st.text_area(
            say("The answers, one on each line"), height=140, key=f"guess-answers-{project.id}", max_chars=10_000,
            placeholder=say("Billing: invoices, payments, refunds\nDelivery: late or lost parcels\nPraise"),
            help=say("What an answer means can follow behind a colon: a few words that texts of this kind use."),
        )  # fmt: skip
        if not st.form_submit_button(say("Guess the answers"), icon=":material/new_label:"):
            return
    try:
        by_name.read(written.splitlines())
    except DataError as error:
        trouble.show(error.what, error.fix)
        return
    out = home.folder("uploads", home.new_id()) / "guesses.json"
    answers = [f"--answer={line}" for line in written.splitlines()]
    started = child.start(
        ["guess", project.data, f"--column={column}", *answers, f"--out={out}"],
        out=str(out),
        project=project.id,
    )
    place.note(GUESSING, started.id)
    st.rerun()


def _guessed(project: Project) -> bool:
    """The guesses, to be mended; whether there are any, or some are being made."""
    found = child.find(place.noted(GUESSING))
    if found is None or found.about["project"] != project.id:
        return False
    if found.running:
        child.follow(found, say("Guessing the answers"))
        return True
    try:
        if not found.cancelled:
            found.answer()
            _mended(project, found, home.read_json(Path(found.about["out"])))
            return True
    except UserError as error:
        trouble.show(error.what, error.fix)
    child.forget(found)
    place.note(GUESSING, "")
    return False


def _mended(project: Project, found: child.Child, guesses: Mapping[str, Any]) -> None:
    """The table to mend, the least clear guesses first, and what becomes of it."""
    rows = guesses["rows"][:SHOWN]
    names = guesses["answers"]
    told = [names[place] for place in guesses["places"]]
    st.markdown(counted(told))
    st.caption(
        say(
            "The least clear guesses come first. Choose the right answer where one is wrong, and tick those that are right."
        )
    )
    before = pd.DataFrame({
        "right": False, "answer": told[: len(rows)],
        "text": [cells[0] for cells in datasets.cells(project.data, rows, [guesses["column"]])],
        "clear": [say("clear") if ahead >= by_name.CLEAR else say("doubtful") for ahead in guesses["ahead"][: len(rows)]],
    })  # fmt: skip
    after = st.data_editor(
        before, key=f"mend-{found.id}", hide_index=True, disabled=["text", "clear"], height=420, row_height=70,
        column_config={
            "right": st.column_config.CheckboxColumn(say("Right"), width=70),
            "answer": st.column_config.SelectboxColumn(say("Answer"), options=names, required=True, width=160),
            "text": st.column_config.TextColumn(say("Text"), width=620),
            "clear": st.column_config.TextColumn(say("Guess"), width=100),
        },
    )  # fmt: skip
    seen = mended(rows, told, after["answer"].tolist(), after["right"].tolist())
    every = dict(zip(guesses["rows"], told, strict=True)) | seen
    ways = {
        "seen": say("Only the {count} that I ticked or changed", count=len(seen)),
        "every": say("All {count:,} guesses, with my changes", count=len(every)),
    }
    way = st.radio(
        say("Which answers to learn from"), list(ways), format_func=ways.__getitem__, key=f"which-{found.id}"
    )
    if way == "every":
        st.caption(
            say(
                "Guesses that nobody looked at are learned with their mistakes, and the figures then say how well they are repeated."
            )
        )
    else:
        st.caption(say("From 8 for each answer on, better 50. The other texts stay in the table without an answer; after training, the model says which of them to look at next."))  # fmt: skip
    kept = seen if way == "seen" else every
    ready = len(kept) >= FEWEST and len(set(kept.values())) > 1
    with st.container(horizontal=True, gap="small"):
        if st.button(
            say("Go on with {count:,} answers", count=len(kept)), key=f"keep-{found.id}", icon=":material/arrow_forward:",
            disabled=not ready, help=None if ready else say("It takes at least {fewest}, and two different ones.", fewest=FEWEST),
        ):  # fmt: skip
            _keep(project, kept)
        if st.button(say("Other names"), key=f"anew-{found.id}", icon=":material/replay:"):
            child.forget(found)
            place.note(GUESSING, "")
            st.rerun()


def counted(told: list[str]) -> str:
    """How many texts were taken for each answer, the most first."""
    each = pd.Series(told).value_counts()
    return " · ".join(f"**{trouble.escape(str(name))}** {count:,}" for name, count in each.items())


def mended(rows: list[int], told: list[str], answers: list[str], right: list[bool]) -> dict[int, str]:
    """The answers that somebody has ticked or changed, by the number of their row."""
    return {
        row: answer
        for row, guess, answer, ticked in zip(rows, told, answers, right, strict=False)
        if ticked or answer != guess
    }


def _keep(project: Project, answers: Mapping[int, str]) -> None:
    taken = set(known.data_set(project.data).columns)
    column = next(
        name
        for name in (COLUMN, *(f"{COLUMN} {number}" for number in range(2, len(taken) + 3)))
        if name not in taken
    )
    path = home.folder("uploads", home.new_id()) / "answers.json"
    path.write_text(json.dumps({"column": column, "rows": answers}, ensure_ascii=False), encoding="utf-8")
    started = child.start(
        ["labelled", project.data, "--answers", str(path), "--name", project.name],
        project=project.id,
        column=column,
    )
    place.note(LABELLING, started.id)
    st.rerun()


def _keeping(project: Project) -> bool:
    """Show how the new table is made; when it is there, this opens its Goal page with the answers chosen."""
    found = child.find(place.noted(LABELLING))
    if found is None or found.about["project"] != project.id:
        return False
    if found.running:
        child.follow(found, say("Keeping the answers"))
        return True
    child.forget(found)
    place.note(LABELLING, "")
    if found.cancelled:
        return False
    answer = found.answer()
    made = projects.create(answer["name"], answer["data"])
    goal = suggest(known.profile(made), found.about["column"], {}).goal
    projects.change(made, goal=goal.to_json())
    place.note(GUESSING, "")
    st.switch_page(steps.page("goal"), query_params=place.address(made.id))
    return True
