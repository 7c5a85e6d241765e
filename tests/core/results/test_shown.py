"""Pictures of the test rows are chosen and kept: the worst, the most doubtful, and some of each cell."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.results import shown

TARGET = {"as": "classes", "column": "kind", "classes": ["cat", "dog", "owl"]}
OUTPUTS = np.array([
    [0.9, 0.05, 0.05], [0.4, 0.35, 0.25], [0.1, 0.8, 0.1], [0.05, 0.9, 0.05], [0.34, 0.33, 0.33], [0.0, 0.1, 0.9],
])  # fmt: skip
TRUTH = np.array([0, 0, 1, 0, 2, 2])


def told() -> shown.Said:
    return shown.said(TARGET, TRUTH, OUTPUTS, ["cat", "cat", "dog", "cat", "owl ", "owl"])


def no_heat(places: np.ndarray) -> None:
    return None


def test_what_is_wrong_comes_worst_first_and_what_is_doubtful_closest_first():
    groups = shown.chosen(told())
    assert groups["worst"] == [3, 4]
    assert groups["doubtful"][:2] == [4, 1]
    assert groups["cells"] == [0, 1, 2, 3, 4, 5]


def test_of_a_full_cell_those_are_shown_of_which_it_was_surest():
    chances = np.linspace(0.5, 0.99, 40)
    outputs = np.stack([chances, 1 - chances, np.zeros(40)], axis=1)
    some = shown.said(TARGET, np.zeros(40), outputs, ["cat"] * 40)
    groups = shown.chosen(some)
    assert groups["worst"] == []
    assert groups["cells"] == list(range(40 - shown.MOST_OF_A_CELL, 40))


def test_two_answers_from_one_output_are_chosen_alike():
    target = {"as": "classes", "classes": ["no", "yes"], "positive": "yes"}
    found = shown.said(target, np.array([[0], [1]]), np.array([[0.9], [0.8]]), ["no", "yes"])
    assert (found.true, found.answer) == (["no", "yes"], ["yes", "yes"])
    assert found.miss == pytest.approx([0.9, 0.2])
    assert found.doubt == pytest.approx([0.2, 0.4])


@pytest.mark.parametrize(("shape", "size"), [((28, 28, 1), 112), ((96, 64, 3), 96), ((1, 1, 3), 96)])
def test_pictures_are_kept_small_and_sharp(tmp_path: Path, shape: tuple[int, int, int], size: int):
    pictures = np.random.default_rng(2).integers(0, 255, (6, *shape)).astype(np.uint8)

    def heat(places: np.ndarray) -> tuple[str, np.ndarray]:
        return "grad_cam", np.full((len(places), 3, 2), 0.5)

    shown.write(tmp_path, pictures, [f"{n}.png" for n in range(6)], told(), [10, 20, 30, 40, 50, 60], heat)
    found = shown.read(tmp_path)
    assert found is not None
    assert found["way"] == "grad_cam"
    by_place = {one["place"]: one for one in found["pictures"]}
    assert (by_place[3]["row"], by_place[3]["name"], by_place[3]["true"], by_place[3]["said"]) == (
        40,
        "3.png",
        "cat",
        "dog",
    )
    for one in by_place.values():
        with Image.open(one["path"]) as image:
            assert max(image.size) == size
        if one["heat_path"]:
            with Image.open(one["heat_path"]) as warm:
                assert (warm.mode, warm.size) == ("RGB", image.size)
    assert by_place[3]["heat_path"]


def test_heat_warms_where_it_is_and_leaves_the_rest():
    picture = np.full((20, 20, 1), 120, np.uint8)
    heat = np.zeros((20, 20))
    heat[5:15, 5:15] = 1
    warm = shown.warmed(picture, heat)
    assert warm[0, 0].tolist() == [120, 120, 120]
    assert warm[10, 10, 0] > 180 > 100 > warm[10, 10, 2]


def test_a_run_without_pictures_has_none_to_show(tmp_path: Path):
    assert shown.read(tmp_path) is None
