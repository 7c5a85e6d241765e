"""The dialog that runs a run again with one thing changed: each setting, the seed, the device, the start, the drawing."""

from dataclasses import replace
from typing import Any

import streamlit as st

from core import devices, drawings, projects
from core.projects import Project
from core.runs import Run, again, difference, made_with
from core.spec import CLASSES_ONLY, PICTURES_ONLY, TEXTS_ONLY, TRAINING, Spec
from core.tasks import SHELF as TASKS
from core.words import mark, say
from pages.parts import begin_run, dialogs, form, place, progress, steps, trouble

SEED, DEVICE, START, DRAWING = "seed", "device", "starts_from", "drawing"
MOST_SEED = 2**31 - 1


def button(run: Run, key: str, type: str = "tertiary", label: str = "") -> None:
    """Opens the dialog."""
    title = say("Run again with one thing changed")
    dialogs.button(label or title, key, ask, run, title=title, icon="rule_settings", type=type)


@trouble.guarded
def ask(run: Run) -> None:
    """Which thing, what it was, and what it is to be."""
    spec = progress.asked(run)
    st.markdown(say("All else stays as in **{run}**.", run=trouble.escape(spec.name)))
    things = _things(run, spec)
    picked = st.selectbox(say("What to change"), list(things), key=f"thing-{run.id}", format_func=things.get)
    if picked == DRAWING:
        _to_design(run)
        return
    changed = _changed(run, spec, picked)
    found = difference.difference(spec, changed, _came_to(run), names(spec))
    if found:
        st.caption(trouble.escape(str(found[0])))
    if st.button(
        say("Start this run"),
        key="change-now",
        type="primary",
        icon=":material/play_arrow:",
        disabled=not found,
    ):
        begin_run.start(changed, found)


def _things(run: Run, spec: Spec) -> dict[str, str]:
    """What can be changed, each with what it was."""
    classes = "crossentropy" in TASKS[spec.goal.task].LOSS
    pictures, texts = ("image" in spec.goal.kinds.values(), "text" in spec.goal.kinds.values())
    came_to = _came_to(run)
    found = {
        name: _was(
            str(field.label),
            str(difference.shown(field, spec.training.get(name, field.default), came_to.get(name))),
        )
        for name, field in TRAINING.items()
        if (classes or name not in CLASSES_ONLY)
        and (pictures or name not in PICTURES_ONLY)
        and (texts or name not in TEXTS_ONLY)
    }
    found[SEED] = _was(say("Seed"), f"{spec.seed:,}")
    if len(devices.found()) > 1:
        found[DEVICE] = _was(say("Device"), spec.device or say("automatic"))
    start = names(spec).get(spec.starts_from, spec.starts_from) or say("weights of its own")
    found[START] = _was(say("What it starts from"), start)
    found[DRAWING] = _was(
        say("The drawing"),
        say("{count} layer", plural="{count:,} layers", count=len(spec.graph.layers)),
    )
    return found


def _was(label: str, value: str) -> str:
    return say("{label}: {value}", label=label, value=value)


def _changed(run: Run, spec: Spec, picked: str) -> Spec:
    """The spec with what the picked widget holds."""
    plain = replace(spec, continues={})
    if picked == SEED:
        seed = st.number_input(say("Seed"), 0, MOST_SEED, spec.seed, key=f"seed-{run.id}",
                               help=say("Another seed gives other first weights and another order of the rows."))  # fmt: skip
        return replace(plain, seed=int(seed))
    if picked == DEVICE:
        labels = {"": say("automatic"), **{one.id: str(one.label) for one in devices.found()}}
        ids = list(labels)
        device = st.selectbox(
            say("Device"), ids, ids.index(spec.device) if spec.device in ids else 0, key=f"device-{run.id}",
            format_func=labels.get,
        )  # fmt: skip
        return replace(plain, device=device)
    if picked == START:
        return replace(plain, starts_from=_start(run, spec))
    field = {picked: TRAINING[picked]}
    values = {picked: spec.training.get(picked, TRAINING[picked].default)}
    found = form.form(field, values, f"change-{run.id}", _came_to(run), columns=1)
    return replace(plain, training={**spec.training, **found})


def _start(run: Run, spec: Spec) -> str:
    """Which run's weights it starts from, as the user picks it."""
    choices = {
        "": say("weights of its own"),
        **{other.id: progress.asked(other).name for other in _lenders(run, spec)},
    }
    ids = list(choices)
    st.caption(
        say("Weights are taken over layer by layer; layers that differ begin anew, and the run says which.")
    )
    return st.selectbox(
        say("What it starts from"), ids, ids.index(spec.starts_from) if spec.starts_from in ids else 0,
        key=f"start-{run.id}", format_func=choices.get,
    )  # fmt: skip


def _lenders(run: Run, spec: Spec) -> list[Run]:
    """Runs of the project that read the same rows alike; the worker looks at it once more, and more closely."""
    ours, found = run.recipes(), []
    for other in progress.runs_of(projects.load(spec.project)):
        asked = progress.asked(other)
        if not again.can_lend(other) or asked.data != spec.data or asked.goal.split != spec.goal.split:
            continue
        theirs = other.recipes()
        alike = ours is None or theirs is None or again.reads_alike(theirs, ours)
        if alike and asked.goal.inputs == spec.goal.inputs:
            found.append(other)
    return found


def names(spec: Spec) -> dict[str, str]:
    """What the project's runs are called, by id."""
    return {other.id: progress.asked(other).name for other in progress.runs_of(projects.load(spec.project))}


def _came_to(run: Run) -> dict[str, Any]:
    return made_with.read(run.folder).get("settings", {})


def _to_design(run: Run) -> None:
    """The way to the drawing that this run was made of, where another one is drawn now."""
    project = projects.load(progress.asked(run).project)
    if progress.asked(run).goal.to_json() != project.goal:
        st.info(say("The project asks another question now, and this drawing answers the old one."))
        return
    st.markdown(
        say("Its drawing opens on the Design page. What is drawn there now stays among the versions.")
    )
    if st.button(say("Change its drawing"), key="change-drawing", type="primary", icon=":material/edit:"):
        bring_drawing(project, run)
        place.renew_forms()
        place.shut_dialog()
        st.switch_page(steps.page("design"), query_params=place.address(project.id))


def bring_drawing(project: Project, run: Run) -> None:
    """Let the project work on the drawing that this run was made of; as it stands now, it becomes a version."""
    spec, now = progress.asked(run), drawings.current(project)
    if now is None:
        drawings.create(project, drawings.next_name(project.id), spec.graph)
    elif now.graph != spec.graph:
        why = mark("Before the drawing of “{run}” was brought back", run=spec.name)
        drawings.replace_graph(project.id, now.id, spec.graph, why)
