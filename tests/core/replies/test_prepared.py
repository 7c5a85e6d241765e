"""Pairs of questions and answers are divided so that the test asks anew, and bad pairs are told in two sentences."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core import home, prepare, recipes
from core.errors import DataError
from core.goal import Goal, Split
from core.replies import ANSWERS, divided

KINDS = {"question": "text", "answer": "text", "detail": "text"}


def goal(**more) -> Goal:
    return Goal("answer", "best_answer", ("question",), KINDS, **more)


def table(count: int = 60) -> pd.DataFrame:
    """Each question stands twice, with other capitals and spaces; four questions share an answer."""
    rows = [
        {"question": text, "answer": f"Answer number {number // 4}.", "detail": "so"}
        for number in range(count)
        for text in (f"What about thing {number}?", f"  what ABOUT thing  {number}? ")
    ]
    return pd.DataFrame(rows, dtype=str)


def test_the_same_question_is_never_on_two_sides_but_its_answer_may_be():
    rows = table()
    sides, left_out = divided(rows, goal())
    asked = {side: {" ".join(rows.question[row].lower().split()) for row in sides[side]} for side in sides}
    assert not asked["train"] & asked["test"]
    assert not asked["train"] & asked["validation"]
    assert not asked["validation"] & asked["test"]
    assert {rows.answer[row] for row in sides["test"]} & {rows.answer[row] for row in sides["train"]}
    assert left_out == 0
    assert sum(map(len, sides.values())) == len(rows)


def test_rows_without_a_question_or_an_answer_are_left_out():
    rows = table()
    rows.loc[0, "question"] = " \t"
    rows.loc[5, "answer"] = ""
    sides, left_out = divided(rows, goal())
    assert left_out == 2
    assert not {0, 5} & {int(row) for side in sides.values() for row in side}


def test_a_column_may_say_which_rows_test():
    rows = table()
    rows["split"] = np.where(np.arange(len(rows)) % 4 < 2, "test", "train")
    sides, _ = divided(rows, goal(split=Split(by="given", column="split")))
    assert set(sides["test"]) == set(np.flatnonzero(rows["split"] == "test"))
    asked = {side: {" ".join(rows.question[row].lower().split()) for row in sides[side]} for side in sides}
    assert len(sides["validation"])
    assert not asked["validation"] & (asked["train"] | asked["test"])


def test_all_answers_of_the_table_are_candidates_each_once(tmp_path: Path):
    rows = table()
    rows.loc[1, "answer"] = "answer   NUMBER 0."
    prepare.make(rows, goal(), tmp_path)
    listed = home.read_json(tmp_path / ANSWERS)
    assert listed["answers"] == [f"Answer number {number}." for number in range(15)]
    assert listed["row_answers"][:2] == [0, 0]
    made = home.read_json(tmp_path / "recipes.json")
    facts = home.read_json(tmp_path / "facts.json")
    assert facts["answers"] == made["target"]["answers"] == 15
    views = {name: part["view"] for name, part in made["inputs"].items()}
    assert sorted(views.values()) == ["question", "reply"]
    truth = np.load(tmp_path / "train_y.npy")
    rows_of = np.load(tmp_path / "split.npz")["train"]
    assert truth.tolist() == [listed["row_answers"][row] for row in rows_of]
    name = next(name for name, view in views.items() if view == "question")
    encoded = recipes.encode(made, {c: rows[c].iloc[rows_of].tolist() for c in ("question", "answer")})
    assert (np.load(tmp_path / f"train_{name}.npy") == encoded[name]).all()


def test_several_columns_may_hold_the_question(tmp_path: Path):
    prepare.make(table(), Goal("answer", "best_answer", ("question", "detail"), KINDS), tmp_path)
    made = home.read_json(tmp_path / "recipes.json")
    assert [part["view"] for part in made["inputs"].values()].count("question") == 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (table(1), "Only 2 rows have an answer"),
        (table().assign(answer="The same."), "All questions have the same answer"),
        (table().assign(question=""), "Only 0 rows"),
        (table().drop(columns="question"), "no column “question”"),
    ],
)
def test_what_nothing_can_be_learned_from_is_said(rows: pd.DataFrame, said: str, tmp_path: Path):
    with pytest.raises(DataError) as caught:
        prepare.make(rows, goal(), tmp_path)
    assert said in str(caught.value.what)
    assert str(caught.value.fix)


def test_odd_texts_are_read(tmp_path: Path):
    rows = table()
    odd = ["😀", "ß", "العربية", "一" * 3_000, "x" * 1_000_000, "<b>&</b>\0", "a\nb", "你好 hello", "-", "0"]
    rows.loc[: len(odd) - 1, "question"] = odd
    rows.loc[20 : 19 + len(odd), "answer"] = odd
    prepare.make(rows, goal(), tmp_path)
    assert home.read_json(tmp_path / "facts.json")["rows"]["left_out"] == 0
