"""Opens pages as a browser would, without one, on projects made from the samples."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import datasets, prepare, projects, samples
from core.graph import Graph
from core.projects import Project
from core.suggest import suggest
from core.templates import SHELF
from tests.pages.patience import SECONDS

ENTRY = str(Path(__file__).parent.parent.parent / "pages" / "parts" / "entry.py")


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """The page makes itself the main module, which processes started by later tests would run first."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """Opens a page by its name, with what stands in its address."""

    def open_page(name: str, **address: str) -> AppTest:
        app = AppTest.from_file(ENTRY, default_timeout=SECONDS)
        for key, value in address.items():
            app.query_params[key] = value
        if name != "home":
            app.switch_page(f"../{name}.py")
        return app.run()

    return open_page


@pytest.fixture
def project_of(tmp_path: Path) -> Callable[..., Project]:
    """Makes a project of some lines of text with commas, the first of them the names."""

    def make(name: str, *lines: str) -> Project:
        path = tmp_path / f"{name.lower()}.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return projects.create(name, datasets.add(path).id)

    return make


@pytest.fixture
def project() -> Project:
    """A project about the penguins, of which nothing is chosen yet."""
    sample = samples.find("penguins")
    return projects.create("Penguins", datasets.add(sample.path, "Penguins").id)


@pytest.fixture
def asked(project: Project) -> Project:
    """The same, with a goal and its rows prepared."""
    goal = suggest(datasets.profile(project.data), "Species").goal
    return projects.change(project, goal=goal.to_json(), prepared=prepare.prepare(project.data, goal).id)


@pytest.fixture
def changed_graph(asked: Project) -> Graph:
    """What is proposed for the penguins, with nine units in its first step."""
    graph = SHELF["table_network"].graph(prepare.load(asked.prepared).facts, {})
    return graph.replace(replace(graph["hidden_1"], fields={"units": 9}))


@pytest.fixture
def broken_graph(changed_graph: Graph) -> Graph:
    """The same, with a setting outside its limits."""
    return changed_graph.replace(replace(changed_graph["hidden_1"], fields={"units": -1}))


@pytest.fixture
def tested(asked: Project) -> tuple[Project, str]:
    """The same, with a run that has ended, and its id."""
    from core import runs
    from core.goal import Goal
    from core.spec import Spec
    from core.worker import door

    graph = SHELF["table_network"].graph(prepare.load(asked.prepared).facts, {})
    spec = Spec(
        asked.data,
        Goal.from_json(asked.goal),
        "table_network",
        graph,
        {"epochs": 12},
        project=asked.id,
        name="Run",
    )
    run = runs.create(spec)
    door.enter(run.folder)
    return projects.change(asked, template="table_network"), run.id
