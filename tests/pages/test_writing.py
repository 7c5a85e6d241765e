"""Writing on, on the pages: a book is dropped, the question follows, and a beginning is written on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import datasets, prepare, projects, runs
from core.goal import Goal
from core.projects import Project
from core.spec import Spec
from core.suggest import suggest
from core.templates import SHELF
from tests.core.writing.stories import stories
from tests.pages import shared

Visit = Callable[..., AppTest]


@pytest.fixture
def book(tmp_path: Path) -> Project:
    """A project about a small book in a text file."""
    (tmp_path / "book.txt").write_text("\n\n".join(stories()["story"]), encoding="utf-8")
    data = datasets.add(tmp_path / "book.txt")
    return projects.create("Book", data.id)


def words_of(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.title, app.subheader, app.markdown, app.caption) for e in kind)


def test_a_book_leads_to_writing_on_without_a_question(visit: Visit, book: Project):
    app = visit("goal", project=book.id)
    assert not app.exception
    goal = Goal.from_json(projects.load(book.id).goal)
    assert (goal.task, goal.target, goal.inputs) == ("next_token", "text", ())
    assert "What it learns from" in words_of(app)
    assert not visit("data", project=book.id).exception


@pytest.mark.heavy
def test_every_page_works_for_a_network_that_writes(visit: Visit, book: Project):
    from core.worker import door

    goal = suggest(datasets.profile(book.data), "text", {"text": "text"}).goal
    prepared = prepare.prepare(book.data, goal)
    graph = SHELF["writer"].graph(prepared.facts, {"width": 16, "depth": 1})
    spec = Spec(book.data, goal, "writer", graph, {"epochs": 2}, project=book.id, name="Run")
    run = runs.create(spec)
    door.enter(run.folder)
    assert run.state().name == "done", run.state()
    projects.change(
        book, goal=goal.to_json(), prepared=prepared.id, template="writer", kinds={"text": "text"}
    )
    for page in ("goal", "design", "train"):
        app = visit(page, project=book.id, run=run.id)
        assert not app.exception, page
        assert not app.error, page
    results = visit("results", project=book.id, run=run.id)
    assert not results.exception
    assert not results.error
    assert "What it writes" in words_of(results)
    use = visit("use", project=book.id, run=run.id)
    assert not use.exception
    assert not use.error
    use.text_area[0].set_value("The old house ☃").run()
    assert "☃" in use.warning[0].value
    use.slider[1].set_value(50).run()
    use.button(key=f"write-{run.id}").click().run(timeout=60)
    assert not use.exception
    assert use.code[0].value.startswith("The old house ☃")
    assert len(use.code[0].value) >= 60
    shared.served(run)
    first, second = (shared.said(run, beginning="The old house ☃", daring=1) for _ in range(2))
    assert first.startswith("The old house ☃")
    assert first != second
