"""A column is worth what is lost without it."""

import numpy as np
import pytest

from core import recipes
from core.explainers import permutation

MADE = {
    "version": 1,
    "task": "amount",
    "target": {"column": "y", "as": "number", "parse": {"as": "number"}, "mean": 0.0, "scale": 1.0},
    "inputs": {"numbers": {"shape": [4], "dtype": "float32"}, "categories": {"shape": [1], "dtype": "int32", "vocabulary": 4}},
    "columns": [
        {"column": "noise", "kind": "number", "input": "numbers", "parse": {"as": "number"}, "fill": 0.0,
         "features": [{"make": "scale", "mean": 0.0, "scale": 1.0}]},
        {"column": "group", "kind": "category", "input": "categories", "parse": {"as": "text"}, "start": 0,
         "features": [{"make": "lookup", "values": ["a", "b", "c"]}]},
        {"column": "strong", "kind": "number", "input": "numbers", "parse": {"as": "number"}, "fill": 0.0,
         "features": [{"make": "scale", "mean": 0.0, "scale": 1.0}, {"make": "cycle", "period": 3}]},
    ],
}  # fmt: skip


@pytest.fixture
def rows() -> dict[str, list[str]]:
    random = np.random.RandomState(0)
    return {
        "noise": [f"{v:.3f}" for v in random.randn(400)],
        "strong": [f"{v:.3f}" for v in random.randn(400)],
        "group": list(random.choice(list("abc"), 400)),
    }


def answer(inputs: dict[str, np.ndarray]) -> np.ndarray:
    """Leans much on `strong`, a little on `group`, and not on `noise`."""
    return inputs["numbers"][:, 1:2] + 0.3 * inputs["categories"]


def test_columns_are_ordered_by_what_is_lost_without_them(rows: dict[str, list[str]]):
    inputs = recipes.encode(MADE, rows)
    found = permutation.explain(MADE, inputs, answer(inputs), answer)
    assert [entry["column"] for entry in found] == ["strong", "group", "noise"]
    assert found[0]["drop"] > 1
    assert found[2] == {"column": "noise", "drop": 0.0, "spread": 0.0}


def test_shuffling_encoded_rows_is_shuffling_texts(rows: dict[str, list[str]]):
    inputs = recipes.encode(MADE, rows)
    deal = np.random.RandomState(5).permutation(400)
    for place in permutation._places(MADE):
        seen = []

        def watched(given: dict[str, np.ndarray], seen: list = seen) -> np.ndarray:
            seen.append({name: values.copy() for name, values in given.items()})
            return answer(given)

        asked = permutation._Asked(MADE, inputs, answer(inputs), watched, np.random.RandomState(5))
        asked.drops([place, place], np.arange(400), 1, lambda share: None)
        texts = {**rows, place[0]: [rows[place[0]][row] for row in deal]}
        for key, expected in recipes.encode(MADE, texts).items():
            assert np.array_equal(seen[1][key], expected)
            own = {c for name, held in place[1] if name == key for c in range(400)[held]}
            others = [c for c in range(expected.shape[1]) if c not in own]
            assert np.array_equal(seen[2][key][:, others], inputs[key][:, others])


def test_of_a_wide_table_only_the_columns_that_matter_are_told(
    rows: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(permutation, "MOST_COLUMNS", 2)
    inputs = recipes.encode(MADE, rows)
    told: list[float] = []
    found = permutation.explain(MADE, inputs, answer(inputs), answer, progress=told.append)
    assert [entry["column"] for entry in found] == ["strong", "group"]
    assert found[0]["drop"] > 1
    assert told[-1] == 1


def test_many_rows_are_sampled_and_progress_is_told(
    rows: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(permutation, "MOST_ROWS", 50)
    asked, told = [], []
    inputs = recipes.encode(MADE, rows)

    def counted(inputs: dict[str, np.ndarray]) -> np.ndarray:
        asked.append(len(inputs["numbers"]))
        return answer(inputs)

    permutation.explain(MADE, inputs, answer(inputs), counted, repeats=3, progress=told.append)
    assert asked == [50, 150, 150, 150]
    assert told == pytest.approx([1 / 3, 2 / 3, 1])
