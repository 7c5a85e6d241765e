"""The line of waiting runs shows who trains and who is next, and its buttons change that."""

from collections.abc import Callable, Iterator

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from core import prepare, runs
from core.goal import Goal
from core.projects import Project
from core.runs import Run, states
from core.runs.queue import lock_path
from core.spec import Spec
from core.templates import DEFAULT, SHELF

Visit = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def nobody_serves() -> Iterator[None]:
    with FileLock(lock_path()):  # who holds it is the supervisor: so none starts
        yield


@pytest.fixture
def line(asked: Project) -> list[Run]:
    """One run that trains, and three that wait."""
    graph = SHELF[DEFAULT].graph(prepare.load(asked.prepared).facts, {})
    spec = Spec(asked.data, Goal.from_json(asked.goal), DEFAULT, graph, project=asked.id)
    made = [runs.create(Spec(**{**vars(spec), "name": f"*Run* {number}"})) for number in range(4)]
    states.step(made[0].folder, "starting")
    states.step(made[0].folder, "running")
    for run in made[1:]:
        runs.submit(run)
    return made


def order(line: list[Run]) -> list[int]:
    ids = [run.id for run in line]
    return [ids.index(id) for _, id in runs.waiting()]


def keys(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key and button.key.startswith("line-")]


@pytest.mark.parametrize(
    ("key", "of", "expected"),
    [
        ("first", 3, [3, 1, 2]),
        ("up", 3, [1, 3, 2]),
        ("up", 2, [2, 1, 3]),
        ("down", 1, [2, 1, 3]),
        ("down", 2, [1, 3, 2]),
        ("withdraw", 2, [1, 3]),
    ],
)
def test_a_button_changes_the_line(
    visit: Visit, asked: Project, line: list[Run], key: str, of: int, expected: list[int]
):
    app = visit("train", project=asked.id, run=line[0].id)
    app.button(key=f"line-{key}-{line[of].id}").click().run()
    assert not app.exception
    assert order(line) == expected
    assert [f"line-withdraw-{line[number].id}" in keys(app) for number in expected] == [True] * len(expected)


def test_the_ends_of_the_line_cannot_be_passed_and_every_button_says_what_it_does(
    visit: Visit, asked: Project, line: list[Run]
):
    app = visit("train", project=asked.id, run=line[0].id)
    dead = {key for key in keys(app) if app.button(key=key).disabled}
    first, last = line[1].id, line[3].id
    assert dead == {f"line-first-{first}", f"line-up-{first}", f"line-down-{last}"}
    labels = [app.button(key=key).label for key in keys(app)]
    assert len(set(labels)) == len(labels)
    assert all(r"\*Run\* " in label for label in labels)


def test_who_began_in_the_meantime_is_not_moved_and_nobody_sees_an_error(
    visit: Visit, asked: Project, line: list[Run]
):
    app = visit("train", project=asked.id, run=line[0].id)
    runs.waiting()[2][0].unlink()
    app.button(key=f"line-up-{line[3].id}").click().run()
    assert not app.exception
    assert app.toast
    assert order(line) == [1, 2]


def test_where_nobody_waits_there_is_no_line(visit: Visit, asked: Project, line: list[Run]):
    for run in line[1:]:
        runs.withdraw(run)
    app = visit("train", project=asked.id, run=line[0].id)
    assert keys(app) == []


def test_one_that_waits_alone_can_only_be_withdrawn(visit: Visit, asked: Project, line: list[Run]):
    for run in line[1:3]:
        runs.withdraw(run)
    app = visit("train", project=asked.id, run=line[3].id)
    assert keys(app) == [f"line-withdraw-{line[3].id}"]


def test_who_was_withdrawn_is_put_back_with_a_click(visit: Visit, asked: Project, line: list[Run]):
    runs.withdraw(line[1])
    app = visit("train", project=asked.id, run=line[1].id)
    assert app.button(key="onward").label == "Put it back into the line"
    app.button(key="onward").click().run()
    assert line[1].state().name == "queued"
    assert order(line) == [2, 3, 1]
