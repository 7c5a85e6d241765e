"""The top of every page: the house's name, the six steps and how far they are, the project, the language."""

import streamlit as st

from core.errors import DataError
from core.projects import Project
from core.words import say
from pages.parts import language, place, progress, steps, trouble
from pages.parts.progress import Progress


def draw(here: str, project: Project | None) -> None:
    """The header of the page `here`, one of `steps.NAMES` or `"home"`."""
    with st.container(key="masthead", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="brand", width="content"):
            st.page_link(steps.page("home"), label="Modelyard", query_params=place.address())
        with st.container(key="project-name"):
            if project is not None and here != "home":
                st.caption(trouble.escape(project.name))
        with st.container(key="language", width="content"):
            language.switch()
    if here != "home":
        _steps(here, project, progress.of(project))


def begin(here: str) -> Project | None:
    """Draw the header of the page `here`, and answer which project it is about.

    Raises:
        DataError: If the address names a project that is not there; the header is drawn all the same, as the way out.
    """
    try:
        project = place.project()
    except DataError:
        draw(here, None)
        raise
    draw(here, project)
    return project


def _steps(here: str, project: Project | None, far: Progress) -> None:
    with st.container(key="steps", horizontal=True, gap=None):
        for number, name in enumerate(steps.NAMES, start=1):
            with st.container(key=f"step-{number}-{_look(name, here, far)}"):
                st.page_link(
                    steps.page(name),
                    label=str(steps.step(name).title),
                    query_params=address(name, project, far),
                    width="stretch",
                )


def address(name: str, project: Project | None, far: Progress) -> dict[str, str]:
    """What a link to the page of that name carries."""
    run = (place.run_id() or far.run) if name in ("train", "results", "use") else ""
    return place.address(project.id if project else "", run)


def _look(name: str, here: str, far: Progress) -> str:
    """How a step looks: it is here, done, next, or open."""
    if name == here:
        return "here"
    if name in far.done or (name == "results" and here == "use" and far.run):
        return "done"
    return "next" if name == far.following else "open"


def title(name: str) -> None:
    """The page's title and the line that says where you are."""
    found = steps.step(name)
    with st.container(key="title", gap=None):
        st.title(str(found.title), anchor=False)
        st.markdown(str(found.purpose))


def onward(name: str, project: Project, run: str = "") -> None:
    """The page's one primary button: to the next step."""
    if forward(str(steps.step(name).onward)):
        st.switch_page(steps.page(name), query_params=place.address(project.id, run))


def forward(label: str, disabled: bool = False, help: str | None = None, why: str = "") -> bool:
    """The page's one primary button, where it has work to do before the next page; whether it was clicked.

    Args:
        why: What stands beside the button while it is shut, as Markdown.
    """
    with st.container(key="onward-row", horizontal=True, vertical_alignment="center", gap="medium"):
        clicked = st.button(
            label, key="onward", type="primary", icon=":material/arrow_forward:", icon_position="right",
            disabled=disabled, help=help,
        )  # fmt: skip
        if why:
            with st.container(key="onward-why"):
                st.markdown(why)
    return clicked


def aside(text: str) -> str:
    """Words of a button that only a screen reader says, see `style.css`."""
    return f":small[{text}]"


def spoken(label: str, about: str) -> str:
    """A button's label, and for screen readers what it is about where many buttons are labelled alike."""
    return f"{label} {aside(trouble.escape(about))}"


def empty(sentence: str, name: str = "home", project: Project | None = None) -> None:
    """What a page shows as long as there is nothing to show, with the way to the page that changes that."""
    name = name if project else "home"
    label = say("Begin with a table") if name == "home" else str(steps.step(name).onward)
    with st.container(key="empty", border=True):
        st.markdown(sentence)
        st.page_link(
            steps.page(name), label=label, icon=":material/arrow_back:",
            query_params=place.address(project.id if project else ""),
        )  # fmt: skip
