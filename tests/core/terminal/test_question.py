"""What a terminal asks of a table in time: how it is divided, and which next values are wanted."""

from argparse import ArgumentParser
from pathlib import Path

import pytest

from core import datasets
from core.errors import UserError
from core.goal import Forecast, Goal
from core.terminal import _question
from tests.core.series.tables import shops
from tests.core.tables import customers


@pytest.fixture
def data(tmp_path: Path) -> str:
    shops().to_csv(tmp_path / "shops.csv", index=False)
    return datasets.add(tmp_path / "shops.csv").id


def asked(data: str, *words: str) -> tuple[Goal, list[str]]:
    parser, told = ArgumentParser(), []
    _question.arguments(parser)
    args = parser.parse_args(["--target", "sold", *words])
    return _question.goal(data, args, 3, lambda share, text: told.append(str(text))), told


def test_rows_in_time_are_divided_by_it_and_it_is_said_why(data: str):
    goal, told = asked(data)
    assert (goal.task, goal.split.by, goal.split.time_column, goal.split.seed) == ("amount", "time", "day", 3)
    assert any("the latest ones are kept for the test" in text for text in told)


def test_the_division_by_time_can_be_changed(data: str):
    assert asked(data, "--split", "chance")[0].split.by == "chance"


@pytest.mark.parametrize(
    ("words", "forecast"),
    [
        ((), Forecast("day", ("shop",), 14)),
        (("--ahead", "3"), Forecast("day", ("shop",), 3)),
        (("--series", ""), Forecast("day", (), 14)),
        (("--time", "", "--series", "shop", "--ahead", "2"), Forecast("", ("shop",), 2)),
    ],
)
def test_a_forecast_is_found_in_the_table_or_told(data: str, words: tuple[str, ...], forecast: Forecast):
    goal, _ = asked(data, "--task", "forecast", *words)
    assert (goal.task, goal.forecast, goal.split.by, goal.inputs) == (
        "forecast", forecast, "time", ("price",),
    )  # fmt: skip


@pytest.mark.parametrize("words", [("--ahead", "0"), ("--time", "when"), ("--series", "shop,town")])
def test_what_is_not_there_is_said(data: str, words: tuple[str, ...]):
    with pytest.raises(UserError) as caught:
        asked(data, "--task", "forecast", *words)
    assert str(caught.value.fix).endswith(".")


def test_rows_without_an_order_cannot_be_divided_by_time(tmp_path: Path):
    customers(200).rename(columns={"price": "sold"}).drop(columns="since").to_csv(
        tmp_path / "c.csv", index=False
    )
    with pytest.raises(UserError):
        asked(datasets.add(tmp_path / "c.csv").id, "--split", "time")
