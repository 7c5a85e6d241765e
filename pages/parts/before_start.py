"""Before a run: what will happen, what it will cost, what speaks against it, and whether it can work at all."""

import streamlit as st

from core import before, devices, prepare, projects
from core.before import Asked, Change, Objection
from core.errors import GraphError
from core.graph import measure
from core.projects import Project
from core.spec import Spec
from core.words import say
from pages.parts import layer_words, moments, place, steps, totals, trouble

UNKNOWN = "–"
ICONS = {"cannot": ":material/block:", "worry": ":material/warning:", "note": ":material/info:"}


def draw(project: Project, spec: Spec) -> bool:
    """Tell it all; whether the run can be started."""
    faults = _faults(project, spec)
    if faults:
        _broken(project, faults[0])
        return False
    asked = before.asked(spec, prepare.load(project.prepared))
    _cost(asked)
    _choose_device(project)
    found = before.objections(asked)
    _objections(project, found)
    if not _refused(found):
        _promise(asked)
    return not _refused(found)


def possible(project: Project, spec: Spec) -> bool:
    """Whether the run can be started; what speaks against it is shown."""
    faults = _faults(project, spec)
    if faults:
        _broken(project, faults[0])
        return False
    found = before.objections(before.asked(spec, prepare.load(project.prepared)))
    _objections(project, found)
    return not _refused(found)


def _refused(found: list[Objection]) -> bool:
    return any(objection.severity == "cannot" for objection in found)


def _faults(project: Project, spec: Spec) -> tuple[GraphError, ...]:
    return measure(spec.graph, prepare.load(project.prepared).facts).errors


def _broken(project: Project, fault: GraphError) -> None:
    trouble.show(fault.what, fault.fix)
    _to_drawing(project)


def _to_drawing(project: Project) -> None:
    st.page_link(
        steps.page("design"), label=say("Go to the drawing"), icon=":material/arrow_back:",
        query_params=place.address(project.id),
    )  # fmt: skip


def _cost(asked: Asked) -> None:
    """What it learns from and what it takes, each figure with its unit."""
    paid, rows = asked.cost, asked.facts["rows"]
    epoch = UNKNOWN if paid.seconds_per_epoch is None else totals.length(paid.seconds_per_epoch)
    where = paid.graphics or paid.memory
    free = say("Of {size} that are free now.", size=layer_words.size(paid.graphics_total or paid.memory_free))
    with st.container(key="facts", horizontal=True):
        st.metric(
            say("Rows to learn from"), f"{rows['train']:,}",
            help=say("{count:,} more decide when to stop.", count=rows["validation"]),
        )  # fmt: skip
        st.metric(say("Weights"), f"{asked.report.weights:,}", help=say("Numbers that the network learns."))
        st.metric(say("Memory, about"), layer_words.size(where), help=free)
        st.metric(
            say("Disk, at most"), layer_words.size(paid.disk),
            help=say("Of {size} that are free now.", size=layer_words.size(paid.disk_free)),
        )  # fmt: skip
        st.metric(
            say("Time per epoch"), epoch,
            help=say("About how long this server takes to go through all training rows once."),
        )  # fmt: skip
        st.metric(say("Time, at most"), moments.length(paid.seconds))
        if len(devices.found()) == 1:
            st.metric(say("Device"), str(asked.device.label))


def _choose_device(project: Project) -> None:
    """Where it trains, to be chosen where there is a choice."""
    every = {device.id: str(device.label) for device in devices.found()}
    if len(every) < 2:
        return
    options = ["", *every]
    now = project.device if project.device in every else ""
    automatic = say("{device}, chosen automatically", device=devices.automatic().label)
    chosen = st.selectbox(
        say("Device"), options, index=options.index(now), key=f"device-{project.id}-{place.revision()}", width=420,
        format_func=lambda id: every.get(id, automatic),
    )  # fmt: skip
    if chosen != now:
        projects.change(project, device=chosen)
        st.rerun()


def _objections(project: Project, found: list[Objection]) -> None:
    # What keeps it from working is mended first; the rest is worth a look once it can.
    shown = [one for one in found if one.severity == "cannot"] or found
    for number, objection in enumerate(shown):
        with st.container(
            key=f"objection-{number}-{objection.severity}",
            horizontal=True,
            vertical_alignment="center",
            gap="small",
        ):
            told = f"**{trouble.escape(str(objection.what))}** {trouble.escape(str(objection.fix))}"
            st.markdown(f"{ICONS[objection.severity]} {told}")
            for which, change in enumerate(objection.changes):
                if st.button(str(change.label), key=f"mend-{number}-{which}"):
                    _apply(project, change)
    if any(objection.severity == "cannot" and not objection.changes for objection in shown):
        _to_drawing(project)


def _apply(project: Project, change: Change) -> None:
    """Change the question as the button said, and draw the page anew."""
    training = {**project.training, **change.training}
    kept = {name: value for name, value in training.items() if value is not None}
    device = project.device if change.device is None else change.device
    projects.change(project, training=kept, device=device)
    place.renew_forms()
    st.rerun()


def _promise(asked: Asked) -> None:
    st.markdown(
        say(
            "The network will learn to predict **{target}**. It sees all training rows again and again, at most "
            "{epochs:,} times, and stops by itself when it no longer gets better on rows that it does not learn from. "
            "It trains in a process of its own, so you may close this page.",
            target=trouble.escape(asked.spec.goal.target), epochs=asked.settings["epochs"],
        )
    )  # fmt: skip
