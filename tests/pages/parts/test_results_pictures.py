"""The pictures of Results are shown with what was said of them; those of a cell belong to the cell that was clicked."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.results import shown
from pages.parts import results_pictures
from tests.pages.patience import SECONDS

TARGET = {"as": "classes", "column": "kind", "classes": ["c*t", "dog"]}
OUTPUTS = np.array([[0.9, 0.1], [0.2, 0.8], [0.45, 0.55], [0.1, 0.9]])


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    pictures = np.random.default_rng(1).integers(0, 255, (4, 30, 20, 3)).astype(np.uint8)
    told = shown.said(TARGET, np.array([0, 0, 1, 1]), OUTPUTS, ["c*t", "c*t", "dog", "dog"])
    names = [f"a/{n}.png" for n in range(4)]
    shown.write(
        tmp_path, pictures, names, told, range(4), lambda places: ("occlusion", np.ones((len(places), 7, 7)))
    )
    return tmp_path


def page(folder: str) -> None:
    from pathlib import Path
    from types import SimpleNamespace

    from pages.parts import results_pictures

    confusion = {"classes": ["c*t", "dog"], "counts": [[1, 1], [0, 2]]}
    results_pictures.draw(SimpleNamespace(folder=Path(folder), id="it"), {"confusion": confusion})


def opened(folder: Path) -> AppTest:
    app = AppTest.from_function(page, args=(str(folder),), default_timeout=SECONDS).run()
    assert not app.exception
    return app


def told(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption]


def test_the_worst_come_first_with_what_was_said_and_what_is_true(run_folder: Path):
    app = opened(run_folder)
    wrong = [text for text in told(app) if text.startswith("✗")]
    assert wrong == ["✗ dog, 80% sure  \nIt is: c\\*t"]


def test_where_it_looked_is_shown_when_asked_for(run_folder: Path):
    app = opened(run_folder)
    app.toggle[0].set_value(True).run()
    assert any(text.startswith("**Covered places.**") for text in told(app))


def test_a_cell_begins_with_the_most_frequent_mistake(run_folder: Path):
    app = opened(run_folder)
    app.button_group[0].set_value("cells").run()
    assert not app.exception
    assert app.markdown[0].value == "**c\\*t**, answered as **dog**: 1"


@pytest.mark.parametrize(
    ("clicked", "cell"), [([], (0, 1)), ([(1, "1")], (1, 1)), ([(1, "true")], (0, 1)), ([(7, "0")], (0, 1))]
)
def test_a_click_chooses_a_cell(clicked: list, cell: tuple[int, int]):
    assert results_pictures._cell(clicked, [[1, 1], [0, 2]]) == cell


def test_of_very_many_classes_those_are_shown_that_are_mistaken_most():
    counts = [[0] * 50 for _ in range(50)]
    counts[7][49] = 3
    shown_ones = results_pictures.confused(counts)
    assert len(shown_ones) == results_pictures.MOST_CLASSES
    assert {7, 49} <= set(shown_ones)


def test_a_run_without_pictures_shows_nothing(tmp_path: Path):
    assert not opened(tmp_path).caption
