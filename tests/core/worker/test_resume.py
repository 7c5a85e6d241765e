"""A run whose worker is killed goes on at the very step: the same weights and history as if nothing had happened."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import BaseContext

import numpy as np
import pytest
from filelock import FileLock

from core import runs
from core.launchers import this_machine
from core.runs import Run, checkpoint
from core.runs.queue import lock_path
from core.spec import Spec
from core.supervisor import asked
from core.words import Sentence
from tests.core.worker.runner import (
    encoded,
    finish,
    growing,
    history,
    interrupt,
    kill,
    network,
    start,
    told,
    until,
    weights,
)

pytestmark = pytest.mark.heavy
SLOW = {"batch_size": 1, "patience": 1_000}  # 200 steps in each epoch
KILLS = 3


@pytest.fixture(scope="module")
def warm() -> Iterator[BaseContext]:
    """Workers from a forkserver that has loaded TensorFlow, as the supervisor starts them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in this_machine.environment().items():
            patch.setenv(name, value)
        made = this_machine.context()
        this_machine.warm()
        yield made


@pytest.fixture
def two(ask: Callable[..., Spec]) -> Callable[..., tuple[Run, Run]]:
    """Two runs that are asked for the same."""

    def make(task: str = "yes_no", made: Callable[[Spec], Spec] = network, **training) -> tuple[Run, Run]:
        spec = made(ask(task, **training))
        return runs.create(spec), runs.create(spec)

    return make


def proposed(spec: Spec) -> Spec:
    """The network as the template proposes it, with its embedding."""
    return spec


def same(disturbed: Run, calm: Run) -> None:
    """Whether the disturbed run came to what the calm one came to, bit for bit."""
    assert (disturbed.state().name, calm.state().name) == ("done", "done")
    assert history(disturbed) == history(calm)
    for ours, theirs in zip(weights(disturbed.folder), weights(calm.folder), strict=True):
        assert np.array_equal(ours, theirs)
    ours, theirs = disturbed.results(), calm.results()
    assert ours["metrics"]["test"] == theirs["metrics"]["test"]
    ours, theirs = (checkpoint.about(run.folder)["position"] for run in (disturbed, calm))
    assert (ours["steps"], ours["ended_by"]) == (theirs["steps"], theirs["ended_by"])


def steps_are_whole(run: Run) -> None:
    """Whether the curve of steps has no gap and nothing twice."""
    at = 0
    for event in told(run, "steps"):
        assert event["first"] == at + 1
        at = event["step"]


@pytest.mark.parametrize(
    ("task", "made", "training"),
    [
        ("yes_no", network, {"epochs": 25, "jit_compile": "off"}),
        ("yes_no", network, {"epochs": 80, "jit_compile": "on"}),
        ("yes_no", encoded, {"epochs": 15, "jit_compile": "off"}),
        ("one_of_many", proposed, {"epochs": 25}),
        ("amount", proposed, {"epochs": 25}),
    ],
)
def test_after_kills_at_random_moments_it_is_as_if_nothing_had_happened(
    warm: BaseContext, two: Callable, task: str, made: Callable[[Spec], Spec], training: dict
):
    disturbed, calm = two(task, made, **SLOW, **training)
    finish(warm, calm)
    dice, amid, kills = random.Random(7), 0, 0
    while kills < KILLS or not amid:
        before, process = checkpoint.about(disturbed.folder), start(warm, disturbed, eager=True)
        until(lambda before=before: disturbed.state().ended or checkpoint.about(disturbed.folder) != before)
        time.sleep(dice.uniform(0, 0.3))
        if disturbed.state().ended:
            break
        kill(process, disturbed)
        kills += 1
        position = checkpoint.about(disturbed.folder)["position"]
        amid += position["open"] and position["step"] > 0
    finish(warm, disturbed)
    assert amid > 0
    same(disturbed, calm)
    steps_are_whole(disturbed)
    said = str(Sentence.from_json(told(disturbed, "resumed")[-1]["text"]))
    assert "interrupted at epoch" in said
    assert len(told(disturbed, "begin")) == 1


def test_being_asked_to_leave_amid_an_epoch_loses_no_step(warm: BaseContext, two: Callable):
    disturbed, calm = two(**SLOW, epochs=6)
    finish(warm, calm)
    process = start(warm, disturbed)
    until(lambda: told(disturbed, "steps"))
    os.kill(process.pid, signal.SIGTERM)
    process.join(60)
    assert (process.exitcode, disturbed.state().name) == (0, "running")
    position = checkpoint.about(disturbed.folder)["position"]
    assert position["steps"] == told(disturbed, "steps")[-1]["step"]
    assert interrupt(disturbed)
    finish(warm, disturbed)
    same(disturbed, calm)
    steps_are_whole(disturbed)


def test_a_paused_run_is_held_by_nobody_and_goes_on_at_the_very_step(warm: BaseContext, two: Callable):
    disturbed, calm = two(**SLOW, epochs=6)
    finish(warm, calm)
    process = start(warm, disturbed)
    for _ in range(2):
        seen = len(told(disturbed, "steps"))
        until(lambda seen=seen: len(told(disturbed, "steps")) > seen)
        runs.request_pause(disturbed)
        process.join(60)
        state, kept = disturbed.state(), checkpoint.about(disturbed.folder)
        assert (process.exitcode, state.name, state.held) == (0, "paused", False)
        assert kept["position"]["steps"] == told(disturbed, "steps")[-1]["step"]
        ask_to_go_on(disturbed)
        process = start(warm, disturbed)
    process.join(120)
    same(disturbed, calm)
    steps_are_whole(disturbed)
    said = str(Sentence.from_json(told(disturbed, "resumed")[-1]["text"]))
    assert "was paused at epoch" in said
    trained = told(disturbed, "epoch")[-1]["spent"] - kept["spent"]
    assert trained < sum(event["seconds"] for event in told(disturbed, "epoch")) + 1


def ask_to_go_on(run: Run) -> None:
    """What a click and the supervisor do; no supervisor starts, as this test starts the worker."""
    with FileLock(lock_path()):
        runs.request_go_on(run)
        assert run.state().name == "paused"
        asked.heed(())
    assert run.state().name == "queued"


def test_where_nothing_can_be_kept_a_pause_waits_in_its_process(warm: BaseContext, two: Callable):
    disturbed, calm = two(**SLOW, epochs=6)
    finish(warm, calm)
    process = start(warm, disturbed, room=20_000)  # less than a checkpoint takes
    until(lambda: told(disturbed, "steps"))
    runs.request_pause(disturbed)
    until(lambda: disturbed.state().name == "paused")
    assert (disturbed.state().pid, disturbed.state().held) == (process.pid, True)
    spent = cpu_seconds(process.pid)
    time.sleep(1.5)
    assert cpu_seconds(process.pid) - spent < 0.5  # of 1.5 seconds; training takes them all
    runs.request_go_on(disturbed)
    until(lambda: disturbed.state().name == "running")
    kill(process, disturbed)
    finish(warm, disturbed)
    same(disturbed, calm)


def test_a_stop_while_it_is_paused_trains_no_further_and_keeps_the_best(warm: BaseContext, two: Callable):
    run, _ = two(**SLOW, epochs=1_000)
    process = start(warm, run)
    until(lambda: told(run, "epoch"))
    runs.request_pause(run)
    process.join(60)
    steps = checkpoint.about(run.folder)["position"]["steps"]
    with FileLock(lock_path()):
        runs.request_stop(run)
        asked.heed(())
    assert "best weights are made into a model" in str(run.state().reason)
    finish(warm, run)
    assert run.state().name == "stopped"
    assert (told(run, "steps")[-1]["step"], told(run, "epoch")[-1]["step"]) == (steps, steps)
    assert run.results() is not None
    assert not run.pause_asked()


def cpu_seconds(pid: int) -> float:
    import psutil

    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def test_a_kill_while_the_model_is_written_trains_nothing_again(warm: BaseContext, two: Callable):
    disturbed, calm = two(**SLOW, epochs=2)
    finish(warm, calm)
    process = start(warm, disturbed)
    until(lambda: any(event["stage"] == "exporting" for event in told(disturbed, "stage")))
    kill(process, disturbed)
    assert checkpoint.about(disturbed.folder)["position"]["ended_by"] == "epochs"
    finish(warm, disturbed)
    same(disturbed, calm)


def test_the_budget_of_time_counts_what_was_trained_before_an_interruption(warm: BaseContext, two: Callable):
    run, _ = two(epochs=10_000, patience=10_000, batch_size=100, minutes=0.1)
    process = start(warm, run)
    until(lambda: len(told(run, "epoch")) > 2)
    kill(process, run)
    kept = checkpoint.about(run.folder)["spent"]
    time.sleep(2)
    finish(warm, run)
    assert "time was over" in str(run.state().reason)
    spent = [event["spent"] for event in told(run, "epoch")]
    assert spent == sorted(spent)
    assert spent[-1] > 5.0
    assert kept > 0


def test_without_progress_it_goes_on_three_times_and_then_on_a_click(warm: BaseContext, two: Callable):
    run, _ = two(**SLOW, epochs=3)
    process = start(warm, run)
    until(lambda: told(run, "epoch") and checkpoint.exists(run.folder))
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    goes_on = []
    for _ in range(4):
        goes_on.append(interrupt(run))
        if goes_on[-1]:
            process = start(warm, run)
            until(lambda: run.state().name == "running")
            os.kill(process.pid, signal.SIGKILL)
            process.join()
    assert goes_on == [True, True, True, False]
    assert run.state().name == "crashed"
    assert run.goes_on_from() >= 1
    assert "go on from here" in str(run.state().fix)


def test_a_checkpoint_of_other_rows_or_a_broken_one_is_refused(warm: BaseContext, two: Callable):
    broken, _ = two(**SLOW, epochs=3)
    process = start(warm, broken)
    until(lambda: checkpoint.exists(broken.folder))
    kill(process, broken)
    path = broken.folder / checkpoint.NAME
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    finish(warm, broken)
    assert broken.state().name == "failed"
    assert "cannot be read" in str(broken.state().reason)
    assert broken.goes_on_from() is None


def test_a_full_disk_ends_no_training_and_nothing_is_lost(warm: BaseContext, two: Callable):
    disturbed, calm = two(**SLOW, epochs=6)
    finish(warm, calm)
    process = start(warm, disturbed)
    until(lambda: told(disturbed, "epoch"))
    os.kill(process.pid, signal.SIGTERM)
    process.join(60)
    assert interrupt(disturbed)
    kept = checkpoint.about(disturbed.folder)["position"]
    finish(warm, disturbed, room=20_000)
    state = disturbed.state()
    assert (state.name, "disk is full" in str(state.reason)) == ("failed", True)
    assert "go on with this run" in str(state.fix)
    assert len(told(disturbed, "epoch")) == 6
    said = [str(Sentence.from_json(event["text"])) for event in told(disturbed, "message")]
    assert len([text for text in said if "cannot be kept at the moment" in text]) == 1
    assert checkpoint.about(disturbed.folder)["position"] == kept
    assert not list(disturbed.folder.glob(".*"))
    with FileLock(lock_path()):  # who holds it is the supervisor: so none starts
        runs.request_go_on(disturbed)
    finish(warm, disturbed)
    same(disturbed, calm)


def test_a_loss_beyond_all_numbers_keeps_the_best_and_nothing_to_go_on_from(warm: BaseContext, ask: Callable):
    run = runs.create(growing(ask("amount", epochs=50, learning_rate=0.7, batch_size=1_000)))
    finish(warm, run)
    state = run.state()
    assert state.name == "failed"
    assert "grew beyond all numbers" in str(state.reason)
    assert str(state.fix).endswith("train again.")
    assert run.goes_on_from() is None
    epochs = told(run, "epoch")
    with np.load(run.folder / "best.weights.npz", allow_pickle=False) as kept:
        # What decides leaves out the rows that are missed by most.
        assert kept["loss"] <= min(event["val_loss"] for event in epochs)
        assert all(np.isfinite(kept[name]).all() for name in kept.files)
