"""Every picture is drawn from plain results, in English and whatever the names are."""

import numpy as np
import plotly.graph_objects as go
import pytest

from core import charts

NAMES = ["No", "Yes <b>and</b> a very long name that no phone can show at all"]


def results(task: str) -> dict:
    main, other = {
        "yes_no": ("roc_auc", "f1"),
        "one_of_many": ("accuracy", "f1_macro"),
        "amount": ("r2", "mae"),
    }[task]
    found = {
        "task": task, "target": "pri{ce}", "main": main,
        "metrics": {
            "test": {main: 0.8, other: 12_345.6},
            "intervals": {main: [0.7, 0.9], other: [12_000.0, 13_000.0]},
            "baselines": {"linear": {main: 0.7, other: 1.0}, "most_frequent": {main: -4e-5, other: None}},
            "baseline_intervals": {
                "linear": {main: [0.6, 0.75], other: [0.9, 1.1]},
                "most_frequent": {main: [None, None], other: [None, None]},
            },
        },
        "importance": [{"column": f"column {n} with a long name", "drop": 0.5 - n / 10, "spread": 0.02} for n in range(30)],
    }  # fmt: skip
    if task == "amount":
        return {**found, "scatter": {"true": [1.0, 2.0, 3e6], "predicted": [1.5, 2.0, 2e6]}}
    size = 2 if task == "yes_no" else 12
    classes = (NAMES * 6)[:size]
    bins = [{"said": 0.1, "was": 0.2, "rows": 10}, {"said": 0.9, "was": 0.8, "rows": 1}]
    found |= {"confusion": {"classes": classes, "counts": [[5] * size] * size}, "calibration": bins}
    if task == "yes_no":
        found["roc"] = {"false_alarms": [0, 0.5, 1], "found": [0, 0.9, 1]}
        found["scores"] = {"edges": [0, 0.5, 1], "counts": [[5, 1], [0, 0]]}
    return found


DRAWN = [
    *[("yes_no", name) for name in ("comparison", "importance", "confusion", "calibration", "roc", "scores")],
    *[("one_of_many", name) for name in ("comparison", "importance", "confusion", "calibration")],
    *[("amount", name) for name in ("comparison", "importance", "scatter")],
]


@pytest.mark.parametrize(("task", "name"), DRAWN)
def test_a_picture_is_drawn_with_a_title_and_without_a_background(task: str, name: str):
    made = getattr(charts, name)(results(task))
    assert isinstance(made, go.Figure)
    assert made.layout.title.text
    assert made.layout.paper_bgcolor == "rgba(0,0,0,0)"
    assert made.layout.font.size >= 12
    assert made.to_json()


@pytest.mark.parametrize(("task", "name"), DRAWN)
def test_the_colours_of_the_page_are_used(task: str, name: str):
    made = getattr(charts, name)(results(task), palette={"text": "#123456", "accent": "#654321"})
    assert made.layout.font.color == "#123456"
    assert "101,67,33" in made.to_json() or "#654321" in made.to_json() or name == "scores"


@pytest.mark.parametrize(
    "summary",
    [
        {"histogram": {"edges": [0.0, 1.0, 2.5], "counts": [3, 4]}, "min": 0},
        {"top": [["", 3], ["<b>x</b>", 2], ["y" * 90, 1]]},
    ],
)
def test_a_column_is_drawn(summary: dict):
    assert charts.column("a column", summary).to_json()


@pytest.mark.parametrize("summary", [{}, {"top": []}, {"first": "2020-01-01", "last": "2021-01-01"}])
def test_a_column_without_values_has_no_picture(summary: dict):
    assert charts.column("a column", summary) is None


def test_names_are_never_markup_and_short_enough_for_a_phone():
    assert charts.look.cut("<b>bold</b>") == "‹b›bold‹/b›"
    assert len(charts.look.cut("x" * 200)) <= 24


def test_what_words_looked_at_is_shown_word_by_word():
    made = charts.looked(["<b>so</b>", "good", "无"], np.eye(3))
    assert len(made.data[0].z) == 3
    assert "good" in made.data[0].text[1][1]
    assert "100%" in made.data[0].text[1][1]
    assert "<b>" not in made.data[0].text[0][0]
    assert made.layout.title.text
