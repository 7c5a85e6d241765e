"""The drawings of a project on the design page: by name, and what can be done with them."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from core import drawings, projects
from core.drawings import Drawing
from core.graph import Graph
from core.projects import Project
from core.words import say
from pages.parts import chosen, dialogs, exchange, place, trouble, versions


def draw(project: Project, facts: Mapping[str, Any]) -> None:
    """Which drawing, its versions, and a menu of everything else."""
    every = drawings.everything(project.id)
    current = drawings.current(project)
    if every:
        _choice(project, every, current)
    if current is not None:
        dialogs.button(
            say("Versions"), "versions", versions.body, project.id, current.id, facts, icon="history", width="large"
        )  # fmt: skip
    with st.popover(say("More"), icon=":material/more_horiz:", key=f"drawing-menu-{place.revision()}"):
        _new(project, facts, current)
        if current is not None:
            _change(project, current)
        exchange.download(project, facts)
        _choice_asking(
            say("Import a file"),
            "import",
            "upload_file",
            say("Import a drawing"),
            exchange.body,
            project.id,
            facts,
        )


def _choice_asking(
    label: str, key: str, icon: str, title: str, body: Callable[..., None], *args: Any
) -> None:
    """A choice that opens a dialog, before which the menu has to shut itself."""
    dialogs.button(label, key, body, *args, title=title, icon=icon, type="tertiary", before=place.renew_forms)


def _choice(project: Project, every: list[Drawing], current: Drawing | None) -> None:
    names = {drawing.id: drawing.name for drawing in every}
    ids = list(names) if current is not None else ["", *names]
    now = current.id if current is not None else ""
    picked = st.selectbox(
        say("Drawing"), ids, index=ids.index(now), key=f"drawing-{project.id}-{now}-{place.revision()}", width=280,
        format_func=lambda id: names[id] if id else say("The template's proposal"),
    )  # fmt: skip
    if picked and picked != now:
        drawings.choose(project, picked)
        _again()


def _new(project: Project, facts: Mapping[str, Any], current: Drawing | None) -> None:
    def pressed(label: str, key: str, icon: str) -> bool:
        return st.button(label, key=key, icon=f":material/{icon}:", type="tertiary")

    if pressed(say("New from the template"), "new-template", "auto_awesome"):
        _made(project, chosen.proposal(project, facts))
    if pressed(say("New, empty"), "new-empty", "add"):
        _made(project, Graph(()))
    if current is not None and pressed(say("Copy this drawing"), "copy", "content_copy"):
        drawings.copy(project, current.id)
        _again()


def _change(project: Project, current: Drawing) -> None:
    _choice_asking(say("Rename"), "rename", "edit", say("Rename the drawing"), rename, project.id, current.id)
    _choice_asking(
        say("Delete"), "delete", "delete", say("Delete the drawing?"), delete, project.id, current.id
    )


@trouble.guarded
def rename(project: str, id: str) -> None:
    """What the dialog about a drawing's name shows."""
    now = drawings.load(project, id)
    with st.form(f"rename-{id}", border=False):
        name = st.text_input(
            say("Name of the drawing"), now.name, max_chars=drawings.MOST_LETTERS, key=f"name-{id}"
        )
        pressed = st.form_submit_button(say("Rename"), key="rename-now", type="primary")
    if pressed and name.strip():
        drawings.rename(project, id, name)
        _again()


@trouble.guarded
def delete(project: str, id: str) -> None:
    """What is asked before a drawing is removed."""
    kept = len(drawings.versions(project, id))
    st.markdown(f"**{trouble.escape(drawings.load(project, id).name)}**")
    st.markdown(
        say("The drawing is removed for good. Runs stay.")
        if not kept
        else say(
            "The drawing and its {count} version are removed for good. Runs stay.",
            plural="The drawing and its {count} versions are removed for good. Runs stay.",
            count=kept,
        )
    )
    if st.button(say("Delete for good"), key="delete-now", type="primary"):
        drawings.delete(projects.load(project), id)
        _again()


def _made(project: Project, graph: Graph) -> None:
    drawings.create(project, drawings.next_name(project.id), graph)
    _again()


def _again() -> None:
    place.renew_forms()
    dialogs.shut()
