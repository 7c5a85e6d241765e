"""Recipes turn text into numbers the same way everywhere; missing and unseen values are answers."""

import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core import recipes

RECIPES = {
    "version": 1,
    "task": "one_of_many",
    "target": {"column": "kind", "as": "classes", "classes": ["a", "b", "c"]},
    "inputs": {
        "numbers": {"shape": [6], "dtype": "float32"},
        "categories": {"shape": [2], "dtype": "int32", "vocabulary": 6},
    },
    "columns": [
        {"column": "age", "kind": "number", "input": "numbers", "parse": {"as": "number"}, "fill": 2.0,
         "features": [{"make": "scale", "mean": 2.0, "scale": 2.0}, {"make": "bins", "edges": [0, 2, 4]},
                      {"make": "missing"}]},
        {"column": "when", "kind": "date", "input": "numbers", "parse": {"as": "date", "format": "iso"}, "fill": 0.0,
         "features": [{"make": "cycle", "part": "weekday", "period": 7}]},
        {"column": "town", "kind": "category", "input": "categories", "parse": {"as": "text"}, "start": 0,
         "features": [{"make": "lookup", "values": ["", "北京", "Zürich"]}]},
        {"column": "size", "kind": "category", "input": "categories", "parse": {"as": "text"}, "start": 4,
         "features": [{"make": "lookup", "values": ["L"]}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "parse", "number"),
    [
        ("3", {}, 3.0),
        (" -3.5e2 ", {}, -350.0),
        (".5", {}, 0.5),
        ("5.", {}, 5.0),
        ("−4", {}, -4.0),
        ("1,234.5", {"thousands": ","}, 1234.5),
        ("1.234,5", {"thousands": ".", "decimal": ","}, 1234.5),
        ("1 234,5", {"thousands": " ", "decimal": ","}, 1234.5),
        ("$1,000", {"thousands": ",", "remove": ["$"]}, 1000.0),
        ("(12 %)", {"remove": ["%"]}, -12.0),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, parse: dict, number: float):
    assert recipes.read_number(text, parse) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "1_000",
        "inf",
        "nan",
        "1e999",
        "1e308",
        "-1.8e308",
        "--1",
        "0x10",
        "１２",
        "1,5",
        "12 monkeys",
    ],
)
def test_what_is_no_number_is_missing(text: str):
    assert math.isnan(recipes.read_number(text, {}))


@pytest.mark.parametrize(
    "texts", [["1", "2.5", ""], ["1_0", "2", "3"], ["inf", "1", "-2e3"], ["nan", "1", " 7 "], ["1e308", "2"]]
)
def test_the_fast_reading_of_numbers_equals_the_careful_one(texts: list[str]):
    fast = recipes.read_values(texts, {"as": "number"})
    np.testing.assert_array_equal(fast, [recipes.read_number(t, {}) for t in texts])


@pytest.mark.parametrize(
    ("text", "form", "days"),
    [
        ("1970-01-02", "iso", 1.0),
        ("1970-01-01T06:00:00+06:00", "iso", 0.0),
        ("31.12.1969", "%d.%m.%Y", -1.0),
        ("86400", "seconds", 1.0),
        ("86400000", "milliseconds", 1.0),
    ],
)
def test_a_date_becomes_days_since_1970(text: str, form: str, days: float):
    assert recipes.read_date(text, {"format": form}) == days


@pytest.mark.parametrize("text", ["", "31.02.2020", "soon", "2020-13-01"])
def test_what_is_no_date_is_missing(text: str):
    assert math.isnan(recipes.read_date(text, {"format": "iso"}))


@pytest.mark.parametrize(
    ("part", "value"),
    [("year", 2024), ("month", 1), ("day", 28), ("weekday", 3), ("hour", 12.0), ("days", 19782.5)],
)
def test_date_parts_agree_with_the_calendar(part: str, value: float):
    leap_day_noon = np.array([recipes.read_date("2024-02-29 12:00", {"format": "iso"}), math.nan])
    found = recipes.date_part(leap_day_noon, part)
    assert found[0] == value
    assert math.isnan(found[1])


def test_bins_fill_up_one_after_the_other_and_go_on_outside():
    made = recipes.bins(np.array([-9.0, 0.0, 1.0, 3.0, 99.0]), [0, 2, 4])
    np.testing.assert_allclose(made, [[-2, 0], [0, 0], [0.5, 0], [1, 0.5], [1, 3]])


def test_rows_become_the_networks_inputs():
    made = recipes.encode(
        RECIPES,
        {
            "age": ["2", "", "x"],
            "when": ["1970-01-05", "", "?"],
            "town": ["北京", "", "Rome"],
            "size": ["L", "", "M"],
        },
    )
    assert made["numbers"].dtype == np.float32
    assert made["categories"].dtype == np.int32
    np.testing.assert_allclose(made["numbers"][:, :4], [[0, 1, 0, 0], [0, 1, 0, 1], [0, 1, 0, 1]])
    np.testing.assert_array_equal(made["categories"], [[2, 5], [1, 4], [0, 4]])


def test_a_column_that_is_not_there_counts_as_missing():
    made = recipes.encode(RECIPES, {"age": ["2"], "when": ["1970-01-05"]})
    np.testing.assert_array_equal(made["categories"], [[1, 4]])


def test_widths_agree_with_what_is_made():
    assert [recipes.width(r) for r in RECIPES["columns"]] == [4, 2, 1, 1]


@pytest.mark.parametrize(
    ("target", "outputs", "prediction"),
    [
        ({"as": "classes", "classes": ["no", "yes"]}, [[0.5], [0.49]], ["yes", "no"]),
        ({"as": "classes", "classes": ["no", "yes"], "threshold": 0.3}, [[0.31]], ["yes"]),
        ({"as": "classes", "classes": ["a", "b", "c"]}, [[0.1, 0.2, 0.7]], ["c"]),
        ({"as": "number", "mean": 10.0, "scale": 2.0}, [[1.5]], [13.0]),
    ],
)
def test_outputs_become_answers_in_the_users_words(target: dict, outputs: list, prediction: list):
    assert recipes.answers({**RECIPES, "target": target}, np.array(outputs))["prediction"] == prediction


def test_the_carrier_needs_only_python_and_numpy(tmp_path: Path):
    for name in ("recipes.py", "pieces.py", "tokens.py"):
        copy = Path(recipes.__file__).with_name(name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(copy, encoding="utf-8")
    script = (
        "import sys, recipes; print(sorted(m for m in sys.modules if m.split('.')[0] in ('core', 'pandas')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.strip() == "[]"


def test_texts_become_the_same_numbers_outside(tmp_path: Path):
    for name in ("recipes.py", "pieces.py", "tokens.py"):
        copy = Path(recipes.__file__).with_name(name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(copy, encoding="utf-8")
    known = {"make": "pieces", "known": list(range(0, 1 << 20, 64)), "weights": [1.5] * (1 << 14)}
    recipe = {
        "column": "remark",
        "kind": "text",
        "input": "texts",
        "parse": {"as": "text"},
        "features": [known],
    }
    texts = ["A fine day, all in all, and not a bad one", "", "这家店的服务很好，真的", "😀"]
    (tmp_path / "asked.json").write_text(json.dumps([recipe, texts]), encoding="utf-8")
    script = "import json, recipes; print(recipes.encode_column(*json.load(open('asked.json'))).nonzero())"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    inside = recipes.encode_column(recipe, texts)
    assert inside.any()
    assert done.stdout.strip() == str(inside.nonzero())
