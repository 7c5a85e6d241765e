"""Every page, opened by its address, at every stage of a project."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from core import drawings, projects, runs, samples
from core.graph import Graph
from core.projects import Project
from core.runs.queue import lock_path

ROOT = Path(__file__).parent.parent.parent
PAGES = ("data", "goal", "design", "train", "results", "use")
Visit = Callable[..., AppTest]

OPEN_ALL = """
import json
import sys
from streamlit.testing.v1 import AppTest
for name in sys.argv[2:]:
    app = AppTest.from_file("pages/parts/entry.py", default_timeout=120)
    app.query_params["project"] = sys.argv[1]
    if name != "home":
        app.switch_page(f"../{name}.py")
    app.run()
    assert not app.exception and not app.error, (name, app.exception, app.error)
    loaded = set(sys.modules)
    heavy, half = loaded & {"tensorflow", "keras", "sklearn"}, loaded & {"pandas", "pyarrow"}
    print(json.dumps([name, sorted(heavy), sorted(half)]))
"""


def calm(app: AppTest) -> bool:
    """Whether nothing broke on the page."""
    return not app.exception and not app.error


def words_of(app: AppTest) -> str:
    """All that the page says."""
    return "\n".join(e.value for kind in (app.title, app.subheader, app.markdown, app.caption) for e in kind)


def test_the_start_offers_samples_and_an_upload(visit: Visit):
    app = visit("home")
    assert calm(app)
    names = [button.label for button in app.button if button.label.startswith("Open")]
    assert len(names) == len(set(names)) == len(samples.everything())
    assert app.file_uploader


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_a_project_says_so_and_leads_to_the_start(visit: Visit, name: str):
    app = visit(name)
    assert calm(app)
    assert any(link.proto.label == "Begin with a table" for link in app.get("page_link"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_new_project_opens(visit: Visit, project: Project, name: str):
    assert calm(visit(name, project=project.id))


@pytest.mark.parametrize("name", ["data", "goal", "design", "train"])
def test_a_page_of_a_prepared_project_opens(visit: Visit, asked: Project, name: str):
    app = visit(name, project=asked.id)
    assert calm(app)
    assert app.button(key="onward")


def test_a_project_that_is_not_there_is_told_in_two_sentences(visit: Visit):
    app = visit("data", project="20200101-000000-00000000")
    assert "There is no project" in app.error[0].value


def test_the_latest_project_is_meant_where_the_address_names_none(visit: Visit, project: Project):
    app = visit("data")
    assert app.text_input[0].value == "Penguins"
    assert app.query_params["project"] == project.id


def test_a_changed_name_is_kept_at_once(visit: Visit, project: Project):
    visit("data", project=project.id).text_input[0].set_value("Birds").run()
    assert projects.load(project.id).name == "Birds"


@pytest.mark.parametrize("has_question", [False, True])
def test_another_table_of_the_file_is_read_when_it_is_asked_for(
    visit: Visit, tmp_path: Path, has_question: bool
):
    from core import datasets

    file = tmp_path / "two.json"
    file.write_text(json.dumps({"a": [{"x": n} for n in range(30)], "b": [{"y": n} for n in range(20)]}))
    made = projects.create("Two", datasets.add(file).id)
    if has_question:
        made = projects.change(made, goal={"target": "x", "task": "amount", "kinds": {}})
    app = visit("data", project=made.id)
    assert not [button for button in app.button if button.key == "read-part"]
    next(box for box in app.selectbox if box.label == "Table or sheet").select("b").run()
    app.button(key="read-part").click().run()
    until = time.monotonic() + 60
    while projects.everything()[0].data == made.data and time.monotonic() < until:
        app.run()
    assert calm(app)
    assert ("y" in datasets.load(projects.load(made.id).data).columns) is not has_question
    assert len(projects.everything()) == 1 + has_question


def test_choosing_a_target_makes_the_goal_that_follows(visit: Visit, project: Project):
    app = visit("goal", project=project.id)
    app.selectbox[0].set_value("Species").run()
    goal = projects.load(project.id).goal
    assert goal is not None
    assert (goal["target"], goal["task"]) == ("Species", "one_of_many")
    assert calm(app)


def test_a_target_that_cannot_be_one_is_told_in_two_sentences(visit: Visit, tmp_path: Path):
    from core import datasets

    path = tmp_path / "flat.csv"
    path.write_text("x,y\n" + "\n".join(f"{i},same" for i in range(50)), encoding="utf-8")
    made = projects.create("Flat", datasets.add(path).id)
    app = visit("goal", project=made.id)
    app.selectbox[0].set_value("y").run()
    assert "in all 50" in app.error[0].value
    assert projects.load(made.id).goal is None


def test_a_table_with_nothing_to_answer_from_is_told_in_two_sentences(visit: Visit, tmp_path: Path):
    from core import datasets
    from core.suggest import suggest

    file = tmp_path / "numbered.csv"
    file.write_text(
        "number,kind\n" + "".join(f"A-{7 * row:05d},{('red', 'blue')[row % 3 > 0]}\n" for row in range(90))
    )
    made = projects.create("Numbered", datasets.add(file).id)
    suggestion = suggest(datasets.profile(made.data), "kind")
    assert suggestion.goal.inputs == ()
    app = visit("goal", project=projects.change(made, goal=suggestion.goal.to_json()).id)
    assert not app.exception
    assert "No column is chosen" in app.error[0].value


def test_a_target_whose_kind_was_changed_can_be_chosen_anew(visit: Visit, asked: Project):
    goal = {**asked.goal, "kinds": {**asked.goal["kinds"], "Species": "identifier"}}
    projects.change(asked, kinds={"Species": "identifier"}, goal=goal, prepared="")
    app = visit("goal", project=asked.id)
    assert not app.exception
    assert "which cannot be predicted yet" in app.error[0].value
    next(box for box in app.selectbox if box.label == "The column to predict").select("Island").run()
    assert projects.load(asked.id).goal["target"] == "Island"


def test_start_makes_a_run_that_asks_for_what_was_designed(visit: Visit, asked: Project):
    projects.change(asked, training={"epochs": 3})
    # Who holds the lock is the supervisor: so none starts, and the run waits.
    with FileLock(lock_path()):
        app = visit("train", project=asked.id)
        app.button(key="onward").click().run()
    (run,) = runs.everything(asked.id)
    assert run.spec().training["epochs"] == 3
    assert run.spec().goal.target == "Species"
    assert [id for _, id in runs.waiting()] == [run.id]
    assert calm(app)


def test_a_run_keeps_the_drawing_that_it_began_with(visit: Visit, asked: Project, changed_graph: Graph):
    drawing = drawings.create(asked, "Mine", changed_graph)
    with FileLock(lock_path()):
        visit("train", project=asked.id).button(key="onward").click().run()
    (run,) = runs.everything(asked.id)
    assert run.spec().graph == changed_graph
    (kept,) = drawings.versions(asked.id, drawing.id)
    assert (kept.run, kept.graph) == (run.id, changed_graph)


def test_a_broken_drawing_cannot_be_trained_and_the_layer_is_told(
    visit: Visit, asked: Project, broken_graph: Graph
):
    drawings.create(asked, "Mine", broken_graph)
    for name in ("design", "train"):
        app = visit(name, project=asked.id)
        assert app.button(key="onward").disabled
        assert any("hidden" in e.value for e in (*app.error, *app.markdown))
        assert not app.exception


def test_the_chosen_language_is_kept_in_the_address(visit: Visit):
    app = visit("home")
    app.button(key="language-zh_CN").click().run()
    assert app.query_params["lang"] == "zh_CN"
    assert calm(app)


def test_our_own_fault_is_told_without_a_traceback_and_written_down(
    visit: Visit, asked: Project, workspace: Path
):
    (workspace / "prepared" / asked.prepared / "facts.json").write_text("{", encoding="utf-8")
    app = visit("design", project=asked.id)
    assert not app.exception
    assert "on our side" in app.error[0].value
    (log,) = (workspace / "log").iterdir()
    assert "Traceback" in log.read_text(encoding="utf-8")


@pytest.mark.heavy
def test_results_and_use_show_a_finished_run(visit: Visit, tested: tuple[Project, str]):
    project, run = tested
    for name in ("train", "results", "use"):
        app = visit(name, project=project.id, run=run)
        assert calm(app), (name, app.error)
    assert "The answer for" in words_of(app)


@pytest.mark.heavy
def test_a_run_stays_in_sight_when_the_question_was_changed(visit: Visit, tested: tuple[Project, str]):
    project, run = tested
    projects.change(project, prepared="")
    app = visit("train", project=project.id, run=run)
    assert not app.exception
    assert "You changed the question" in app.info[0].value
    assert [button.label for button in app.button if button.key == "onward"] == ["Choose what to predict"]


@pytest.mark.heavy
def test_another_value_gives_another_answer(visit: Visit, tested: tuple[Project, str]):
    project, run = tested
    app = visit("use", project=project.id, run=run)
    before = words_of(app)
    field = next(n for n in app.number_input if n.label.startswith("Flipper"))
    field.set_value(field.value * 1.3).run()
    assert calm(app)
    assert words_of(app) != before


def opened(project: str, workspace: Path, *names: str) -> dict[str, tuple[list[str], list[str]]]:
    """Heavy and half heavy libraries loaded after each page was opened in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN_ALL, project, *names], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "MODELYARD_HOME": str(workspace)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: (heavy, half) for name, heavy, half in lines}


def test_pages_load_no_training_library_and_the_start_no_table_library(asked: Project, workspace: Path):
    found = opened(asked.id, workspace, "home", "data", "goal", "design", "train", "results", "use")
    assert [heavy for heavy, _ in found.values()] == [[]] * 7
    assert found["home"][1] == []


@pytest.mark.heavy
def test_pages_of_a_finished_run_load_no_training_library(tested: tuple[Project, str], workspace: Path):
    found = opened(tested[0].id, workspace, "home", "train", "results", "use")
    assert [heavy for heavy, _ in found.values()] == [[]] * 4
