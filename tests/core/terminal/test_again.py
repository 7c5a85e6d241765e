"""`again`: a run once more with something changed, from other weights, or for more epochs."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from core import runs
from core.__main__ import main
from core.runs import Run
from core.spec import Spec


@pytest.fixture
def first(ask: Callable[..., Spec]) -> Run:
    from core.worker import door

    run = runs.create(ask(epochs=3, patience=100))
    door.enter(run.folder)
    return run


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = main(["again", *words, "--quiet"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.heavy
def test_one_thing_is_changed_and_named(first: Run, capsys: pytest.CaptureFixture[str]):
    code, told = said(capsys, first.id, "--set", "epochs=2", "--seed", "4", "--weights-of", first.id)
    assert code == 0
    assert told["changes"] == [
        "Epochs, at most: 2 instead of 3.",
        "Seed: 4 instead of 1.",
        "It starts from the weights of “Customers: yes_no”.",
    ]
    assert (told["epochs"], told["seed"], told["again"]) == (2, 4, first.id)
    assert told["made_with"]["starts_from"]["run"] == first.id
    made_with = told["made_with"]
    assert made_with["data"] == first.spec().data
    assert {"prepared", "recipes", "settings", "compiled", "device", "driver", "processor", "threads", "system",
            "versions", "code"} <= set(made_with)  # fmt: skip
    assert main(["runs"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [entry["seed"] for entry in listed] == [4, 1]
    assert listed[0]["made_with"] == made_with


@pytest.mark.heavy
def test_it_is_continued(first: Run, capsys: pytest.CaptureFixture[str]):
    code, told = said(capsys, str(first.folder), "--continue", "--set", "epochs=5")
    assert code == 0, told
    assert told["epochs"] == 5
    assert "It continues “Customers: yes_no”, which had come to epoch 3." in told["changes"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--set", "colour=red"], "no setting called “colour”"),
        (["--set", "epochs=many"], "“Epochs, at most” is 'many'"),
        (["--set", "learning_rate=-1"], "“Learning rate” is -1"),
        (["--seed", "-1"], "“Seed” is -1"),
        (["--weights-of", "none"], "no run “none”"),
        (["--continue", "--seed", "2"], "keeps its “seed”"),
        (["--continue", "--set", "batch_size=2"], "keeps its “batch_size”"),
        (["--continue"], "not come to a good end"),
    ],
)
def test_wrong_wishes_are_answered_before_training(
    ask: Callable[..., Spec], words: list[str], what: str, capsys: pytest.CaptureFixture[str]
):
    run = runs.create(ask())
    code, told = said(capsys, run.id, *words)
    assert code == 2
    assert what in told["error"]["what"]
    assert runs.everything() == [run]
