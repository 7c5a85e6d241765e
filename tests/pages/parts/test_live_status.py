"""What the page says of a run: in one word, a sentence, how far it is, and its figures."""

from typing import Any

import pytest

from core import runs
from core.goal import Goal
from core.graph import Graph
from core.runs import Run, line, states
from core.runs.events import Journal
from core.spec import Spec
from core.words import mark
from pages.parts import curves, live_status

WALKS = {
    "queued": (),
    "starting": ("starting",),
    "running": ("starting", "running"),
    "paused": ("starting", "running", "paused"),
    "stopping": ("starting", "running", "stopping"),
    "done": ("starting", "running", "done"),
    "stopped": ("starting", "running", "stopping", "stopped"),
}


@pytest.fixture
def run() -> Run:
    return runs.create(Spec("0" * 16, Goal("y", "amount", ("x",), {}), "", Graph(()), {}))


def stand(run: Run, name: str) -> None:
    for step in WALKS[name]:
        states.step(run.folder, step)


def begin(journal: Journal, **more: Any) -> None:
    about = {"device": "CPU", "rows": 100, "steps_per_epoch": 10, "epochs": 50, "minutes": 10}
    journal.write("begin", **{**about, "metric": "r2", "weights": 7, "learning_rate": 0.01, **more})
    journal.write("stage", stage="training", text=mark("Training").to_json())


def steps(journal: Journal, epoch: int, end: int, spent: float, **more: Any) -> None:
    journal.write("steps", epoch=epoch, first=end - 4, step=end, losses=[1.0], spent=spent, **more)


def epoch(journal: Journal, number: int, seconds: float = 2.0) -> None:
    journal.write(
        "epoch", epoch=number, step=number * 10, loss=1.0, val_loss=1.0, seconds=seconds, best=number == 1,
        spent=number * seconds,
    )  # fmt: skip


def told(run: Run) -> dict[str, Any]:
    return live_status.told(run, curves.of(run))


def figure(run: Run, label: str) -> str:
    return next(figure["value"] for figure in told(run)["figures"] if figure["label"] == label)


@pytest.mark.parametrize("name", WALKS)
def test_every_state_has_a_word_and_a_sentence(run: Run, name: str):
    stand(run, name)
    now = told(run)
    assert now["badge"]["text"] == str(states.LABELS[name])
    assert now["sentence"]
    assert now["trouble"] is None
    assert (now["progress"], now["figures"]) == (None, [])


@pytest.mark.parametrize("name", ["failed", "crashed"])
def test_a_bad_end_says_what_and_what_to_do(run: Run, name: str):
    stand(run, "running")
    states.step(run.folder, name, mark("Memory ran out."), mark("Take fewer rows per step."))
    assert told(run)["trouble"] == {"what": "Memory ran out.", "fix": "Take fewer rows per step."}


def test_what_was_asked_for_is_said_before_it_has_happened(run: Run):
    stand(run, "running")
    runs.request_pause(run)
    assert told(run)["sentence"] == "It pauses after this step."
    runs.request_stop(run)
    assert told(run)["sentence"] == str(live_status.WORDS["stopping"])


def test_before_the_first_epoch_has_told_anything_nothing_is_foretold(run: Run):
    stand(run, "running")
    with Journal(run.folder) as journal:
        begin(journal)
        steps(journal, 1, 5, 0.4)
    assert told(run)["progress"]["text"] == "The first epoch is on its way"
    assert figure(run, "Rows a second") == "–"


def test_a_long_first_epoch_is_foretold_from_its_steps(run: Run):
    stand(run, "running")
    with Journal(run.folder) as journal:
        begin(journal, epochs=2)
        steps(journal, 1, 5, 60.0)
    assert told(run)["progress"]["text"].startswith("Epoch 1 of at most 2; at most 3 min left")


def test_what_is_paused_before_its_first_epoch_ends_is_not_on_its_way(run: Run):
    stand(run, "paused")
    with Journal(run.folder) as journal:
        begin(journal)
        steps(journal, 1, 5, 0.4)
    assert told(run)["progress"]["text"] == "Paused in epoch 1 of at most 50"


def test_a_pause_does_not_count(run: Run):
    stand(run, "paused")
    with Journal(run.folder) as journal:
        begin(journal)
        steps(journal, 1, 5, 61.0)
    assert figure(run, "Trained for") == "1 min 1 s"


def test_the_figures_of_a_training(run: Run):
    stand(run, "running")
    with Journal(run.folder) as journal:
        begin(journal)
        for number in range(1, 6):
            epoch(journal, number)
        steps(journal, 6, 55, 11.0, learning_rate=0.0025)
    assert figure(run, "Epoch") == "6"
    assert figure(run, "Best epoch") == "1"
    assert figure(run, "Step") == "55"
    assert figure(run, "Rows a second") == "50"
    assert figure(run, "Learning rate") == "0.0025"
    assert told(run)["progress"]["share"] == pytest.approx(0.11)
    assert (
        told(run)["progress"]["text"]
        == "Epoch 6 of at most 50; at most 1 min 29 s left, less if it stops improving"
    )


def test_the_minutes_decide_where_they_are_nearer_than_the_epochs(run: Run):
    stand(run, "paused")
    with Journal(run.folder) as journal:
        begin(journal, minutes=1)
        epoch(journal, 1, seconds=30)
    assert told(run)["progress"]["share"] == pytest.approx(0.5)


def test_what_happened_is_told_while_it_trains_and_no_longer(run: Run):
    stand(run, "running")
    with Journal(run.folder) as journal:
        begin(journal)
        text = mark("Training was interrupted at epoch {epoch} and goes on from there.", epoch=6)
        journal.write("resumed", epoch=6, text=text.to_json())
        journal.write("message", text=mark("The disk is full.").to_json())
    first, second = told(run)["happened"]
    assert "interrupted at epoch 6" in first
    assert second == "The disk is full."
    states.step(run.folder, "done")
    assert told(run)["happened"] == []


def test_what_follows_training_has_its_sentence_and_no_bar(run: Run):
    stand(run, "running")
    with Journal(run.folder) as journal:
        begin(journal)
        epoch(journal, 1)
        journal.write("stage", stage="exporting", text=mark("Writing the model").to_json())
    assert told(run)["sentence"] == "Writing the model"
    assert told(run)["progress"] is None


def test_a_run_that_waits_says_how_many_are_ahead(run: Run):
    assert "device is free" in told(run)["sentence"]
    for one in (runs.create(run.spec()), run, runs.create(run.spec())):
        line.append(one)
    assert told(run)["sentence"] == "1 run is ahead of it."


def test_the_latest_sample_of_a_network_that_writes_stands_there_and_stays(run: Run):
    journal = Journal(run.folder)
    begin(journal)
    for number in (1, 2):
        epoch(journal, number)
        text = mark("After epoch {epoch:,} it writes: “{written}”", epoch=number, written="so")
        journal.write("written", epoch=number, written=f"so\n\nnumber {number}")
        journal.write("message", text=text.to_json(), about="written")
    stand(run, "running")
    assert told(run)["happened"] == ["After epoch 2 it writes: “so number 2”"]
    states.step(run.folder, "done")
    assert told(run)["happened"] == ["After epoch 2 it writes: “so number 2”"]
