"""An FAQ on the pages: the goal follows from the columns, the results say what was asked, and a customer can talk to it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import datasets, prepare, projects, runs
from core.goal import Goal
from core.projects import Project
from core.results import unsure
from core.spec import Spec
from core.suggest import suggest
from core.templates import SHELF
from pages.parts import replies_use
from tests.core.replies.pairs import PLACES, written
from tests.pages import shared

Visit = Callable[..., AppTest]


@pytest.fixture
def faq(tmp_path: Path) -> Project:
    """A project about an FAQ."""
    data = datasets.add(written(tmp_path / "faq.csv"))
    goal = suggest(datasets.profile(data.id), "answer").goal
    return projects.change(projects.create("FAQ", data.id), goal=goal.to_json())


def words_of(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.title, app.subheader, app.markdown, app.caption) for e in kind)


def test_answers_beside_questions_lead_to_finding_the_best_answer(visit: Visit, faq: Project):
    app = visit("goal", project=faq.id)
    assert not app.exception
    goal = Goal.from_json(projects.load(faq.id).goal)
    assert (goal.task, goal.inputs) == ("best_answer", ("question",))
    assert f"All {len(PLACES)} different answers" in words_of(app)
    assert "never asked in training" in words_of(app)
    app.multiselect[0].set_value([]).run()
    assert "No column is chosen to answer from" in app.error[0].value


@pytest.mark.heavy
def test_results_and_use_show_what_a_customer_would_see(visit: Visit, faq: Project):
    from core.worker import door

    goal = Goal.from_json(faq.goal)
    rows = prepare.prepare(faq.data, goal)
    graph = SHELF["two_towers"].graph(rows.facts, {"units": 16})
    run = runs.create(Spec(faq.data, goal, "two_towers", graph, {"epochs": 2}, project=faq.id, name="Towers"))
    door.enter(run.folder)
    for page in ("design", "train"):
        shown = visit(page, project=projects.change(faq, prepared=rows.id).id, run=run.id)
        assert not shown.exception
        assert not shown.error, shown.error
    _results(visit, faq, run)
    _conversation(visit, faq, run)
    _shared(run)


def _results(visit: Visit, faq: Project, run: runs.Run) -> None:
    app = visit("results", project=faq.id, run=run.id)
    assert not app.exception
    assert not app.error, app.error
    assert "questions it has never seen" in words_of(app)
    assert f"{len(PLACES)} answers to choose from" in words_of(app)
    app.slider[0].set_value(1.0).run()
    assert "To nearly all new questions it says that it does not know" in words_of(app)
    next(button for button in app.button if button.key == "unsure-use").click().run()
    assert not app.exception
    assert run.results()["unsure"]["threshold"] == 1.0


def _conversation(visit: Visit, faq: Project, run: runs.Run) -> None:
    app = visit("use", project=faq.id, run=run.id)
    assert not app.exception
    assert "What would you like to know?" in words_of(app)
    app.chat_input[0].set_value("a question about <b>nothing</b> at all").run()
    assert "I don't know the answer to that." in words_of(app)
    offers = [button for button in app.button if str(button.key).startswith("offer-")]
    assert len(offers) == 3
    offers[0].click().run()
    assert app.chat_message[-1].markdown[0].value == offers[0].label
    unsure.apply(run, -1.0)
    app.chat_input[0].set_value("How do I get to Oslo?").run()
    assert "platform" in app.chat_message[-1].markdown[0].value
    assert "Score" in app.chat_message[-1].caption[0].value
    next(button for button in app.button if button.key == "chat-clear").click().run()
    assert len(app.chat_message) == 1
    assert not app.exception


def _shared(run: runs.Run) -> None:
    shared.served(run)
    question, *_ = replies_use.some_questions(run)
    assert "Score " in shared.said(run, question=question)
    assert shared.said(run, question=" ") == "Write a question first."
