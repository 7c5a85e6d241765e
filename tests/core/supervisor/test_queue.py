"""The queue as a user sees it: who trains, who waits and in which order, with no browser and after restarts."""

import os
import signal
import subprocess
import time
from collections.abc import Callable

import psutil
import pytest

from core import runs
from core.launchers import this_machine
from core.runs import Run, checkpoint, queue
from core.supervisor import slots
from tests.core.supervisor.conftest import ENDLESS, ended, supervisor_pid, trains, until

pytestmark = pytest.mark.heavy


def order() -> list[str]:
    return [id for _, id in runs.waiting()]


def began(run: Run) -> float:
    """When its process had begun to train."""
    return next(event["at"] for event in run.events()[0] if event["kind"] == "begin")


def paused(run: Run) -> bool:
    state = run.state()
    return state.name == "paused" and not state.held


def test_two_train_at_once_and_the_third_waits(own: Callable[..., Run], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(slots.AT_ONCE, "2")
    first, second, third = (own(**ENDLESS) for _ in range(3))
    until(lambda: trains(first)() and trains(second)())
    states = [run.state() for run in (first, second, third)]
    assert [state.name for state in states] == ["running", "running", "queued"]
    assert states[0].pid != states[1].pid
    assert [state.device for state in states] == ["cpu", "cpu", ""]
    for run in (first, second):
        seen = len(run.events()[0])
        until(lambda run=run, seen=seen: len(run.events()[0]) > seen)
    os.kill(states[1].pid, signal.SIGKILL)  # one dies, and only that one is affected
    until(lambda: second.state().pid not in (0, states[1].pid) and second.state().name == "running")
    assert (first.state().pid, third.state().name) == (states[0].pid, "queued")
    runs.request_stop(second)
    until(trains(third))
    assert first.state().name == "running"


def test_the_order_of_the_line_outlives_everything(own: Callable[..., Run]):
    first = own(**ENDLESS)
    until(lambda: checkpoint.exists(first.folder))
    second, third, fourth, fifth = (own(epochs=1) for _ in range(4))
    runs.reorder(fourth, second)
    runs.reorder(second, None)
    runs.withdraw(fifth)
    supervisor, worker = supervisor_pid(), first.state().pid
    os.kill(supervisor, signal.SIGSTOP)
    os.kill(worker, signal.SIGKILL)
    os.kill(supervisor, signal.SIGKILL)
    until(lambda: not queue.supervisor_lives())
    assert order() == [fourth.id, third.id, second.id]
    runs.ensure_supervisor()
    until(lambda: first.state().pid not in (0, worker) and first.state().name == "running")
    assert order() == [fourth.id, third.id, second.id]
    runs.request_stop(first)
    until(lambda: all(run.state().ended for run in (first, second, third, fourth)))
    assert began(fourth) < began(third) < began(second)
    assert fifth.state().name == "stopped"
    assert not fifth.events()[0]
    runs.request_go_on(fifth)
    until(ended(fifth))
    assert fifth.state().name == "done"


def test_a_paused_run_lets_others_train_and_is_the_next_to_go_on(ask: Callable[..., Run]):
    first = ask(**ENDLESS)
    until(trains(first))
    second, third = ask(**ENDLESS), ask(epochs=1)
    worker = first.state().pid
    runs.request_pause(first)
    until(lambda: paused(first))
    until(trains(second))
    assert paused(first)
    assert not psutil.pid_exists(worker)
    steps = checkpoint.about(first.folder)["position"]["steps"]
    runs.request_go_on(first)
    until(lambda: first.state().name == "queued" and order() == [first.id, third.id])
    runs.request_stop(second)
    until(lambda: [event for event in first.events()[0] if event["kind"] == "resumed"])
    until(lambda: [e for e in first.events()[0] if e["kind"] == "steps" and e["first"] == steps + 1])
    assert third.state().name == "queued"


def test_a_paused_run_stops_at_once_though_another_one_trains(ask: Callable[..., Run]):
    first = ask(**ENDLESS)
    until(trains(first))
    second = ask(**ENDLESS)
    runs.request_pause(first)
    until(trains(second))
    runs.request_stop(first)
    until(ended(first))
    assert (first.state().name, second.state().name) == ("stopped", "running")
    assert first.results() is not None


def test_pause_and_go_on_many_times_and_quickly_loses_nothing(ask: Callable[..., Run]):
    run = ask(**ENDLESS)
    until(trains(run))
    for number in range(12):
        runs.request_pause(run)
        time.sleep(0.07 * (number % 4))
        runs.request_go_on(run)
        time.sleep(0.05 * (number % 3))
    seen = len(run.events()[0])
    until(lambda: run.state().name == "running" and len(run.events()[0]) != seen)
    at = 0
    for event in run.events()[0]:
        if event["kind"] == "steps":
            assert event["first"] == at + 1
            at = event["step"]


@pytest.mark.parametrize("when", ["running", "paused", "waiting"])
def test_a_run_is_discarded_at_once_and_nothing_else_is_touched(ask: Callable[..., Run], when: str):
    run = ask(**ENDLESS)
    until(trains(run))
    worker = run.state().pid
    if when == "paused":
        runs.request_pause(run)
        until(lambda: paused(run))
    following = ask(epochs=1)
    gone, other = (following, run) if when == "waiting" else (run, following)
    runs.discard(gone)
    until(lambda: not gone.folder.exists())
    assert other.folder.exists()
    if when == "waiting":
        assert run.state().pid == worker
        runs.request_stop(run)
    until(ended(other))
    assert other.results() is not None


def test_a_run_from_a_terminal_is_discarded_too(ask: Callable[..., Run]):
    like = ask(epochs=1)
    until(ended(like))
    run = runs.create(like.spec())
    process = this_machine.start_cold(run.folder)
    until(lambda: run.state().name == "running")
    runs.discard(run)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    until(lambda: not run.folder.exists())


def test_a_device_that_is_not_there_is_said_and_holds_nobody_up(ask: Callable[..., Run]):
    impossible, following = ask(device="gpu:77", epochs=1), ask(device="cpu", epochs=1)
    until(lambda: impossible.state().ended and following.state().ended)
    assert impossible.state().name == "failed"
    assert "gpu:77" in str(impossible.state().reason)
    assert (following.state().name, following.state().device) == ("done", "cpu")
