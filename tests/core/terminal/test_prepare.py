"""`prepare PROJECT`: rows made ready, giveaways named, and what is missing told."""

from dataclasses import replace

import pytest

from core import datasets, projects, samples
from core.errors import DataError
from core.goal import Goal
from core.projects import Project
from core.suggest import suggest
from core.terminal import prepare as command


@pytest.fixture
def project() -> Project:
    sample = samples.find("penguins")
    data = datasets.add(sample.path, "Penguins")
    goal = suggest(datasets.profile(data.id), sample.target).goal
    return projects.change(projects.create("Penguins", data.id), goal=goal.to_json())


def ask(project: Project) -> dict:
    import argparse

    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args([project.id]))


@pytest.mark.heavy  # what to expect of few rows is tried with scikit-learn
def test_the_rows_are_ready_and_the_same_goal_is_prepared_once(project: Project):
    first = ask(project)
    assert first == ask(project)
    assert first["giveaways"] == 0
    assert sum(first["rows"].values()) == samples.find("penguins").rows


@pytest.mark.heavy  # what to expect of few rows is tried with scikit-learn
def test_an_input_that_tells_the_answer_is_named(tmp_path):
    path = tmp_path / "told.csv"
    rows = "\n".join(f"{i % 7},{['no', 'yes'][i % 3 == 0]},{['n', 'y'][i % 3 == 0]}" for i in range(400))
    path.write_text(f"size,left,told\n{rows}\n", encoding="utf-8")
    data = datasets.add(path)
    goal = suggest(datasets.profile(data.id), "left").goal
    made = projects.change(projects.create("Told", data.id), goal=goal.to_json())
    assert ask(made)["giveaways"] == 1


def test_a_project_without_a_goal_is_told_what_to_do(project: Project):
    with pytest.raises(DataError, match="no goal yet"):
        ask(projects.change(project, goal=None))


def test_a_goal_without_inputs_is_told_what_to_do(project: Project):
    goal = replace(Goal.from_json(project.goal), inputs=())
    with pytest.raises(DataError, match="No column is chosen"):
        ask(projects.change(project, goal=goal.to_json()))
