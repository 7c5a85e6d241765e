"""The data page says how healthy a table is, and a click takes a column out and in again."""

import time
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core import datasets, projects
from core.projects import Project

Visit = Callable[..., AppTest]


@pytest.fixture
def members(project_of: Callable[..., Project]) -> Project:
    rows = [f"{20 + n % 40},member{n}@example.com,{'yes' if n % 3 else 'no'}" for n in range(200)]
    return project_of("Members", "age,contact,stays", *rows)


def said(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.markdown, *app.caption))


def test_a_column_with_personal_data_is_left_out_and_taken_in_again(visit: Visit, members: Project):
    app = visit("data", project=members.id)
    assert not app.exception
    assert "Column “contact” holds e-mail addresses." in said(app)
    assert "found nothing" in said(app)
    next(one for one in app.button if "contact" in one.label).click().run()
    assert projects.load(members.id).left_out == ("contact",)
    assert "Answers are not made from “contact”" in said(app)
    next(one for one in app.button if one.label == "Take in again").click().run()
    assert projects.load(members.id).left_out == ()


def test_a_goal_begins_without_what_was_left_out(visit: Visit, members: Project):
    projects.change(members, left_out=("age",))
    app = visit("goal", project=members.id)
    app.selectbox[0].set_value("stays").run()
    assert not app.exception
    assert "age" not in projects.load(members.id).goal["inputs"]


def test_a_goal_that_is_there_loses_the_column_and_gets_it_back(visit: Visit, members: Project):
    app = visit("goal", project=members.id)
    app.selectbox[0].set_value("stays").run()
    goal = projects.load(members.id).goal
    projects.change(members, goal={**goal, "inputs": ["age", "contact"]}, prepared="old")
    app = visit("data", project=members.id)
    next(one for one in app.button if "contact" in one.label).click().run()
    kept = projects.load(members.id)
    assert (kept.goal["inputs"], kept.prepared) == (["age"], "")
    next(one for one in app.button if one.label == "Take in again").click().run()
    assert projects.load(members.id).goal["inputs"] == ["age", "contact"]


def test_a_project_without_its_table_says_so_and_takes_the_same_file(visit: Visit, members: Project):
    kept = datasets.kept_file(members.data)
    content = kept.read_bytes()
    datasets.delete(members.data)
    app = visit("data", project=members.id)
    assert not app.exception
    assert "The table of this project is not here" in said(app)
    app.file_uploader[0].set_value(("members.csv", content, "text/csv")).run()
    for _ in range(40):
        if datasets.exists(members.data):
            break
        time.sleep(0.5)
        app.run()
    app.run()
    assert datasets.exists(members.data)
    assert [project.id for project in projects.everything()] == [members.id], "the same project goes on"
