"""A finished run is continued as a new one: what is taken along, what is refused, and what is left where it was."""

import json
import resource
import signal
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from core import runs
from core.errors import RunError, SettingError
from core.runs import Run, again, checkpoint, events, states
from core.runs.events import Journal
from core.words import Sentence, mark
from tests.core.runs.test_folder import spec

SETTINGS = {"epochs": 10, "minutes": 2.0, "patience": 5, "batch_size": 32}


def ended(
    epoch: int = 10, open: bool = False, best: int = 8, spent: float = 30.0, state: str = "done"
) -> Run:
    """A run that has come to this epoch, as far as its folder tells."""
    run = runs.create(replace(spec(), training=SETTINGS, name="First"))
    with Journal(run.folder) as journal:
        journal.write("begin", epochs=10, minutes=2.0, rows=100)
        journal.write("message", text=mark("The disk was full.").to_json())
        for number in range(1, epoch + 1):
            journal.write("epoch", epoch=number, loss=1.0, spent=number)
        place = journal.place
        journal.write("stage", stage="exporting", text=mark("Writing the model").to_json())
        journal.write("end", state=state)
    position = {"epoch": epoch, "open": open, "steps": 30, "ended_by": "epochs"}
    about = {
        "version": checkpoint.VERSION, "position": position, "settings": SETTINGS, "spent": spent, "journal": place,
        "best": {"epoch": best, "loss": 0.5}, "compiled": False, "prepared": "p",
    }  # fmt: skip
    with zipfile.ZipFile(run.folder / checkpoint.NAME, "w") as archive:
        archive.writestr(checkpoint.ABOUT, json.dumps(about))
        archive.writestr("model_0.npy", b"weights")
    for name in (
        ("starting", "running", state) if state != "stopped" else ("starting", "running", "stopping", state)
    ):
        states.step(run.folder, name)
    return run


def kinds(run: Run) -> list[str]:
    return [event["kind"] for event in run.events()[0]]


def test_the_new_run_takes_its_state_and_its_curves_along():
    first = ended()
    before = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    ours = again.continued(first, epochs=25)
    assert ours.state().name == "queued"
    assert kinds(ours) == ["begin", *["epoch"] * 10, "resumed"]
    begin, last = ours.events()[0][0], ours.events()[0][-1]
    assert (begin["epochs"], begin["rows"]) == (25, 100)
    assert str(Sentence.from_json(last["text"])) == "It continues “First”, which had come to epoch 10."
    about = checkpoint.about(ours.folder)
    assert about["journal"] == (ours.folder / events.NAME).stat().st_size
    assert (about["position"]["ended_by"], about["settings"]["epochs"]) == ("", 25)
    with zipfile.ZipFile(ours.folder / checkpoint.NAME) as archive:
        assert archive.read("model_0.npy") == b"weights"
    asked = ours.spec()
    assert asked.continues == {"run": first.id, "epoch": 10, "spent": 30.0}
    assert (asked.training["epochs"], asked.training["batch_size"], asked.name) == (
        25,
        32,
        "First, continued",
    )
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == before


@pytest.mark.parametrize(
    ("made", "given", "limits"),
    [
        ({}, {}, {"epochs": 20, "minutes": 2.5, "patience": 5}),
        ({"epoch": 4}, {}, {"epochs": 10, "minutes": 2.5, "patience": 5}),
        ({}, {"epochs": 11, "minutes": 7.0}, {"epochs": 11, "minutes": 7.0, "patience": 5}),
        ({"best": 5}, {}, {"epochs": 20, "minutes": 2.5, "patience": 10}),
        ({"best": 1}, {}, {"epochs": 20, "minutes": 2.5, "patience": 14}),
        ({"epoch": 7, "open": True, "best": 1}, {"epochs": 7}, {"epochs": 7, "minutes": 2.5, "patience": 10}),
    ],
)  # fmt: skip
def test_its_limits_count_from_the_first_beginning(
    made: dict[str, Any], given: dict[str, Any], limits: dict[str, Any]
):
    ours = again.continued(ended(**made), **given)
    settings = checkpoint.about(ours.folder)["settings"]
    assert {name: settings[name] for name in limits} == limits
    asked = dict(ours.spec().training)
    assert {name: asked[name] for name in limits} == limits


@pytest.mark.parametrize(
    ("given", "error", "told"),
    [
        ({"epochs": 10}, RunError, "seen all rows 10 times already"),
        ({"epochs": 0}, SettingError, "“Epochs, at most” is 0"),
        ({"epochs": 10**9}, SettingError, "“Epochs, at most” is"),
        ({"minutes": 0.5}, RunError, "trained for 0.5 minutes already"),
        ({"minutes": -1.0}, SettingError, "“Minutes, at most” is -1"),
    ],
)
def test_limits_that_it_has_passed_are_refused(given: dict[str, Any], error: type, told: str):
    first = ended()
    with pytest.raises(error, match=told):
        again.continued(first, **given)
    assert runs.everything() == [first]


@pytest.mark.parametrize("state", ["failed", "crashed"])
def test_only_what_ended_well_is_continued(state: str):
    first = ended(state=state)
    assert not again.can_continue(first)
    with pytest.raises(RunError, match="not come to a good end"):
        again.continued(first)


def test_a_stopped_run_is_continued_amid_its_epoch():
    first = ended(epoch=3, open=True, state="stopped")
    assert (again.can_continue(first), again.seen(first)) == (True, 2)
    assert checkpoint.about(again.continued(first, epochs=3).folder)["position"]["open"]


def test_a_run_of_an_older_version_can_still_lend_its_weights():
    first = ended()
    checkpoint.forget(first.folder)
    (first.folder / "best.weights.npz").write_bytes(b"weights")
    assert not again.can_continue(first)
    assert again.can_lend(first)
    with pytest.raises(RunError, match="was not kept") as refused:
        again.continued(first)
    assert "start from its weights" in str(refused.value.fix)


def test_on_a_full_disk_no_half_run_is_left(monkeypatch: pytest.MonkeyPatch):
    first = ended()
    with zipfile.ZipFile(first.folder / checkpoint.NAME, "a") as archive:
        archive.writestr("model_1.npy", bytes(200_000))
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            again.continued(first)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert runs.everything() == [first]


def test_deleting_a_run_removes_the_state_that_it_kept():
    first = ended()
    assert checkpoint.size(first.folder) > 0
    runs.delete(first)
    assert not first.folder.exists()


@pytest.mark.parametrize(
    ("change", "alike"),
    [
        ({}, True),
        ({"target": {"column": "other"}}, True),
        ({"inputs": {"numbers": {"shape": [3]}}}, False),
        ({"columns": [{"column": "age", "mean": 2.0}]}, False),
    ],
)
def test_weights_mean_the_same_where_the_columns_are_read_alike(change: dict[str, Any], alike: bool):
    old = {
        "version": 1,
        "inputs": {"numbers": {"shape": [2]}},
        "columns": [{"column": "age", "mean": 1.0}],
        "target": {"column": "churn"},
    }
    assert again.reads_alike(old, {**old, **change}) == alike
