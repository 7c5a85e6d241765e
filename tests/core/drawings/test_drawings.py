"""Drawings are kept whole, by name, with versions; nothing that anybody drew is lost."""

import json
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from core import drawings, home, projects
from core.errors import DataError
from core.graph import Graph, Layer
from core.projects import Project
from core.words import mark

ROOT = Path(__file__).parent.parent.parent.parent
WHY = mark("Kept by you")


def graph(units: int = 8) -> Graph:
    """A graph that differs from others by one number."""
    return Graph((Layer("numbers", "input"), Layer("hidden", "dense", ("numbers",), {"units": units})))


@pytest.fixture
def project() -> Project:
    return projects.create("Churn", "abc")


@pytest.fixture
def drawn(project: Project) -> drawings.Drawing:
    return drawings.create(project, "Mine", graph(1))


def now(project: Project) -> Project:
    return projects.load(project.id)


def file_of(drawing: drawings.Drawing) -> Path:
    return home.folder("drawings", drawing.project, drawing.id) / "drawing.json"


def age(drawing: drawings.Drawing, seconds: float) -> None:
    """Let the drawing have changed longer ago."""
    data = home.read_json(file_of(drawing))
    home.write_json(file_of(drawing), {**data, "changed": data["changed"] - seconds})


def test_a_project_without_a_drawing_has_none_until_the_first_change(project: Project):
    assert drawings.current(project) is None
    load, stamp = drawings.proposed(project)
    saved = drawings.save(project.id, "", graph(), stamp, "window")
    assert drawings.current(now(project)) == saved.drawing
    assert saved.drawing.load == load
    assert not saved.elsewhere


def test_another_proposal_is_told_from_the_first(project: Project):
    first = drawings.proposed(project)
    assert drawings.proposed(replace(project, template="wide_and_deep")) != first
    assert drawings.proposed(replace(project, template_fields={"size": 3})) != first


def test_what_is_saved_comes_back(project: Project, drawn: drawings.Drawing):
    placed = Graph((Layer("numbers", "input", place=(3.5, -2.0)),))
    saved = drawings.save(project.id, drawn.id, placed, drawn.stamp)
    assert drawings.load(project.id, drawn.id) == saved.drawing
    assert saved.drawing.graph == placed
    assert saved.drawing.stamp > drawn.stamp


def test_an_unchanged_graph_is_not_written_again(project: Project, drawn: drawings.Drawing):
    saved = drawings.save(project.id, drawn.id, drawn.graph, drawn.stamp)
    assert saved.drawing == drawn


def test_many_quick_saves_take_no_room(project: Project, drawn: drawings.Drawing):
    stamp = drawn.stamp
    for units in range(2, 200):
        stamp = drawings.save(project.id, drawn.id, graph(units), stamp).drawing.stamp
    assert drawings.versions(project.id, drawn.id) == []
    assert sum(path.is_file() for path in file_of(drawn).parent.rglob("*")) == 1


def test_what_another_window_drew_becomes_a_version(project: Project, drawn: drawings.Drawing):
    drawings.save(project.id, drawn.id, graph(2), drawn.stamp, "first")
    saved = drawings.save(project.id, drawn.id, graph(3), drawn.stamp, "second")
    assert saved.elsewhere
    assert saved.drawing.graph == graph(3)
    (kept,) = drawings.versions(project.id, drawn.id)
    assert kept.graph == graph(2)


def test_a_save_that_is_asked_again_by_the_same_window_is_no_other_window(
    project: Project, drawn: drawings.Drawing
):
    drawings.save(project.id, drawn.id, graph(2), drawn.stamp, "first")
    assert not drawings.save(project.id, drawn.id, graph(3), drawn.stamp, "first").elsewhere


def test_two_windows_that_begin_at_once_share_one_drawing(project: Project):
    _, stamp = drawings.proposed(project)
    first = drawings.save(project.id, "", graph(2), stamp, "first")
    second = drawings.save(project.id, "", graph(3), stamp, "second")
    assert (first.elsewhere, second.elsewhere) == (False, True)
    assert second.drawing.id == first.drawing.id
    assert [kept.graph for kept in drawings.versions(project.id, first.drawing.id)] == [graph(2)]


def test_many_windows_that_save_at_once_lose_nothing(project: Project, drawn: drawings.Drawing):
    def draw(units: int) -> None:
        drawings.save(project.id, drawn.id, graph(units), drawn.stamp, f"window-{units}")

    threads = [threading.Thread(target=draw, args=(units,)) for units in range(10, 18)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = [drawings.load(project.id, drawn.id).graph]
    states += [kept.graph for kept in drawings.versions(project.id, drawn.id)]
    assert all(graph(units) in states for units in range(10, 18))


def test_a_change_after_a_pause_keeps_what_stood_before(project: Project, drawn: drawings.Drawing):
    age(drawn, drawings.PAUSE_SECONDS + 1)
    drawings.save(project.id, drawn.id, graph(2), drawn.stamp)
    assert [kept.graph for kept in drawings.versions(project.id, drawn.id)] == [graph(1)]


def test_a_version_comes_back_and_what_stood_there_becomes_one(project: Project, drawn: drawings.Drawing):
    drawings.keep(project.id, drawn.id, WHY)
    saved = drawings.save(project.id, drawn.id, graph(2), drawn.stamp)
    back = drawings.bring_back(project.id, drawn.id, 1)
    assert back.graph == graph(1)
    assert back.load != saved.drawing.load
    assert [(kept.number, kept.graph) for kept in drawings.versions(project.id, drawn.id)] == [
        (2, graph(2)),
        (1, graph(1)),
    ]


def test_the_same_state_is_kept_once_and_once_more_for_a_run(project: Project, drawn: drawings.Drawing):
    assert drawings.keep(project.id, drawn.id, WHY) == drawings.keep(project.id, drawn.id, WHY)
    assert drawings.keep(project.id, drawn.id, WHY, "run-1").run == "run-1"
    assert len(drawings.versions(project.id, drawn.id)) == 2


def test_drawings_go_by_name_and_the_last_made_is_worked_on(project: Project, drawn: drawings.Drawing):
    second = drawings.copy(now(project), drawn.id)
    assert drawings.current(now(project)) == second
    assert second.graph == drawn.graph
    drawings.rename(project.id, second.id, "  Wide \n one ")
    assert sorted(d.name for d in drawings.everything(project.id)) == ["Mine", "Wide one"]
    assert drawings.choose(now(project), drawn.id).drawing == drawn.id


def test_a_deleted_drawing_makes_room_for_another_and_then_for_the_proposal(
    project: Project, drawn: drawings.Drawing
):
    second = drawings.create(now(project), "Second", graph(2))
    assert drawings.delete(now(project), second.id).drawing == drawn.id
    assert drawings.current(drawings.delete(now(project), drawn.id)) is None


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\x00"])
def test_a_drawing_is_never_without_a_name(project: Project, name: str):
    assert drawings.create(project, name, graph()).name == "Drawing 1"


def test_a_long_name_is_cut(project: Project):
    assert len(drawings.create(project, "x" * 500, graph()).name) == drawings.MOST_LETTERS


def test_a_new_name_is_one_that_there_is_not(project: Project):
    drawings.create(project, "Drawing 2", graph())
    assert drawings.next_name(project.id) == "Drawing 3"


def test_the_drawing_of_an_old_project_is_taken_over(project: Project):
    path = home.folder("projects") / f"{project.id}.json"
    data = home.read_json(path)
    del data["drawing"]
    path.write_text(json.dumps({**data, "graph": graph(5).to_json()}), encoding="utf-8")
    old = projects.load(project.id)
    taken = drawings.current(old)
    assert taken is not None
    assert taken.graph == graph(5)
    assert projects.load(project.id).graph is None
    assert drawings.current(projects.load(project.id)) == drawings.current(old) == taken
    assert len(drawings.everything(project.id)) == 1


def test_a_window_with_an_old_page_does_not_take_the_drawing_away(project: Project):
    drawings.save(project.id, "", graph(2), 0)
    projects.change(project, name="Other")  # `project` knows of no drawing yet
    assert drawings.current(now(project)) is not None


@pytest.mark.parametrize("id", ["..", "../..", "a/b", "", "x" * 300, "a\x00b", "é"])
def test_a_drawing_that_is_not_there_is_told_in_two_sentences(project: Project, id: str):
    with pytest.raises(DataError, match="There is no drawing"):
        drawings.load(project.id, id)
    with pytest.raises(DataError, match="There is no drawing"):
        drawings.everything(id or "/")


def test_an_unknown_drawing_or_project_has_nothing(project: Project):
    with pytest.raises(DataError, match="There is no drawing"):
        drawings.load(project.id, "nope")
    assert drawings.everything("nope") == []


def test_a_version_that_is_not_there_is_told_in_two_sentences(project: Project, drawn: drawings.Drawing):
    with pytest.raises(DataError, match="no version 7"):
        drawings.bring_back(project.id, drawn.id, 7)


@pytest.mark.parametrize("text", ["{", "[]", '{"name": 1}', "null"])
def test_a_broken_file_is_told_in_two_sentences(project: Project, drawn: drawings.Drawing, text: str):
    file_of(drawn).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="cannot be read"):
        drawings.load(project.id, drawn.id)


@pytest.mark.parametrize("text", ["", "[]", '{"number": 1}', '{"graph": {"version": 9, "layers": []}}'])
def test_a_broken_version_holds_up_neither_saving_nor_the_other_versions(
    project: Project, drawn: drawings.Drawing, text: str
):
    for units in (1, 2):
        saved = drawings.save(project.id, drawn.id, graph(units), drawn.stamp)
        drawings.keep(project.id, drawn.id, WHY)
    (file_of(drawn).parent / "versions" / "2.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="no version 2"):
        drawings.bring_back(project.id, drawn.id, 2)
    assert drawings.save(project.id, drawn.id, graph(3), saved.drawing.stamp - 1).elsewhere
    kept = drawings.versions(project.id, drawn.id)
    assert [(version.number, version.graph) for version in kept] == [(3, graph(2)), (1, graph(1))]


SAVING = """
import itertools, sys
from core import drawings
from core.graph import Graph, Layer
project, id = sys.argv[1:]
print("begun", flush=True)
for units in itertools.count(1):
    layers = [Layer(f"d{n}", "dense", (), {"units": units}) for n in range(200)]
    drawings.save(project, id, Graph(tuple(layers)), 0, "window")
"""


@pytest.mark.parametrize("seconds", [0.05, 0.12, 0.3])
def test_who_is_killed_while_saving_leaves_a_whole_drawing(
    project: Project, drawn: drawings.Drawing, seconds: float
):
    saving = subprocess.Popen(
        [sys.executable, "-c", SAVING, project.id, drawn.id], cwd=ROOT, stdout=subprocess.PIPE
    )
    with saving:
        saving.stdout.readline()
        time.sleep(seconds)
        saving.kill()
    found = drawings.load(project.id, drawn.id).graph
    assert found == drawn.graph or len({layer.fields["units"] for layer in found.layers}) == 1
    assert drawings.save(project.id, drawn.id, graph(3), 0).drawing.graph == graph(3)


def test_ids_and_stamps_are_never_the_same(project: Project):
    made = [drawings.create(project, "", graph(units)) for units in range(6)]
    assert len({drawing.id for drawing in made}) == 6
    assert len({drawing.load for drawing in made}) == 6
    assert all(abs(drawing.stamp / 1000 - time.time()) < 60 for drawing in made)


def test_a_removed_project_takes_its_drawings_along(project: Project, drawn: drawings.Drawing):
    drawings.forget(project.id)
    assert not file_of(drawn).exists()
