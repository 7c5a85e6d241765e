"""What a terminal asks where items are recommended: which columns play a role, and whom a file is about."""

from argparse import ArgumentParser
from pathlib import Path

import numpy as np
import pandas
import pytest

from core import datasets
from core.answer import Model
from core.errors import UserError
from core.goal import Goal, Tastes
from core.terminal import _persons, _question
from tests.core.tastes.tables import taken


def asked(table: pandas.DataFrame, folder: Path, *words: str) -> tuple[Goal, str]:
    table.to_csv(folder / "taken.csv", index=False)
    parser, told = ArgumentParser(), []
    _question.arguments(parser)
    args = parser.parse_args(["--task", "recommend", *words])
    goal = _question.goal(
        datasets.add(folder / "taken.csv").id, args, 3, lambda share, text: told.append(str(text))
    )
    return goal, " ".join(told)


def test_roles_are_found_and_told_with_reasons(tmp_path: Path):
    goal, told = asked(taken(), tmp_path)
    assert goal.tastes == Tastes("user", "item", "time", "rating")
    assert "Person: column “user”. It names 30 different ones" in told
    assert "Time: column “time”" in told


def test_another_column_that_could_be_the_item_is_told(tmp_path: Path):
    table = taken()
    _, told = asked(table.assign(product="p" + table["item"]), tmp_path)
    assert "If that is another one, name it with --item: " in told


def test_roles_may_be_named_whatever_the_capitals_and_spaces(tmp_path: Path):
    goal, told = asked(taken(), tmp_path, "--person", " USER", "--item", "Item", "--rating", "")
    assert goal.tastes == Tastes("user", "item", "time", "")
    assert "Person:" not in told


@pytest.mark.parametrize(
    ("columns", "words", "what", "fix"),
    [
        (["user", "time"], (), "what is to be recommended", "Add --item"),
        (["user", "item"], ("--item", "film"), "no column “film”", "user, item"),
        (["user", "item"], ("--person", "who"), "no column “who”", "user, item"),
        (["item", "time"], ("--item", "item"), "names persons", "Add --person"),
        (["user", "item"], ("--split", "time"), "order of these rows", "--time"),
    ],
)
def test_what_is_not_there_is_said(tmp_path: Path, columns: list[str], words: tuple[str, ...], what: str, fix: str):  # fmt: skip
    with pytest.raises(UserError) as error:
        asked(taken()[columns], tmp_path, *words)
    assert what in str(error.value.what)
    assert fix in str(error.value.fix)


class Known(Model):
    """A model that knows some persons by name."""

    @property
    def columns(self) -> tuple[str, ...]:
        return ("user",)


@pytest.fixture
def model() -> Model:
    names = {f"{number}": number for number in range(1, 9)}
    return Known(
        {"target": {"person": "user", "column": "item"}}, None, (), tastes={"place": names, "plain": names}
    )


@pytest.mark.parametrize(
    ("table", "named", "column"),
    [
        ({"user": ["1"], "age": ["3"]}, "", "user"),
        ({" User ": ["1"], "age": ["3"]}, "", " User "),
        ({"who": ["99"]}, "", "who"),
        ({"who": ["1", "2.0"], "city": ["Bern", "Chur"]}, "", "who"),
        ({"who": ["1"], "city": ["1"]}, "CITY", "city"),
    ],
)
def test_the_column_of_persons_is_found_in_a_file_of_others(model: Model, table, named: str, column: str):
    assert _persons.who(model, pandas.DataFrame(table), named)[0] == column


@pytest.mark.parametrize("named", ["", "whom"])
def test_where_it_is_not_plain_who_the_persons_are_it_is_asked(model: Model, named: str):
    with pytest.raises(UserError) as error:
        _persons.who(model, pandas.DataFrame({"who": ["1"], "city": ["1"]}), named)
    assert str(error.value.fix) == "Name the column of persons with --person: who, city."
    assert np.char.count(str(error.value.what), "“") == 1
