"""What can be done with a run that has ended; one button is the next step."""

from dataclasses import replace

import streamlit as st

from core import devices, drawings, projects, runs
from core.projects import Project
from core.runs import Run, again, difference, made_with
from core.spec import TRAINING, Spec
from core.words import Sentence, say
from pages.parts import (
    before_start,
    begin_run,
    dialogs,
    go_further,
    header,
    one_change,
    place,
    progress,
    run_controls,
    steps,
    trouble,
)

MOST_DIFFERENCES = 5


def draw(run: Run, spec: Spec) -> None:
    """What can be done with a run that has ended; one button is the next step.

    Args:
        spec: What the project asks of a run as it stands now.
    """
    asked = progress.asked(run)
    differs = begin_run.asks(spec) != begin_run.asks(asked)
    changed = differs and _changed_since(run, projects.load(spec.project))
    good = run.results() is not None
    whole = not changed or before_start.possible(projects.load(spec.project), spec)
    begun = difference.ways(replace(asked, continues={}, starts_from=""), asked, one_change.names(asked))
    if begun:
        st.caption(trouble.escape(" ".join(map(str, begun))))
    if differs:
        _differences(run, spec, changed)
    goes_on = None if good else run.goes_on_from()
    train = _next_step(run, spec, good, changed, goes_on, whole)
    with st.container(key="run-actions", horizontal=True, gap="small"):
        if train is None:
            train = st.button(say("Train again"), key="again", icon=":material/replay:")
        _more(run, spec, differs)
    repeats = good and not changed
    if repeats:
        st.caption(trouble.escape(_agreement(run)))
    if train:
        begin_run.start(replace(asked, continues={}) if repeats else spec)


def _next_step(
    run: Run, spec: Spec, good: bool, changed: bool, goes_on: int | None, whole: bool
) -> bool | None:
    """The primary button; whether it asks to train as the project asks now, or None where it leads elsewhere."""
    if goes_on is not None:
        if header.forward(say("Go on from epoch {epoch}", epoch=goes_on)):
            runs.request_go_on(run)
            st.rerun()
        return None
    if run.withdrawn() and not changed:
        if header.forward(say("Put it back into the line")):
            runs.request_go_on(run)
            st.rerun()
        return None
    if good and not changed:
        if header.forward(str(steps.step("results").onward)):
            st.switch_page(steps.page("results"), query_params=place.address(spec.project, run.id))
        return None
    if good:
        results_link(projects.load(spec.project), run)
    return header.forward(say("Train again"), disabled=not whole)


def _more(run: Run, spec: Spec, differs: bool) -> None:
    """All other ways on from here."""
    if again.can_continue(run):
        go_further.button(run)
    one_change.button(run, key="one-change", type="secondary")
    if differs and st.button(
        say("Use its settings in the project"), key="adopt", type="tertiary", icon=":material/settings_backup_restore:",
        help=say("The project's settings and drawing become those of this run; what was drawn since stays as a version."),
    ):  # fmt: skip
        adopt(run)
        st.rerun()
    dialogs.button(
        say("Delete this run"), "delete-run", run_controls.ask_discard, run,
        title=say("Delete this run?"), icon="delete", type="tertiary",
    )  # fmt: skip


def _differences(run: Run, spec: Spec, changed: bool) -> None:
    """What the project asks otherwise than this run was asked."""
    found = difference.difference(progress.asked(run), spec, made_with.read(run.folder).get("settings"))
    told = [trouble.escape(str(one)) for one in _of_the_project(found, spec, progress.asked(run))]
    if not changed:
        all_told = " ".join(told[:MOST_DIFFERENCES])
        st.caption(say("The project asks otherwise than this run did. {told}", told=all_told))
        return
    first = say("You changed something since this run. Train again to see what it does.")
    lines = "\n".join(f"- {text}" for text in told[:MOST_DIFFERENCES])
    st.info(f"{first}\n\n{lines}" if lines else first, icon=":material/edit:")


def _of_the_project(found: list[Sentence], spec: Spec, asked: Spec) -> list[Sentence]:
    """Without what a project knows nothing of: seed, device, and what a run begins with."""
    own = difference.ways(asked, spec)
    return [one for one in found if one not in own]


def _changed_since(run: Run, project: Project) -> bool:
    """Whether the project or its drawing was changed after this run had been asked for."""
    drawing = drawings.current(project)
    return max(project.changed, drawing.changed if drawing else 0.0) > run.asked_at()


def _agreement(run: Run) -> str:
    """How close the weights would come, were the same trained again."""
    device = devices.automatic()
    told = made_with.agreement(made_with.read(run.folder), "CPU" if device.id == devices.CPU else device.name)
    return str(
        told
        or say("Trained again here, it comes to the very same weights: nothing that matters has changed.")
    )


def adopt(run: Run) -> None:
    """Let the project ask what this run was asked: settings, and the drawing where it answers the project's question."""
    spec = progress.asked(run)
    set_by_hand = {name: value for name, value in spec.training.items() if value != TRAINING[name].default}
    project = projects.change(projects.load(spec.project), training=set_by_hand)
    if spec.goal.to_json() == project.goal:
        one_change.bring_drawing(project, run)
    place.renew_forms()


def results_link(project: Project, run: Run) -> None:
    """The way to how good the run is."""
    st.page_link(
        steps.page("results"), label=str(steps.step("results").onward), icon=":material/arrow_forward:",
        query_params=place.address(project.id, run.id),
    )  # fmt: skip
