"""Pictures of numbers are small, and say what they leave out."""

import numpy as np
import pytest

pytestmark = pytest.mark.heavy


@pytest.mark.parametrize(
    ("shape", "look", "shown"),
    [
        ((5,), "bars", [5]),
        ((9_000,), "bars", [4_096]),
        ((128, 300), "grid", [64, 60]),
        ((28, 28, 1), "maps", [28, 28, 1]),
        ((100, 50, 1), "maps", [50, 50, 1]),
        ((28, 28, 32), "maps", [14, 14, 16]),
        ((2, 3, 4, 5), "grid", [2, 60]),
        ((1,), "bars", [1]),
    ],
)
def test_what_is_shown_is_never_too_much(shape: tuple[int, ...], look: str, shown: list[int]):
    from core.worker import looks

    values = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    seen = looks.look(values)
    assert (seen["look"], seen["shape"], seen["shown"]) == (look, list(shape), shown)
    assert len(seen["values"]) == np.prod(shown) <= looks.MOST_VALUES
    assert (seen["low"], seen["high"]) == (0, pytest.approx(values.max(), rel=1e-3))


def test_pieces_are_averaged():
    from core.worker import looks

    values = np.zeros((128, 2), np.float32)
    values[0] = 8
    assert looks.look(values)["values"][:4] == [4, 4, 0, 0]


def test_a_picture_from_the_data_is_an_image_and_codes_are_tokens():
    from core.worker import looks

    assert looks.look(np.zeros((8, 8, 3)), picture=True)["look"] == "image"
    assert looks.look(np.zeros((8, 8, 4)), picture=True)["look"] == "maps"
    assert looks.look(np.zeros(4, np.int32), codes=True)["look"] == "tokens"


def test_what_is_no_number_is_told_as_zero():
    from core.worker import looks

    seen = looks.look(np.array([np.nan, np.inf, 1.23456]))
    assert seen["values"] == [0, 0, 1.235]


def test_long_attention_is_cut_and_not_averaged():
    from core.worker import looks

    scores = np.zeros((4, 200, 200))
    scores[:, 0, 1] = 1
    seen = looks.attention(scores)
    assert seen["size"] == [64, 64]
    assert seen["values"][1] == 1


def test_names_tell_column_and_part():
    from core.worker import looks

    recipes = {"columns": [
        {"column": "age", "input": "numbers", "features": [
            {"make": "scale"}, {"make": "bins", "edges": [0, 1.5, 3]}, {"make": "missing"}]},
        {"column": "plan", "input": "categories", "start": 0, "features": [{"values": ["", "pro"]}]},
        {"column": "since", "input": "numbers", "features": [{"make": "cycle", "part": "month"}]},
    ]}  # fmt: skip
    assert looks.feature_names(recipes, "numbers") == [
        "age", "age · 0…1.5", "age · 1.5…3", "age · ∅", "since · month · sin", "since · month · cos",
    ]  # fmt: skip
    assert looks.code_names(recipes, "categories", [0, 1, 2, 9]) == ["plan: ?", "plan: ∅", "plan: pro", "?"]
