"""Inputs that were told the answer are named, honest ones are not."""

from dataclasses import replace

import numpy as np
import pytest

from core import giveaway
from tests.core.tables import KINDS, customers, goal


def names(table, asked) -> list[str]:
    return [worry.column for worry in giveaway.look_at(table, asked)]


@pytest.mark.parametrize(
    "asked", [goal("left"), goal("size", "one_of_many"), goal("price", "amount")], ids=lambda g: g.task
)
def test_honest_columns_are_not_accused(asked):
    assert names(customers(1_000), asked) == []


@pytest.mark.parametrize("target", ["left", "size"])
def test_the_answer_in_other_words_is_named(target: str):
    table = customers(600, gaps=False)
    table["status"] = table[target].map(lambda text: f"{text}!")
    task = {"left": "yes_no", "size": "one_of_many"}[target]
    asked = replace(goal(target, task, ("age", "status")), kinds={**KINDS, "status": "category"})
    assert names(table, asked) == ["status"]


def test_a_column_that_is_filled_only_afterwards_is_named():
    table = customers(600, gaps=False)
    table["refund"] = np.where(table["left"] == "Yes", table["price"], "")
    asked = replace(goal("left", "yes_no", ("age", "refund")), kinds={**KINDS, "refund": "number"})
    assert names(table, asked) == ["refund"]


def test_parts_of_a_sum_are_named_together():
    table = customers(600, gaps=False)
    random = np.random.RandomState(1)
    casual, members = random.randint(0, 99, 600), random.randint(0, 300, 600)
    table["casual"], table["members"], table["price"] = (
        casual.astype(str),
        members.astype(str),
        (casual + members).astype(str),
    )
    kinds = {**KINDS, "casual": "number", "members": "number"}
    asked = replace(goal("price", "amount", ("age", "plan", "casual", "members")), kinds=kinds)
    first, second = giveaway.look_at(table, asked)
    assert str(first.what) == "“price” can be worked out exactly from members, casual."
    assert (first.column, second.column) == ("members", "casual"), "each is taken out by itself"


def test_a_column_that_only_one_answer_ever_fills_is_named():
    table = customers(600, gaps=False)
    random = np.random.RandomState(1)
    noted = (table["left"] == "Yes") & (random.rand(600) < 0.5)
    table["reason"] = np.where(noted, random.choice(["price", "service"], 600), "")
    table["hobby"] = np.where(random.rand(600) < 0.5, "chess", "")
    asked = replace(
        goal("left", "yes_no", ("age", "reason", "hobby")),
        kinds={**KINDS, "reason": "category", "hobby": "category"},
    )
    (worry,) = giveaway.look_at(table, asked)
    assert str(worry.what).startswith("Where column “reason” is filled, “left” is “Yes”, in ")


def test_a_column_that_is_empty_only_where_the_answer_is_was_written_down_with_it():
    table = customers(600, gaps=False)
    random = np.random.RandomState(1)
    table["landed"] = random.randint(0, 2_400, 600).astype(str)
    table.loc[:49, ["price", "landed"]] = ""
    table.loc[40:80, "age"] = ""
    kinds = {**KINDS, "landed": "number"}
    asked = replace(goal("price", "amount", ("age", "plan", "since", "landed")), kinds=kinds)
    (worry,) = giveaway.look_at(table, asked)
    assert worry.column == "landed"
    assert "in 50 rows" in str(worry.what)


def test_rows_that_are_wholly_empty_accuse_no_column():
    table = customers(600, gaps=False)
    table.loc[:49] = ""
    assert names(table, goal("left")) == []


def test_a_handful_of_rows_accuses_nobody():
    assert names(customers(30, gaps=False), goal("left")) == []
