"""Preparation: fitted on training rows only, the same for everybody, whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import datasets, encoding, home, prepare, recipes
from core.errors import DataError
from core.goal import Split
from core.words import Sentence
from tests.core.tables import KINDS, customers, goal

GOALS = [goal("left", "yes_no"), goal("size", "one_of_many"), goal("price", "amount")]


@pytest.fixture
def data(tmp_path: Path) -> str:
    customers().to_csv(tmp_path / "customers.csv", index=False)
    return datasets.add(tmp_path / "customers.csv").id


@pytest.mark.parametrize("asked", GOALS, ids=lambda g: g.task)
def test_what_is_prepared_fits_together(data: str, asked):
    made = prepare.prepare(data, asked)
    for side in ("train", "validation"):
        inputs, truth = made.arrays(side)
        assert len(truth) == made.facts["rows"][side] == len(made.rows(side))
        for name, entry in made.facts["inputs"].items():
            assert inputs[name].shape == (len(truth), *entry["shape"])
            assert str(inputs[name].dtype) == entry["dtype"]
            assert np.isfinite(inputs[name]).all()
    assert made.facts["rows"]["left_out"] == 1
    assert sum(made.facts["rows"].values()) == 200
    assert made.facts["data"] == data


def test_the_arrays_are_what_the_recipes_make_of_the_rows(data: str):
    made = prepare.prepare(data, goal())
    table = datasets.table(data)
    rows = table.iloc[made.rows("train")]
    expected = recipes.encode(made.recipes, {name: list(rows[name]) for name in rows})
    faster = encoding.encode(made.recipes, rows)
    inputs, _ = made.arrays("train")
    for name in expected:
        assert np.array_equal(inputs[name], expected[name])
        assert np.array_equal(faster[name], expected[name])


def test_recipes_never_see_validation_or_test_rows(tmp_path: Path):
    table, asked = customers(), goal()
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    prepare.make(table, asked, tmp_path / "a")
    apart = np.load(tmp_path / "a" / "split.npz")
    for side in ("validation", "test"):
        table.loc[apart[side], "age"] = "1000000"
        table.loc[apart[side], "plan"] = "never heard of"
    prepare.make(table, asked, tmp_path / "b")
    first, second = (home.read_json(tmp_path / name / "recipes.json") for name in "ab")
    assert first == second


def test_categories_share_one_table_without_overlap(data: str):
    made = prepare.prepare(data, replace(goal("price", "amount"), inputs=("plan", "left", "size")))
    starts = [(c["start"], 1 + len(c["features"][0]["values"])) for c in made.recipes["columns"]]
    assert [start for start, _ in starts] == np.cumsum([0, *(size for _, size in starts[:-1])]).tolist()
    assert made.recipes["inputs"]["categories"]["vocabulary"] == sum(size for _, size in starts)
    assert made.arrays("train")[0]["categories"].max() < sum(size for _, size in starts)
    assert "numbers" not in made.recipes["inputs"]


def test_without_categories_there_is_no_such_input(data: str):
    made = prepare.prepare(data, replace(goal(), inputs=("age",)))
    assert list(made.recipes["inputs"]) == ["numbers"]


def test_by_time_no_training_row_is_later_than_a_test_row(data: str):
    made = prepare.prepare(data, goal(by="time", time_column="since"))
    since = datasets.table(data, ["since"])["since"]
    assert since.iloc[made.rows("train")].max() <= since.iloc[made.rows("test")].min()


@pytest.mark.parametrize(("by", "more_of_it"), [("time", 0), ("chance", 1)])
def test_by_time_what_lies_beyond_all_that_was_learned_counts_as_the_outermost(
    tmp_path: Path, by: str, more_of_it: int
):
    asked = goal(by=by, time_column="since" if by == "time" else "")
    prepare.make(customers(1_000), asked, tmp_path)
    made = home.read_json(tmp_path / "recipes.json")
    row = {"plan": ["gold"], "since": ["2020-06-01"]}
    old, older = (recipes.encode(made, {**row, "age": [age]})["numbers"] for age in ("79", "90"))
    assert (older > old).any() == bool(more_of_it)  # nobody is older than 79


def test_a_day_later_than_all_that_was_learned_counts_as_the_latest(data: str):
    made = prepare.prepare(data, goal(by="time", time_column="since")).recipes
    since = datasets.table(data, ["since"])["since"]
    row = {"plan": ["gold"], "age": ["40"]}
    late, later = (
        recipes.encode(made, {**row, "since": [day]})["numbers"]
        for day in (f"{since.max()[:4]}-12-31", "2099-12-31")
    )
    years = {f["part"]: f["high"] for column in made["columns"] if column["kind"] == "date"
             for f in column["features"] if f["make"] == "scale"}  # fmt: skip
    assert years["year"] <= float(since.max()[:4])
    # The time of the year still counts: only how late it is does not.
    assert np.count_nonzero(late != later) <= 2


def test_a_class_that_never_trained_is_left_out_and_counted(tmp_path: Path):
    table = customers(100, gaps=False).sort_values("since", ignore_index=True)
    table.loc[95:, "size"] = "huge"
    prepare.make(table, goal("size", "one_of_many", by="time", time_column="since"), tmp_path)
    facts = home.read_json(tmp_path / "facts.json")
    assert facts["rows"]["left_out"] == 5
    assert "huge" not in facts["classes"]


def test_the_same_question_is_prepared_only_once(data: str):
    told: list[Sentence] = []
    first = prepare.prepare(data, goal(), lambda share, text: told.append(text))
    before = len(told)
    second = prepare.prepare(data, goal(), lambda share, text: told.append(text))
    assert (first.id, len(told)) == (second.id, before)
    assert before > 3


@pytest.mark.parametrize(
    "changed", [goal(seed=2), goal("size", "one_of_many"), replace(goal(), inputs=("age",))]
)
def test_another_question_is_another_folder(data: str, changed):
    assert prepare.prepare(data, changed).id != prepare.prepare(data, goal()).id


def test_many_at_once_make_one_whole_folder_and_leave_nothing_behind(data: str):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: prepare.prepare(data, goal()), range(4)))
    assert len({prepared.id for prepared in made}) == 1
    assert [path.name for path in home.folder("prepared").iterdir()] == [made[0].id]


def test_a_failure_half_way_leaves_nothing_behind(data: str):
    with pytest.raises(DataError):
        prepare.prepare(data, replace(goal(), kinds={**KINDS, "plan": "number"}))
    assert list(home.folder("prepared").iterdir()) == []


def test_what_was_deleted_is_said():
    with pytest.raises(DataError, match="not there any more"):
        prepare.load("0123456789abcdef")
    with pytest.raises(DataError):
        prepare.load("../data")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (replace(goal(), inputs=()), "No column is chosen"),
        (replace(goal(), inputs=("age", "left")), "both the target and an input"),
        (replace(goal(), inputs=("agee",)), "no column “agee”"),
        (replace(goal(), target="nobody"), "no column “nobody”"),
        (replace(goal(), kinds={**KINDS, "plan": "identifier"}), "cannot be used yet"),
        (replace(goal(), target="size"), "needs two different answers"),
        (replace(goal(), split=Split(by="time")), "no date column is named"),
        (
            replace(
                goal("size", "amount"),
            ),
            "not numbers",
        ),
    ],
)
def test_what_cannot_be_prepared_is_said_in_two_sentences(asked, words: str, tmp_path: Path):
    with pytest.raises(DataError, match=words) as caught:
        prepare.make(customers(), asked, tmp_path)
    assert str(caught.value.fix).endswith(".")


@pytest.mark.parametrize("rows", [0, 1, 2, 6])
def test_a_handful_of_rows_is_refused(rows: int, tmp_path: Path):
    with pytest.raises(DataError, match="Only"):
        prepare.make(customers(200, gaps=False).head(rows), goal("size", "one_of_many"), tmp_path)


@pytest.mark.parametrize("asked", GOALS, ids=lambda g: g.task)
def test_ten_rows_are_enough_to_begin(asked, tmp_path: Path):
    table = customers(12, seed=3, gaps=False)
    table["left"] = ["Yes", "No"] * 6
    prepare.make(table, asked, tmp_path)
    assert home.read_json(tmp_path / "facts.json")["rows"]["train"] >= 7
