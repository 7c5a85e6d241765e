"""Blocks of a user's own are kept, found again, and refused where a file holds something else."""

import json
from pathlib import Path

import pytest

from core import blocks, home
from core.errors import GraphError
from core.graph import wrapped
from tests.core.graph.drawings import drawing

PARTS = [{"name": "a", "kind": "dense", "inputs": ["in_1"], "fields": {"units": 3}}]
GOOD = {"title": "Mine", "parts": PARTS}


def test_a_block_of_chosen_layers_is_kept_and_found_again():
    graph = drawing("numbers: input", "a: dense < numbers", "b: add < a numbers", "answer: output < b")
    saved = blocks.save(wrapped(graph, ["a", "b"], " Way around ")["way_around"].fields)
    assert (saved.title, saved.inputs, [part["name"] for part in saved.parts]) == (
        "Way around",
        1,
        ["a", "b"],
    )
    assert blocks.load(saved.id) == saved
    assert blocks.everything() == ([saved], [])
    assert saved.fields == wrapped(graph, ["a", "b"], "Way around")["way_around"].fields


def test_a_deleted_block_is_gone():
    saved = blocks.save(GOOD)
    blocks.delete(saved.id)
    blocks.delete(saved.id)
    assert blocks.everything() == ([], [])
    with pytest.raises(GraphError, match="no block"):
        blocks.load(saved.id)


@pytest.mark.parametrize("id", ["", "../projects/x", "a/b", "x" * 61, "..", "A.json", "é"])
@pytest.mark.parametrize("act", [blocks.load, blocks.delete])
def test_an_id_that_is_none_reaches_no_file(act, id: str):
    with pytest.raises(GraphError, match="no block"):
        act(id)


@pytest.mark.parametrize(
    "fields",
    [{}, {"title": "x"}, {"title": "", "parts": PARTS}, {"title": "x", "parts": [1]}, {**GOOD, "title": 3}],
)
def test_what_is_no_block_is_not_saved(fields: dict):
    with pytest.raises(GraphError):
        blocks.save(fields)
    assert not list(home.folder("blocks").iterdir())


@pytest.mark.parametrize(
    "text",
    [
        "", "not JSON", "[]", "3", "null", '{"title": "x"}', '{"title": "x", "parts": "y"}', "[" * 100_000,
        json.dumps({**GOOD, "parts": [{**PARTS[0], "kind": "os"}]}), json.dumps({**GOOD, "more": "x" * 1_100_000}),
    ],
)  # fmt: skip
def test_a_file_that_holds_something_else_is_refused_and_hides_no_other(text: str):
    saved = blocks.save(GOOD)
    path: Path = home.folder("blocks") / "0000.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GraphError) as caught:
        blocks.load("0000")
    assert str(caught.value.what).endswith(".")
    assert str(caught.value.fix).endswith(".")
    found, wrong = blocks.everything()
    assert found == [saved]
    assert [str(error) for error in wrong] == [str(caught.value)]
