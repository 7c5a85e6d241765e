"""A run that is continued comes to what one run with the new limits would have come to, bit for bit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core import home, runs
from core.errors import RunError
from core.runs import Run, again, checkpoint, events, states
from core.runs.events import Journal
from core.spec import Spec
from core.words import Sentence
from tests.core.worker.runner import TIMELESS, network, told, weights

pytestmark = pytest.mark.heavy
SMALL_STEPS = {
    "batch_size": 8,
    "patience": 1_000,
    "jit_compile": "off",
}  # otherwise a clock decides how steps round


def proposed(spec: Spec) -> Spec:
    """The network as the template proposes it."""
    return spec


def narrow(spec: Spec) -> Spec:
    """A network with chance in it, whose steps are quick."""
    made = network(spec)
    return replace(made, graph=made.graph.replace(replace(made.graph["wide"], fields={"units": 16})))


def train(spec: Spec, chunks: int = 10**9) -> Run:
    """The run, ended; somebody asks it to stop after so many calls of the compiled loop."""
    return execute(runs.create(spec), chunks)


def execute(run: Run, chunks: int = 10**9) -> Run:
    from core.worker import train as worker

    calls = iter(range(chunks))
    states.step(run.folder, "starting")
    states.step(run.folder, "running")
    with Journal(run.folder) as journal:
        asked = lambda: "" if next(calls, None) is not None else "alone"  # noqa: E731 - one line says it all
        ended, reason = worker.run(run.folder, journal, asked)
    states.step(run.folder, ended, reason)
    return run


def whole(run: Run) -> list[dict[str, Any]]:
    """All that was told of epochs, without what a clock says."""
    return [
        {key: value for key, value in event.items() if key not in TIMELESS} for event in told(run, "epoch")
    ]


def same(ours: Run, theirs: Run) -> None:
    """Whether both have come to the same, and have told the same of it."""
    assert whole(ours) == whole(theirs)
    assert all(map(np.array_equal, weights(ours.folder), weights(theirs.folder)))
    assert ours.results()["metrics"]["test"] == theirs.results()["metrics"]["test"]
    at = 0
    for event in told(ours, "steps"):
        assert event["first"] == at + 1
        at = event["step"]


@pytest.mark.parametrize(
    ("task", "made"),
    [("yes_no", narrow), ("yes_no", proposed), ("one_of_many", proposed), ("amount", narrow)],
)
def test_more_epochs_are_as_if_they_had_been_allowed_from_the_beginning(
    ask: Callable[..., Spec], task: str, made: Callable[[Spec], Spec]
):
    short, long = (made(ask(task, **SMALL_STEPS, epochs=epochs)) for epochs in (3, 7))
    first = train(short)
    kept = checkpoint.about(first.folder)
    ours = execute(again.continued(first, epochs=7))
    same(ours, train(long))
    assert checkpoint.about(first.folder) == kept
    assert ours.spec().continues["run"] == first.id
    said = str(Sentence.from_json(told(ours, "resumed")[-1]["text"]))
    assert said == f"It continues “{short.name}”, which had come to epoch 3."
    assert len(told(ours, "resumed")) == len(told(ours, "begin")) == 1
    assert told(ours, "begin")[0]["epochs"] == 7


def test_a_run_is_continued_again_and_again(ask: Callable[..., Spec]):
    run = train(narrow(ask(**SMALL_STEPS, epochs=1)))
    for epochs in (2, 4):
        run = execute(again.continued(run, epochs=epochs))
    same(run, train(narrow(ask(**SMALL_STEPS, epochs=4))))


def test_after_patience_had_ended_it(ask: Callable[..., Spec]):
    impatient = narrow(ask(**{**SMALL_STEPS, "patience": 2}, epochs=100, learning_rate=0.05))
    first = train(impatient)
    last = told(first, "epoch")[-1]["epoch"]
    assert last < 90
    assert checkpoint.about(first.folder)["position"]["ended_by"] == "patience"
    ours = again.continued(first, epochs=last + 3)
    patience = ours.spec().training["patience"]
    assert patience >= 4
    execute(ours)
    assert told(ours, "epoch")[-1]["epoch"] > last
    asked = {**impatient.training, "epochs": last + 3, "patience": patience}
    same(ours, train(replace(impatient, training=asked)))


@pytest.mark.parametrize("chunks", [1, 2, 9, 20])
def test_amid_an_epoch_not_a_step_is_lost_or_taken_twice(
    ask: Callable[..., Spec], monkeypatch: pytest.MonkeyPatch, chunks: int
):
    from core.worker import loop

    monkeypatch.setattr(loop, "CHUNK_SECONDS", 1e-6)  # so that the end comes amid an epoch
    spec = narrow(ask(**SMALL_STEPS, epochs=4))
    first = train(spec, chunks)
    assert first.state().name == "stopped"
    position = checkpoint.about(first.folder)["position"]
    assert position["open"]
    assert 0 < position["step"] < 25
    assert first.results() is not None
    same(execute(again.continued(first)), train(spec))


def test_amid_its_first_epochs_and_then_again(ask: Callable[..., Spec], monkeypatch: pytest.MonkeyPatch):
    from core.worker import loop

    monkeypatch.setattr(loop, "CHUNK_SECONDS", 1e-6)
    spec = narrow(ask(**SMALL_STEPS, epochs=4))
    run = train(spec, 3)
    for chunks in (7, 30, 10**9):
        run = execute(again.continued(run), chunks)
    same(run, train(spec))


def test_after_its_minutes_were_over(ask: Callable[..., Spec]):
    spec = narrow(ask(**SMALL_STEPS, epochs=10_000, minutes=0.05))
    first = train(spec)
    assert checkpoint.about(first.folder)["position"]["ended_by"] == "minutes"
    seen = again.seen(first)
    ours = execute(again.continued(first, epochs=seen + 2, minutes=10.0))  # a busy machine needs them
    spent = [event["spent"] for event in told(ours, "epoch")]
    assert spent == sorted(spent)
    longer = replace(spec, training={**spec.training, "epochs": seen + 2, "minutes": 10.0})
    same(ours, train(longer))


def test_a_kill_while_it_was_being_ended_amid_an_epoch_changes_nothing(
    ask: Callable[..., Spec], monkeypatch: pytest.MonkeyPatch
):
    from core.worker import loop

    monkeypatch.setattr(loop, "CHUNK_SECONDS", 1e-6)
    spec = narrow(ask(**SMALL_STEPS, epochs=4))
    calm = train(spec, 12)
    disturbed = train(spec, 12)
    # As if it had been gone right after keeping its state.
    events.cut(disturbed.folder, checkpoint.about(disturbed.folder)["journal"])
    home.write_json(disturbed.folder / "state.json", states.State("queued").to_json())
    execute(disturbed)
    assert disturbed.state().name == "stopped"
    assert whole(disturbed) == whole(calm)
    assert all(map(np.array_equal, weights(disturbed.folder), weights(calm.folder)))


def test_without_the_state_it_does_not_begin_anew_in_silence(ask: Callable[..., Spec]):
    first = train(narrow(ask(**SMALL_STEPS, epochs=1)))
    ours = again.continued(first, epochs=2)
    checkpoint.forget(ours.folder)
    with pytest.raises(RunError, match="not there any more"):
        execute(ours)
    checkpoint.forget(first.folder)
    with pytest.raises(RunError, match="was not kept"):
        again.continued(first, epochs=2)
