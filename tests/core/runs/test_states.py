"""A run walks only along its table of states."""

import itertools
from pathlib import Path

import pytest

from core.runs import states
from core.words import mark

PATHS = {  # a way from the beginning to each state
    "queued": [],
    "starting": ["starting"],
    "running": ["starting", "running"],
    "paused": ["starting", "running", "paused"],
    "stopping": ["starting", "running", "stopping"],
    "stopped": ["starting", "running", "stopping", "stopped"],
    "done": ["starting", "running", "done"],
    "failed": ["starting", "running", "failed"],
    "crashed": ["starting", "running", "crashed"],
}


def walk(folder: Path, name: str) -> None:
    states.write_first(folder)
    for following in PATHS[name]:
        states.step(folder, following)


@pytest.mark.parametrize(("here", "there"), list(itertools.product(states.STEPS, states.STEPS)))
def test_every_step_is_taken_or_refused_as_the_table_says(tmp_path: Path, here: str, there: str):
    walk(tmp_path, here)
    if there in states.STEPS[here]:
        states.step(tmp_path, there)
        assert states.read(tmp_path).name == there
    else:
        with pytest.raises(ValueError, match=f"from {here} to {there}"):
            states.step(tmp_path, there)
        assert states.read(tmp_path).name == here


def test_every_state_can_be_reached_has_a_label_and_an_end():
    assert set(PATHS) == set(states.STEPS) == set(states.LABELS)
    assert set(states.ENDED) == {"done", "stopped", "failed", "crashed"}
    assert set(states.ACTIVE) | set(states.ENDED) | {"queued"} == set(states.STEPS)


def test_a_state_keeps_its_two_sentences_and_its_process(tmp_path: Path):
    walk(tmp_path, "running")
    states.step(tmp_path, "failed", mark("Row {row} is odd.", row=7), mark("Mend it."), pid=12)
    state = states.read(tmp_path)
    assert (str(state.reason), str(state.fix), state.pid, state.ended) == (
        "Row 7 is odd.",
        "Mend it.",
        12,
        True,
    )


@pytest.mark.parametrize("name", [*states.ACTIVE, "failed", "crashed"])
def test_wherever_a_process_can_vanish_and_from_bad_ends_a_run_can_go_on(name: str):
    assert "queued" in states.STEPS[name]


def test_a_good_end_is_an_end():
    assert states.STEPS["done"] == ()


def test_only_who_is_withdrawn_leaves_the_state_of_a_stopped_run():
    assert states.STEPS["stopped"] == ("queued",)


@pytest.mark.parametrize(
    ("name", "pid", "held"),
    [
        ("queued", 0, False), ("starting", 0, True), ("running", 7, True), ("paused", 7, True), ("paused", 0, False),
        ("done", 0, False),
    ],
)  # fmt: skip
def test_a_paused_run_without_a_process_holds_no_device(name: str, pid: int, held: bool):
    assert states.State(name, pid=pid).held == held


def test_the_device_stays_until_there_is_another(tmp_path: Path):
    states.write_first(tmp_path)
    states.step(tmp_path, "starting", device="gpu:1")
    assert states.step(tmp_path, "running", pid=5).device == "gpu:1"
    states.step(tmp_path, "queued")
    assert states.step(tmp_path, "starting", device="cpu").device == "cpu"
    assert states.read(tmp_path).device == "cpu"
