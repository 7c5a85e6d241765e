"""A network learns the language of all texts before the answers; whatever interrupts it, it comes to the same."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core import datasets, home, prepare, runs
from core.goal import Goal
from core.runs import Run
from core.spec import Spec
from core.templates import SHELF
from core.words import Sentence
from tests.core.worker.runner import told
from tests.core.worker.test_once_more import train, weights, work

pytestmark = pytest.mark.heavy
SETTINGS = {"epochs": 3, "patience": 3, "jit_compile": "off", "mixed_precision": "off"}
THINGS = ("phone", "hotel", "waiter", "battery", "screen", "room")
MOODS = {"good": ("lovely", "friendly", "fast"), "bad": ("rude", "slow", "broken")}


@pytest.fixture
def asked(tmp_path: Path) -> Spec:
    """90 remarks with an answer and 200 without, in which a word is heard that no answered one has."""
    dice = np.random.RandomState(3)
    with (tmp_path / "remarks.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["remark", "mood"])
        for row in range(290):
            mood = ("good", "bad")[row % 2]
            thing = "elevator" if row >= 90 and row % 3 == 0 else THINGS[dice.randint(6)]
            words = [MOODS[mood][dice.randint(3)] for _ in range(2)]
            text = f"the {thing} was {words[0]} and also {words[1]} in every way"
            writer.writerow([text, mood if row < 90 else ""])
    data = datasets.add(tmp_path / "remarks.csv", "Remarks")
    goal = Goal("mood", "yes_no", ("remark",), {"remark": "text", "mood": "category"})
    ready = prepare.prepare(data.id, goal)
    graph = SHELF["language_first"].graph(ready.facts, {"width": 16, "depth": 1, "num_heads": 2})
    return Spec(data.id, goal, "language_first", graph, SETTINGS, name="Remarks")


def kept() -> list[Path]:
    return sorted(home.folder("language").glob("*/*.npz"))


def learns_language(folder: Path) -> int:
    return sum(event["stage"] == "language" for event in told(runs.load(folder.name), "stage"))


def passes_seen(folder: Path) -> int:
    return learns_language(folder) - 2  # collecting, and beginning


def said(run: Run) -> str:
    return " ".join(str(Sentence.from_json(event["text"])) for event in told(run, "message"))


def test_it_learns_from_texts_without_an_answer_and_says_how_well(asked: Spec):
    run = train(asked)
    assert run.results()["metrics"]["test"]
    message = said(run)
    training = run.results()["rows"]["train"]
    assert f"the language of {training + 200:,} texts" in message
    guessed = int(message.split(" hidden words: ")[1].split("%")[0])
    assert guessed > 50, "Most words of these remarks follow from the others."


def test_words_of_texts_without_an_answer_are_known_where_these_are_the_most(asked: Spec):
    ready = prepare.prepare(asked.data, asked.goal)
    tokenizer = next(
        feature["tokenizer"]
        for column in ready.recipes["columns"] for feature in column["features"] if "tokenizer" in feature
    )  # fmt: skip
    assert "elevator" in str(tokenizer["model"])


def test_the_rows_that_judge_are_not_among_the_texts(asked: Spec):
    from core.worker.unanswered import unanswered

    ready = prepare.prepare(asked.data, asked.goal)
    name = next(name for name, part in ready.facts["inputs"].items() if part.get("view") == "tokens")
    assert len(unanswered(ready, name)) == 200


def test_what_is_learned_is_what_the_network_begins_with(asked: Spec):
    plain = train(Spec(**{**vars(asked), "training": {**SETTINGS, "masked_words": "off"}}))
    first = train(asked)
    assert not all(map(np.array_equal, weights(plain), weights(first)))
    assert "learned the language" not in said(plain)


@pytest.mark.parametrize(
    "leaves",
    [lambda folder: learns_language(folder) >= 1, lambda folder: passes_seen(folder) == 5],
    ids=["at the beginning", "amid the passes"],
)
def test_an_interrupted_run_comes_to_the_same(
    asked: Spec, leaves: Callable[[Path], bool], monkeypatch: pytest.MonkeyPatch
):
    from core.worker import language

    monkeypatch.setattr(language, "SECONDS_BETWEEN_KEPT", 0.0)
    gone: list[bool] = []

    def outside(folder: Path) -> str:
        if not gone and leaves(folder):
            gone.append(True)
            return "leave"
        return ""

    left = train(asked, outside)
    assert gone
    assert left.state().name == "running"
    work(left)
    found = weights(left)
    for file in kept():
        file.unlink()
    for one, other in zip(weights(train(asked)), found, strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_next_run_finds_what_was_learned(asked: Spec):
    first = train(asked)
    assert len(kept()) == 1
    second = train(asked)
    assert learns_language(second.folder) == 0
    assert all(map(np.array_equal, weights(first), weights(second)))


def test_one_that_is_cut_short_leaves_nothing_for_the_next(asked: Spec):
    gone: list[bool] = []

    def outside(folder: Path) -> str:
        if not gone and passes_seen(folder) == 2:
            gone.append(True)
            return "stop"
        return ""

    run = train(asked, outside)
    assert run.state().ended
    assert "It first learned the language" in said(run)
    assert kept() == []
