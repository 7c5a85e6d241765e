"""Pairs of texts become what is read, what is written so far, and what comes next; nothing that is asked about was read."""

from pathlib import Path

import numpy as np
import pytest
from pandas import DataFrame

from core import home, rewrite
from core.errors import DataError
from core.rewriting import make
from core.suggest import rewriting
from tests.core.rewriting.pairs import backwards

GOAL = rewriting("backwards", ("text",), {"text": "text", "backwards": "text"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rewriting")
    make(backwards(400), GOAL, place)
    return place


def opened(folder: Path, side: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return tuple(np.load(folder / f"{side}_{name}.npy") for name in ("source", "written", "y"))


def test_what_comes_next_is_what_is_written_one_further(folder: Path):
    for side in ("train", "validation"):
        source, written, coming = opened(folder, side)
        assert (written[:, 0] == rewrite.BEGIN).all()
        going = coming[:, :-1] != rewrite.END
        assert (np.where(going, coming[:, :-1], 0) == np.where(going, written[:, 1:], 0)).all()
        assert ((coming == rewrite.END).sum(1) == 1).all()
        assert len(source) == len(written)


def test_the_rows_say_in_codes_what_the_table_says(folder: Path):
    table, made = backwards(400), home.read_json(folder / "recipes.json")
    with np.load(folder / "split.npz") as sides:
        rows = sides["train"]
    source, _, coming = opened(folder, "train")
    for place in range(0, len(rows), 29):
        text, target = table.iloc[rows[place]]
        assert rewrite.text(made, text, source[place].tolist()) == text
        assert (
            rewrite.text(made, text, [code for code in coming[place].tolist() if code > rewrite.END])
            == target
        )


def test_facts_and_recipes_say_what_the_network_needs(folder: Path):
    facts, made = home.read_json(folder / "facts.json"), home.read_json(folder / "recipes.json")
    units = len(made["columns"][0]["features"][0]["tokenizer"]["model"]["vocab"])
    assert facts["output"] == {"units": units, "activation": "softmax", "steps": made["target"]["length"]}
    assert facts["inputs"]["written"]["shape"] == [made["target"]["length"]]
    assert facts["rewriting"]["with_placeholders"] > 0


def test_the_same_text_is_never_on_two_sides(tmp_path: Path):
    table = DataFrame({"text": [f"text {row % 40}" for row in range(400)], "backwards": [f"b {row}" for row in range(400)]})  # fmt: skip
    make(table, GOAL, tmp_path)
    with np.load(tmp_path / "split.npz") as sides:
        said = [set(table["text"].iloc[sides[side]]) for side in ("train", "validation", "test")]
    assert not said[2] & (said[0] | said[1])
    assert not said[0] & said[1]


def test_pairs_with_an_empty_side_are_left_out_and_told(tmp_path: Path):
    table = backwards(200)
    table.loc[3, "text"] = " "
    table.loc[7, "backwards"] = ""
    make(table, GOAL, tmp_path)
    facts = home.read_json(tmp_path / "facts.json")
    assert facts["rewriting"]["empty"] == 2
    assert facts["rows"]["left_out"] >= 2


def test_a_text_that_is_much_longer_than_all_others_is_not_learned_from(tmp_path: Path):
    table = backwards(300)
    table.loc[5, "text"] = "a b c " * 20_000
    make(table, GOAL, tmp_path)
    assert home.read_json(tmp_path / "facts.json")["inputs"]["source"]["shape"][0] < 40


@pytest.mark.parametrize("table", [backwards(5), DataFrame({"text": [""] * 50, "backwards": ["a"] * 50})])
def test_too_few_pairs_are_told(tmp_path: Path, table: DataFrame):
    with pytest.raises(DataError):
        make(table, GOAL, tmp_path)
