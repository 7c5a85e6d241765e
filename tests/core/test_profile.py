import json

import pytest
from pandas import DataFrame

from core.profile import Profile, column_facts, profile


def _table(columns: dict[str, list[str]]) -> DataFrame:
    return DataFrame(columns, dtype=str)


def test_a_profile_comes_back_from_json() -> None:
    table = _table({"a": ["1", "2", ""], "b": ["x", "y", "x"], "day": ["2024-01-01", "2024-01-02", ""]})
    facts = profile(table)
    assert Profile.from_json(json.loads(json.dumps(facts.to_json(), allow_nan=False))) == facts
    assert facts.kinds == {"a": "category", "b": "category", "day": "date"}


def test_the_summary_of_numbers() -> None:
    summary = column_facts("x", [str(i) for i in range(101)] + [""]).summary
    assert (summary["min"], summary["max"], summary["mean"], summary["median"]) == (0, 100, 50, 50)
    assert summary["quantiles"] == [5, 25, 50, 75, 95]
    assert sum(summary["histogram"]["counts"]) == 101
    assert len(summary["histogram"]["edges"]) == 21


def test_a_few_whole_numbers_get_a_bar_each() -> None:
    histogram = column_facts("x", ["1"] * 5 + ["2"] * 3 + ["4"]).summary["histogram"]
    assert histogram == {"edges": [0.5, 1.5, 2.5, 3.5, 4.5], "counts": [5, 3, 0, 1]}


@pytest.mark.parametrize(
    "texts", [["5"] * 4, ["1e308", "-1e308", "0"], ["0", "1e-320", "3"], ["0.1", "0.1", "0.3"]]
)
def test_extreme_numbers_have_a_summary_without_warnings(texts: list[str]) -> None:
    assert json.dumps(column_facts("x", texts, "number").to_json(), allow_nan=False)


def test_the_summary_of_categories_begins_with_the_most_frequent() -> None:
    facts = column_facts("x", ["a", "b", "b", "", " b "])
    assert facts.summary["top"] == [["b", 3], ["a", 1]]
    assert (facts.missing, facts.distinct) == (1, 2)


def test_the_summary_of_dates() -> None:
    summary = column_facts("x", ["31.01.2024", "15.02.2023 "]).summary
    assert summary == {"first": "2023-02-15", "last": "2024-01-31", "format": "%d.%m.%Y", "unsure": False}


def test_repeated_rows_are_counted_only_where_every_cell_is_equal() -> None:
    assert profile(_table({"a": ["1", "1", "1", "2"], "b": ["x", "x", "y", "x"]})).repeated == 1


def test_equal_rows_of_many_columns_are_found() -> None:
    columns = {f"c{i}": [str(row % 7 * i) for row in range(21)] for i in range(300)}
    assert profile(_table(columns)).repeated == 14


def test_a_chosen_kind_is_kept_and_said() -> None:
    facts = profile(_table({"zip": ["1", "2", "3"]}), {"zip": "number"}).column("zip")
    assert (facts.kind, facts.confidence, str(facts.reason)) == ("number", 1.0, "You chose this kind.")


def test_columns_with_chinese_names_and_keywords() -> None:
    table = _table({"年龄": ["1", "2", "3"], "class": ["x", "y", "x"], "{braces}": ["{a}", "{b}", "{a}"]})
    facts = profile(table)
    assert [str(column.reason) for column in facts.columns]
    assert [str(worry.what) for worry in facts.worries]


def test_a_column_of_texts_says_its_language_and_lengths():
    texts = [
        "Der Hund läuft schnell über die Straße.",
        "Wir haben gestern lange auf euch gewartet.",
        "Das ist gut so.",
    ]
    facts = column_facts("remark", [*texts, ""], "text")
    assert facts.summary["language"] == "de"
    assert (facts.summary["characters"], facts.summary["longest"]) == (39.0, 42)
    assert sum(facts.summary["histogram"]["counts"]) == 3
    assert column_facts("remark", ["", ""], "text").summary == {"top": []}
