"""What is known of items and persons: found by key, told with counts, and turned into numbers."""

from pathlib import Path

import numpy as np
import pandas
import pytest

from core import datasets, prepare, recommending, roles
from core.errors import DataError
from core.goal import Goal
from core.tastes import facts
from core.tastes.prepared import read_events
from core.templates import SHELF, default_for, suiting
from tests.core.tastes.tables import taken

NAMES = ["1", "2", "3", "4"]
KINDS = {"film": "identifier", "year": "number", "genre": "category", "about": "text"}


def films(**more: list[str]) -> pandas.DataFrame:
    columns = {
        "film": ["2.0", " 1", "3", "9"],
        "year": ["1990", "2000", "", "2010"],
        "genre": ["sea", "hills", "Sea", "hills"],
        "about": ["a blue boat", "snow, and a rope", "a boat", "snow"],
    }
    return pandas.DataFrame({**columns, **more}, dtype=str)


def texts(notes) -> str:
    return " ".join(str(note) for note in notes)


def test_facts_are_joined_by_key_and_become_numbers():
    found = facts.joined(films(), KINDS, "item", NAMES)
    assert found.names == ("year", "genre", "about")
    assert found.numbers.shape == (5, found.width)
    assert not found.numbers[[0, 4]].any()  # no item, and one of which nothing is known
    year, there = found.numbers[:, 0], found.numbers[:, 1]
    assert year[1] > year[2]
    assert there.tolist() == [0, 1, 1, 0, 0]
    values = {part["column"]: part["values"] for part in found.recipe if "values" in part}
    assert values == {"genre": ["sea"], "about": ["a", "boat"]}
    assert found.numbers[2, 2] == found.numbers[3, 2] == 1  # whatever the capitals


def test_what_lacks_or_comes_again_is_told_with_counts():
    table = pandas.concat([films(), films()[:1], films(film=["", "", "", ""])[:2]])
    found = facts.joined(table, KINDS, "item", NAMES)
    told = texts(found.notes)
    assert "2 rows of the facts about “item” name nothing" in told
    assert "1 rows of the facts about “item” name something again" in told
    assert "Nothing is known about 1 of 4 in “item”, such as “4”" in told


def test_items_that_nobody_had_come_behind_the_others():
    found = facts.joined(films(), KINDS, "item", NAMES, fresh=True)
    assert found.fresh == ("9",)
    assert found.numbers.shape[0] == 6
    assert found.numbers[5].any()
    assert "1 items stand in the table of facts that nobody had yet" in texts(found.notes)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (films(film=["a", "b", "c", "d"]), "No column of the table of facts holds what “item” does"),
        (films()[["film"]], "tells anything"),
        (films(year=["1"] * 4, genre=["x"] * 4, about=["one", "two", "three", "four"]), "tells anything"),
    ],
)
def test_a_table_that_does_not_fit_is_two_sentences(table: pandas.DataFrame, says: str):
    with pytest.raises(DataError, match=says) as error:
        facts.joined(table, KINDS, "item", NAMES)
    assert str(error.value.fix).endswith(".")


def test_what_a_file_does_not_tell_counts_as_empty():
    found = facts.joined(films(), KINDS, "item", NAMES)
    assert recommending.described(found.recipe, {"year": ["", "1990"]}).shape == (2, found.width)
    assert not recommending.described(found.recipe, {"genre": ["unheard of"]}).any()


def test_columns_beside_the_events_that_never_differ_are_facts(tmp_path: Path):
    table = taken(persons=40)
    number = table["item"].str[1:].astype(int)
    table = table.assign(title="film " + (number // 3).astype(str), device="phone")
    table["town"] = table["user"].map(lambda name: ["Bern", "Chur"][int(name[1:]) // 2 % 2])
    table["mood"] = [f"m{n % 7}" for n in range(len(table))]
    path = tmp_path / "taken.csv"
    table.to_csv(path, index=False)
    data = datasets.add(path)
    profile = datasets.profile(data.id)
    goal = roles.recommending(profile, Goal("item", "recommend", (), profile.kinds))
    prepared = prepare.prepare(data.id, goal)
    known = prepared.facts["tastes"]["described"]
    assert "title" in known["items"]
    assert "town" in known["persons"]
    assert not {"mood", "device"} & {*known["items"], *known["persons"]}
    assert default_for(prepared.facts) == "next_items"  # nobody has asked for facts
    assert "two_towers_of_tastes" in suiting(prepared.facts)
    graph = SHELF["two_towers_of_tastes"].graph(prepared.facts, {})
    assert {layer.kind for layer in graph.layers} >= {"item_tower", "repeat_vector", "add"}
    inputs, _ = prepared.arrays("train")
    events, _ = read_events(prepared.folder)
    assert np.asarray(inputs["person_facts"]).shape[1] == prepared.facts["tastes"]["person_facts"]
    assert len(events.items) == 24
