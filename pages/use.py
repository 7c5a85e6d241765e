"""Use: try one row, score a whole file, take the model away with the proof that it answers the same."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from core import home
from core.datasets import safe_file_name
from core.exports import ORDER
from core.exports import SHELF as EXPORTS
from core.projects import Project
from core.runs import Run
from core.suggest import WRITING
from core.words import Sentence, say
from pages.parts import (
    child,
    chosen,
    decided,
    forecast_use,
    header,
    helpers,
    looked_at,
    model_address,
    named,
    place,
    progress,
    replies_use,
    rewriting_use,
    row,
    row_why,
    sharing,
    sure,
    tastes_use,
    trouble,
    writing_use,
)

SCORING, EXPORTING = "scoring", "exporting"
MAIN_COLUMNS, MOST_CLASSES = 6, 6
PICTURE_WIDTH = 168  # pixels


@trouble.guarded
def body() -> None:
    project = header.begin("use")
    header.title("use")
    if project is None:
        header.empty(say("There is no model yet."))
        return
    run = chosen.tested_run(project)
    if run is None:
        header.empty(say("There is no model to use yet: it is made when a training ends."), "train", project)
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(
            say("The model of {name}.", name=trouble.escape(progress.asked(run).name)), width="content"
        )
        sharing.draw(run)
    made = run.recipes() or {}
    if made["task"] == WRITING:
        writing_use.draw(run)
        st.subheader(say("Take it with you"), anchor=False)
        _exports(run)
        model_address.draw(run)
        return
    forecast = "series" in made
    if made["target"]["as"] == "reply":
        replies_use.chat(run)
        st.subheader(say("Answer a whole file"), anchor=False)
    elif made["task"] == "rewrite":
        rewriting_use.draw(run)
        st.subheader(say("Answer a whole file"), anchor=False)
    elif made["target"]["as"] == "items":
        tastes_use.draw(run)
        st.subheader(say("Recommend to many"), anchor=False)
    elif forecast:
        forecast_use.coming(run)
        st.subheader(say("After newer rows"), anchor=False)
    else:
        st.subheader(say("Try one row"), anchor=False)
        _try(run, project)
        st.subheader(say("Answer a whole file"), anchor=False)
    _score(run)
    st.subheader(say("Take it with you"), anchor=False)
    _exports(run)
    model_address.draw(run)


@st.fragment
@trouble.guarded
def _try(run: Run, project: Project) -> None:
    """The form and the answer; only this part is drawn again when a value changes."""
    recipes, results = run.recipes(), run.results() or {}
    worth = {entry["column"]: entry["drop"] for entry in results.get("importance", [])}
    once = {recipe["column"]: recipe for recipe in recipes["columns"]}  # a text may be read in two ways
    columns = sorted(once.values(), key=lambda recipe: -worth.get(recipe["column"], 0.0))
    left, right = st.columns([3, 2], gap="large")
    with left:
        begin = _sample_pictures(run, columns)
        texts = row.fields(columns[:MAIN_COLUMNS], project, f"try-{run.id}", begin)
        if len(columns) > MAIN_COLUMNS:
            count = len(columns) - MAIN_COLUMNS
            label = say("{count} more column", plural="{count} more columns", count=count)
            with st.expander(label):
                texts |= row.fields(columns[MAIN_COLUMNS:], project, f"try-{run.id}", begin)
        reads = any(recipe["kind"] == "text" for recipe in columns) and not begin
        why = reads and decided.asked(run.id)
    with right, st.container(key="card-answer", border=True):
        asked = {name: [text] for name, text in texts.items()}
        question = {"folder": str(run.folder), "columns": asked, "look": bool(begin)}
        said = helpers.MODEL.ask({**question, "why": why})
        _seen(said.get("seen", {}), said["prediction"][0])
        if said["prediction"][0] is not None:
            _answer(recipes["target"], said, results)
        if why:
            decided.draw(texts, said.get("pushes", {}))
            looked_at.draw(run.id, said.get("looked", {}))
    if said["prediction"][0] is not None:
        row_why.draw(run, question, texts, said)


def _sample_pictures(run: Run, columns: list[Mapping[str, Any]]) -> dict[str, str]:
    """For each column of pictures, the path below the workspace of a test picture to begin with, if it lies there."""
    names = [recipe["column"] for recipe in columns if recipe["kind"] == "image"]
    samples = home.read_json(run.folder / "samples.json")["columns"] if names else {}
    inside = run.folder.resolve().is_relative_to(home.folder())
    lies = run.folder.resolve().relative_to(home.folder()).as_posix() if inside else ""
    return {name: f"{lies}/{samples[name][0]}" if lies else "" for name in names}


def _seen(pictures: Mapping[str, str], prediction: Any) -> None:
    """The pictures as the network sees them; a word where there is nothing to answer from."""
    for column, address in pictures.items():
        st.image(
            address,
            width=PICTURE_WIDTH,
            caption=say("What the network sees of {column}", column=trouble.escape(column)),
        )
    if prediction is None:
        st.caption(say("Choose a picture that can be read, and its answer stands here."))


def _answer(asked: Mapping[str, Any], said: Mapping[str, Any], results: Mapping[str, Any]) -> None:
    """The answer in words, with its chances or its usual miss."""
    target = named.short(asked["column"])
    prediction = said["prediction"][0]
    st.caption(say("The answer for “{target}”", target=target))
    if "probabilities" not in said:
        st.markdown(f"## {named.amount(prediction)}")
        if "low" in said:
            low, high = (named.amount(said[name][0]) for name in ("low", "high"))
            st.markdown(
                say("It lies between **{low}** and **{high}** in 90 of 100 cases.", low=low, high=high)
            )
        miss = results.get("metrics", {}).get("test", {}).get("mae")
        if miss is not None:
            st.caption(say("On the test rows it was off by {miss:,.3g} on average.", miss=miss))
        return
    chances = dict(zip(asked.get("classes") or asked["labels"], said["probabilities"][0], strict=True))
    st.markdown(f"## {trouble.escape(prediction) or '–'}")
    in_order = bool(asked.get("steps"))
    if in_order and chances[prediction] < max(chances.values()):
        st.markdown(sure.middle(prediction, chances))
    elif "classes" in asked:
        st.markdown(
            say("The chance of “{answer}” is {chance}: {words}.", answer=named.short(prediction),
                chance=trouble.escape(named.chance(chances[prediction])), words=sure.words(chances[prediction]))
        )  # fmt: skip
    likeliest = sorted(chances.items(), key=lambda pair: -pair[1])[:MOST_CLASSES]
    for name, share in [pair for pair in chances.items() if pair in likeliest] if in_order else likeliest:
        text = say("{answer}: {chance}", answer=named.short(name), chance=trouble.escape(named.chance(share)))
        st.progress(min(max(share, 0.0), 1.0), text=text)


def _score(run: Run) -> None:
    """A file goes in, the same rows with answers come out."""
    found = child.find(place.noted(SCORING))
    if found is not None and found.running:
        child.follow(found, say("Answering {name}", name=trouble.escape(found.about["name"])))
        return
    if found is not None and not found.cancelled and _scored(found):
        return
    if "series" in run.recipes():
        st.caption(forecast_use.about_file(run))
    elif run.recipes()["target"]["as"] == "reply":
        st.caption(replies_use.about_file(run))
    elif run.recipes()["target"]["as"] == "items":
        st.caption(tastes_use.about_file(run))
        if st.button(say("Recommend to everybody who is known"), key="everybody", icon=":material/groups:"):
            _start_scoring(run, Path(tastes_use.everybody(run)))
    elif all(recipe["kind"] == "image" for recipe in run.recipes()["columns"]):
        st.caption(say("A zip of up to 1 GB with pictures; each gets a line with its answer."))
    else:
        names = list(dict.fromkeys(recipe["column"] for recipe in run.recipes()["columns"]))
        columns = named.several(names, 8)
        st.caption(
            say("A file of up to 1 GB with the columns of the training table: {columns}", columns=columns)
        )
    file = st.file_uploader(say("A file to answer"), key=f"score-{run.id}", max_upload_size=1000)
    if file is not None:
        folder = home.folder("uploads", home.new_id())
        path = folder / safe_file_name(file.name)
        with path.open("wb") as target:
            shutil.copyfileobj(file, target, 1 << 20)
        _start_scoring(run, path)


def _start_scoring(run: Run, path: Path) -> None:
    out = path.with_name(f"{path.stem}-answers.csv")
    started = child.start(["predict", run.id, str(path), "--out", str(out)], name=path.name, out=str(out))
    place.note(SCORING, started.id)
    st.rerun()


@trouble.guarded
def _show_scored(found: child.Child) -> None:
    answer, out = found.answer(), Path(found.about["out"])
    st.success(
        say("{count} row is answered.", plural="{count:,} rows are answered.", count=answer["rows"]),
        icon=":material/check:",
    )
    st.download_button(
        say("Download the answers"), out.read_bytes, file_name=out.name, mime="text/csv", key="answers",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _scored(found: child.Child) -> bool:
    """What came out of the file, and the way to the next file."""
    _show_scored(found)
    if st.button(say("Another file"), key="another", icon=":material/replay:"):
        child.forget(found)
        place.note(SCORING, "")
        st.rerun()
    return True


def _exports(run: Run) -> None:
    writes = (run.recipes() or {})["task"] == WRITING
    st.caption(
        say("A zip holds all that writing needs. Before you get it, it is unpacked and run in a fresh process, and has to "
            "write the very same texts.")
        if writes else
        say("A zip holds the whole way from a row of your table to its answer. Before you get a model, it is run in a fresh "
            "process, and its answers are compared with those here.")
    )  # fmt: skip
    found = child.find(place.noted(EXPORTING))
    if found is not None and found.running:
        name = EXPORTS[found.about["format"]].LABEL
        child.follow(found, say("Packing and checking: {name}", name=name))
        return
    if found is not None:
        child.forget(found)
        place.note(EXPORTING, "")
        if not found.cancelled:
            _tell(found)
    with st.container(key="formats"):
        for format in sorted(EXPORTS, key=ORDER.index):
            _format(run, format)


@trouble.guarded
def _tell(found: child.Child) -> None:
    """Trouble with the export, if there was any; otherwise its card says all."""
    found.answer()


def _format(run: Run, format: str) -> None:
    proof = run.proof(format)
    path = run.folder / "exports" / (proof or {}).get("file", "–")
    with st.container(key=f"card-format-{format}", border=True, gap="small"):
        st.markdown(f"**{EXPORTS[format].LABEL}**")
        st.caption(str(EXPORTS[format].HELP))
        against = EXPORTS[format].objection(run) if hasattr(EXPORTS[format], "objection") else None
        if against:
            st.caption(trouble.escape(f"{against.what} {against.fix}"))
            return
        if proof and path.exists():
            if "rows" in proof:
                _proof(proof, (run.recipes() or {})["task"] == WRITING)
            elif "told" in proof:
                st.caption(str(Sentence.from_json(proof["told"])))
            st.download_button(
                say("Download {size:.1f} MB", size=proof["bytes"] / 1e6), path.read_bytes, file_name=path.name,
                mime="application/zip" if path.suffix == ".zip" else "application/octet-stream", key=f"download-{format}", icon=":material/download:", on_click="ignore",
                type="primary",
            )  # fmt: skip
        elif st.button(
            header.spoken(
                say("Pack and check") if getattr(EXPORTS[format], "ANSWERS", True) else say("Write it"),
                str(EXPORTS[format].LABEL),
            ),
            key=f"pack-{format}",
            icon=":material/inventory_2:",
        ):
            arguments = ["export", run.id, "--format", format, "--out", str(run.folder / "exports")]
            place.note(EXPORTING, child.start(arguments, format=format).id)
            st.rerun()


def _proof(proof: Mapping[str, Any], writes: bool) -> None:
    if writes:
        st.markdown(
            say(
                ":green[:material/verified:] Unpacked and run in a fresh process: {count} text came out the same, letter for letter.",
                plural=":green[:material/verified:] Unpacked and run in a fresh process: {count} texts came out the same, letter for letter.",
                count=proof["rows"],
            )
        )  # fmt: skip
        return
    st.markdown(
        say(
            ":green[:material/verified:] Unpacked and run in a fresh process: {count} row answered the same. "
            "The largest difference is {difference:.2g}.",
            plural=":green[:material/verified:] Unpacked and run in a fresh process: {count} rows answered the same. "
            "The largest difference is {difference:.2g}.",
            count=proof["rows"], difference=proof["largest_difference"],
        )
    )  # fmt: skip


body()
