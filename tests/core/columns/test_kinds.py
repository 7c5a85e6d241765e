"""Which kind a column is taken for, and how its texts are read."""

import math

import pytest

from core.columns import SHELF
from core.columns._evidence import ColumnText
from core.errors import DataError
from core.profile import column_facts
from core.recipes import read_values

MANY = 60
WORDS = ["red", "green", "blue", "black", "white"]
SENTENCE = "The delivery was late and nobody answered my call number {}, so I am not happy."

KINDS = {
    # numbers
    "whole numbers": ("tenure", [str(i % 37) for i in range(MANY)], "number"),
    "small counts": ("rooms", [str(i % 5) for i in range(MANY)], "number"),
    "decimals, all different": ("weight", [f"{i * 0.37 + 1:.3f}" for i in range(MANY)], "number"),
    "prices, all different": ("price", [str(31_337 + (i * 7919) % 99_991) for i in range(MANY)], "number"),
    "dollars": ("amount", [f"${i * 1234:,}.50" for i in range(MANY)], "number"),
    "euros": ("amount", [f"{i * 7},50 €" for i in range(MANY)], "number"),
    "percent": ("share", [f"{i % 41}%" for i in range(MANY)], "number"),
    "kilograms": ("weight", [f"{i % 41} kg" for i in range(MANY)], "number"),
    "yuan": ("价格", [f"{i % 41 * 100}元" for i in range(MANY)], "number"),
    "accounting": ("profit", [f"({i}.00)" if i % 2 else f"{i}.00" for i in range(MANY)], "number"),
    "with texts for missing": ("age", ["n/a" if i % 5 == 0 else str(i) for i in range(MANY)], "number"),
    "with question marks": ("age", ["?" if i % 3 == 0 else str(i) for i in range(MANY)], "number"),
    "with one slip": ("age", ["twelve", *[str(i % 50) for i in range(MANY)]], "number"),
    "years": ("year", [str(1990 + i % 30) for i in range(MANY)], "number"),
    "scientific": ("x", [f"{i * 1.7:.2e}" for i in range(MANY)], "number"),
    "one of a million characters": ("note", ["A" * 1_000_000, *[SENTENCE.format(i) for i in range(9)]], "text"),
    # categories
    "words": ("colour", [WORDS[i % 5] for i in range(MANY)], "category"),
    "yes and no": ("churn", ["Yes" if i % 3 else "No" for i in range(MANY)], "category"),
    "0 and 1": ("left", [str(i % 2) for i in range(MANY)], "category"),
    "0.0 and 1.0": ("left", [str(float(i % 2)) for i in range(MANY)], "category"),
    "zip codes": ("zip", [str(10_000 + i % 20 * 7) for i in range(MANY)], "category"),
    "codes with zeros": ("branch", [f"{i % 20:04d}" for i in range(MANY)], "category"),
    "class numbers": ("pclass", [str(i % 3 + 1) for i in range(MANY)], "category"),
    "repeated ids": ("store_id", [str(i % 6 + 100) for i in range(MANY)], "category"),
    "two months": ("term", [f"{36 if i % 3 else 60} months" for i in range(MANY)], "category"),
    "ranges": ("age", [f"{i % 6 * 10}-{i % 6 * 10 + 9}" for i in range(MANY)], "category"),
    "sizes with units mixed": ("pack", ["5 kg", "300 g", "2 kg"] * 20, "category"),
    "chinese words": ("城市", [["北京", "上海", "广州"][i % 3] for i in range(MANY)], "category"),
    "one word only": ("land", ["CH"] * MANY, "category"),
    "nothing": ("empty", [""] * MANY, "category"),
    # dates
    "iso days": ("date", [f"2024-01-{i % 28 + 1:02d}" for i in range(MANY)], "date"),
    "iso moments": ("at", [f"2024-01-{i % 28 + 1:02d}T10:{i % 60:02d}:00Z" for i in range(MANY)], "date"),
    "european days": ("tag", [f"{i % 28 + 1:02d}.03.2023" for i in range(MANY)], "date"),
    "american days": ("day", [f"3/{i % 28 + 1}/2023" for i in range(MANY)], "date"),
    "months in words": ("day", [f"{i % 28 + 1} Mar 2023" for i in range(MANY)], "date"),
    "chinese days": ("日期", [f"2023年3月{i % 28 + 1}日" for i in range(MANY)], "date"),
    "eight digits": ("day", [f"202403{i % 28 + 1:02d}" for i in range(MANY)], "date"),
    "seconds since 1970": ("created_at", [str(1_700_000_000 + i * 5000) for i in range(MANY)], "date"),
    "half past": ("start", [f"{i % 24:02d}:30" for i in range(MANY)], "date"),
    # texts
    "sentences": ("review", [SENTENCE.format(i) for i in range(MANY)], "text"),
    "chinese sentences": ("评论", [f"这家店的服务很好，我第{i}次来了" for i in range(MANY)], "text"),
    # identifiers
    "row numbers": ("Unnamed: 0", [str(i) for i in range(MANY)], "identifier"),
    "counter without a name": ("n", [str(i + 1) for i in range(MANY)], "identifier"),
    "customer numbers": ("CustomerId", [str(15_000_000 + i * 7919 % 99_991) for i in range(MANY)], "identifier"),
    "codes": ("customerID", [f"{i * 7919 % 9999:04d}-ABCDE" for i in range(MANY)], "identifier"),
    "codes without a name": ("c", [f"X{i * 7919 % 99_991:05d}" for i in range(MANY)], "identifier"),
    "uuids": ("key", [f"{i:08x}-0000-4000-8000-{i:012x}" for i in range(MANY)], "identifier"),
    "e-mails": ("contact", [f"person{i}@example.com" for i in range(MANY)], "identifier"),
    "people": ("name", [f"Person Number{i}, Mr" for i in range(MANY)], "identifier"),
}  # fmt: skip


@pytest.mark.parametrize("case", KINDS)
def test_a_column_is_taken_for_its_kind_with_a_reason(case: str) -> None:
    name, texts, kind = KINDS[case]
    facts = column_facts(name, texts)
    assert facts.kind == kind, str(facts.reason)
    assert str(facts.reason).endswith(".")
    assert 0 < facts.confidence <= 1


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["1.5", "2", "-3e2"], [1.5, 2, -300]),
        (["1,234", "2,345,678", "12"], [1234, 2345678, 12]),
        (["1.234,50", "99,10", "7"], [1234.5, 99.1, 7]),
        (["1,5", "22,75", "3"], [1.5, 22.75, 3]),
        (["0,123", "0,456"], [0.123, 0.456]),
        (["1 234,5", "987,1"], [1234.5, 987.1]),
        (["1\u00a0234", "987"], [1234, 987]),
        (["1'234.50", "12.00"], [1234.5, 12]),
        (["12,34,567", "1,23,456"], [1234567, 123456]),
        (["$1,200.50", "$3", "-$7"], [1200.5, 3, -7]),
        (["1.200,50 €", "3,00 €"], [1200.5, 3]),
        (["USD 12", "USD 13"], [12, 13]),
        (["12%", "13.5%", "9"], [12, 13.5, 9]),
        (["(12)", "13", "($5)"], [-12, 13, -5]),
        (["12 kg", "13kg", "14 KG"], [12, 13, 14]),
        (["\u22125", "6"], [-5, 6]),
        (["n/a", "5", "?", "-"], [math.nan, 5, math.nan, math.nan]),
        (["1.234", "2.345"], [1.234, 2.345]),
        (["1.234.567", "2.345"], [1234567, 2345]),
    ],
)
def test_numbers_are_read_as_they_are_meant(texts: list[str], numbers: list[float]) -> None:
    parse = SHELF["number"].reading(texts)
    assert read_values(texts, parse).tolist() == pytest.approx(numbers, nan_ok=True)


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["1970-01-02", "1970-01-03 12:00"], [1, 2.5]),
        (["1970-01-02T00:00:00Z", "1970-01-02T00:00:00+01:00"], [1, 1 - 1 / 24]),
        (["13/01/1970", "02/01/1970"], [12, 1]),
        (["01/13/1970", "01/02/1970"], [12, 1]),
        (["13.01.1970", "02.01.1970"], [12, 1]),
        (["13-Jan-70", "02-Jan-70"], [12, 1]),
        (["January 2, 1970", "March 1, 1970"], [1, 59]),
        (["1970/01/02 06:00", "1970/01/03 18:00"], [1.25, 2.75]),
        (["01/13/1970 6:00 PM", "01/02/1970 6:00 AM"], [12.75, 1.25]),
        (["1970-01", "1970-02"], [0, 31]),
        (["1970年1月2日", "1970年2月1日"], [1, 31]),
        (["19700102", "19700201", "19700301"], [1, 31, 59]),
        (["1970-01-02", "?", ""], [1, math.nan, math.nan]),
    ],
)
def test_dates_are_read_as_they_are_meant(texts: list[str], days: list[float]) -> None:
    parse = SHELF["date"].reading(texts)
    assert read_values(texts, parse).tolist() == pytest.approx(days, nan_ok=True)


def test_day_and_month_are_told_apart_by_the_order_of_rows() -> None:
    day_first = [f"{day:02d}/{month:02d}/2023" for month in range(1, 13) for day in range(1, 13)]
    assert SHELF["date"].reading(day_first)["format"] == "%d/%m/%Y"
    month_first = [f"{month:02d}/{day:02d}/2023" for month in range(1, 13) for day in range(1, 13)]
    assert SHELF["date"].reading(month_first)["format"] == "%m/%d/%Y"
    assert "other way round" in str(column_facts("d", day_first).reason)


def test_unreadable_texts_of_a_number_column_count_as_missing_and_are_named() -> None:
    facts = column_facts("age", ["", "n/a", "?", "?", *[str(i) for i in range(40)]])
    assert (facts.kind, facts.missing, facts.distinct) == ("number", 4, 42)
    assert facts.summary["unreadable"] == [["?", 2], ["n/a", 1]]
    assert "“?”" in str(facts.reason)


@pytest.mark.parametrize(("kind", "count"), [("number", "3 of 3"), ("date", "3 values")])
def test_texts_that_do_not_fit_the_kind_are_told_with_an_example(kind: str, count: str) -> None:
    with pytest.raises(DataError) as caught:
        SHELF[kind].reading(["red", "green", "blue"])
    assert count in str(caught.value.what)
    assert "“red”" in str(caught.value.what)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("customerId", {"customer", "id"}),
        ("MSSubClass", {"ms", "sub", "class"}),
        ("home.dest", {"home", "dest"}),
        ("ZIP_code", {"zip", "code"}),
        ("客户编号", {"客户编号"}),
    ],
)
def test_a_name_is_split_into_words(name: str, words: set[str]) -> None:
    assert ColumnText.of(name, []).name_words == words
