"""Who did what is found by the columns' names and what they hold, and said with reasons."""

from pathlib import Path

import pandas
import pytest

from core import datasets, roles, suggest
from core.errors import DataError
from core.goal import Goal, Tastes
from core.profile import Profile
from tests.core.tastes.tables import taken


def facts_of(table: pandas.DataFrame, folder: Path) -> Profile:
    path = folder / "table.csv"
    table.to_csv(path, index=False)
    return datasets.profile(datasets.add(path).id)


def test_a_table_of_who_had_what_leads_to_recommending(tmp_path: Path):
    facts = facts_of(taken(), tmp_path)
    found = suggest.suggest(facts, "item")
    assert found.tasks[0] == "recommend"
    assert found.goal.tastes == Tastes("user", "item", "time", "rating")
    assert (found.goal.split.by, found.goal.inputs) == ("last", ("user",))
    assert Goal.from_json(found.goal.to_json()) == found.goal
    assert roles.likeliest_item(facts) == "item"


def test_without_times_one_of_each_is_kept_apart_by_chance(tmp_path: Path):
    facts = facts_of(taken()[["user", "item"]], tmp_path)
    goal = suggest.suggest(facts, "item").goal
    assert (goal.tastes.time, goal.split.by) == ("", "chance")
    assert "kept apart by chance" in str(roles.why_role(facts, goal.tastes, "time"))
    assert "30 different ones" in str(roles.why_role(facts, goal.tastes, "person"))


def test_times_written_in_several_ways_are_times_all_the_same(tmp_path: Path):
    table = taken(persons=40)
    table["time"] = [
        f"2024-01-{1 + n % 28:02d}" if n % 3 else f"{1 + n % 28}.02.2024" for n in range(len(table))
    ]
    facts = facts_of(table, tmp_path)
    assert facts.kinds["time"] == "category"
    assert suggest.suggest(facts, "item").goal.tastes == Tastes("user", "item", "time", "rating")
    assert "time" in roles.columns_for(facts, "time")


def test_a_table_about_other_things_is_left_alone(tmp_path: Path):
    table = pandas.DataFrame(
        {
            "age": range(20, 80),
            "city": ["Bern", "Basel", "Chur"] * 20,
            "customer_id": range(60),
            "left": ["yes", "no"] * 30,
        }
    )
    facts = facts_of(table, tmp_path)
    assert roles.likeliest_item(facts) == ""
    for name in ("age", "city", "left"):
        assert "recommend" not in suggest.suggest(facts, name).tasks
    with pytest.raises(DataError, match="names persons who come more than once") as error:
        roles.recommending(
            facts_of(table[["age", "customer_id"]], tmp_path), Goal("age", "recommend", (), {})
        )
    assert "one row for each time" in str(error.value.fix)


def test_columns_that_somebody_names_are_taken(tmp_path: Path):
    table = taken().rename(columns={"user": "a", "item": "b", "time": "c", "rating": "d"})
    facts = facts_of(table, tmp_path)
    goal = Goal("b", "recommend", (), facts.kinds)
    asked = roles.given(facts, "b", {"person": "a", "time": "c", "rating": ""}, 0.0)
    assert roles.recommending(facts, goal, asked).tastes == Tastes("a", "b", "c", "")
