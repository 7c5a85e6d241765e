"""Texts become windows of one long stream, and nothing that is asked about was read in training."""

from pathlib import Path

import numpy as np
import pytest
from pandas import DataFrame

from core import generate, home
from core.errors import DataError
from core.goal import Split
from core.suggest import writing
from core.writing import make, stream_of
from core.writing.prepared import kept
from core.writing.sides import divide, training
from tests.core.writing.stories import stories

GOAL = writing("story", {"story": "text"})


def test_what_comes_next_is_the_window_one_further(tmp_path: Path):
    make(stories(), GOAL, tmp_path)
    facts, target = (
        home.read_json(tmp_path / "facts.json"),
        home.read_json(tmp_path / "recipes.json")["target"],
    )
    stream, length = np.load(tmp_path / "stream.npy"), target["length"]
    for side in ("train", "validation"):
        read, coming = np.load(tmp_path / f"{side}_text.npy"), np.load(tmp_path / f"{side}_y.npy")
        assert read.shape == coming.shape == (facts["rows"][side], length)
        assert (read[:, 1:] == coming[:, :-1]).all()
    assert "The old house" in generate.text(target, stream) or "the old house" in generate.text(
        target, stream
    )
    assert facts["output"] == {
        "units": len(target["characters"]) + 2,
        "activation": "softmax",
        "steps": length,
    }


def test_no_training_window_reaches_into_what_is_kept_apart():
    sides = divide(50_000, Split("order", validation=0.05, test=0.1))
    assert training(sides).max() + sides.length < sides.validation < sides.test < sides.end


def test_the_same_long_text_stands_only_once():
    long = "x" * 80
    texts, left_out = kept([long, "ab", "ab", long, "", " ", "a\r\nb"])
    assert texts == [long, "ab", "ab", "a\nb"]
    assert left_out == 3


def test_characters_that_only_the_test_holds_are_unknown(tmp_path: Path):
    table = DataFrame({"story": [*stories()["story"], "ж" * 40]})
    make(table, GOAL, tmp_path)
    target = home.read_json(tmp_path / "recipes.json")["target"]
    assert "ж" not in target["characters"]
    stream, _ = stream_of(target, ["aж"])
    assert stream.tolist()[0] == generate.BETWEEN
    assert stream.tolist()[-1] == generate.UNKNOWN


@pytest.mark.parametrize("texts", [["word"], ["", ""], ["a b c"] * 3])
def test_too_little_text_is_told(tmp_path: Path, texts: list[str]):
    with pytest.raises(DataError, match="too few to learn"):
        make(DataFrame({"story": texts}), GOAL, tmp_path)
