"""The Train page tells what a run will take, mends what speaks against it, and refuses what cannot work."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from core import drawings, prepare, projects, runs
from core.projects import Project
from core.runs.queue import lock_path
from core.templates import SHELF

Visit = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def on_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    monkeypatch.setenv("MODELYARD_CORES", "2")


def told(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown)


def test_all_that_it_takes_is_told_with_its_unit(visit: Visit, asked: Project):
    app = visit("train", project=asked.id)
    figures = {metric.label: metric.value for metric in app.metric}
    assert list(figures) == [
        "Rows to learn from", "Weights", "Memory, about", "Disk, at most", "Time per epoch", "Time, at most", "Device"
    ]  # fmt: skip
    assert figures["Memory, about"].endswith(" MB")
    assert figures["Disk, at most"].endswith(" MB")
    assert figures["Time, at most"] == "9 min 30 s"
    assert figures["Device"] == "CPU, 2 cores"
    assert not app.button(key="onward").disabled


def test_where_there_is_one_device_none_is_to_be_chosen(visit: Visit, asked: Project):
    assert not visit("train", project=asked.id).selectbox


def test_one_click_mends_a_setting(visit: Visit, asked: Project):
    projects.change(asked, training={"learning_rate": 0.9, "epochs": 7})
    app = visit("train", project=asked.id)
    assert "The learning rate is 0.9" in told(app)
    assert not app.button(key="onward").disabled
    app.button(key="mend-0-0").click().run()
    assert projects.load(asked.id).training == {"epochs": 7}
    assert "The learning rate" not in told(app)
    assert not app.exception


def test_a_device_that_is_gone_is_put_right_with_one_click(visit: Visit, asked: Project):
    projects.change(asked, device="gpu:2")
    app = visit("train", project=asked.id)
    assert "gpu\\:2" in told(app)
    assert app.button(key="onward").disabled
    app.button(key="mend-0-0").click().run()
    assert projects.load(asked.id).device == ""
    assert not app.button(key="onward").disabled


def test_what_no_memory_holds_cannot_be_started(visit: Visit, asked: Project):
    graph = SHELF["table_network"].graph(prepare.load(asked.prepared).facts, {})
    for name in ("hidden_1", "hidden_2"):
        graph = graph.replace(replace(graph[name], fields={"units": 60_000}))
    drawings.create(asked, "Huge", graph)
    app = visit("train", project=asked.id)
    assert "GB of memory, and this machine has" in told(app)
    assert app.button(key="onward").disabled
    assert runs.everything() == []


def test_the_choice_of_a_device_goes_into_what_is_asked(visit: Visit, asked: Project):
    projects.change(asked, device="cpu")
    with FileLock(lock_path()):  # who holds it is the supervisor: so none starts
        visit("train", project=asked.id).button(key="onward").click().run()
    (run,) = runs.everything()
    assert run.spec().device == "cpu"
