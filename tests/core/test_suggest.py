"""A click on a target: the task, the first inputs, and a word on every column that stays out."""

import pytest
from pandas import DataFrame

from core.errors import DataError
from core.profile import column_facts, profile
from core.suggest import nothing_said, suggest, tasks_for
from core.tasks import best_answer
from tests.core.tables import customers


def table(rows: int = 120) -> DataFrame:
    made = customers(rows, gaps=False)
    made.insert(0, "customer id", [f"C-{row:05d}" for row in range(rows)])
    made["country"] = "DE"
    made["empty"] = ""
    made["story"] = [
        f"Customer {row} called us {row % 7} times and told a long story, number {row}."
        for row in range(rows)
    ]
    return made


@pytest.mark.parametrize(
    ("target", "tasks"),
    [
        ("left", ("yes_no",)),
        ("size", ("ordered", "one_of_many")),
        ("price", ("amount", "amount_range", "forecast")),
    ],
)
def test_the_task_follows_from_the_target(target: str, tasks: tuple[str, ...]):
    found = suggest(profile(table()), target)
    assert found.tasks == tasks
    assert found.goal.task == tasks[0]
    assert target not in found.goal.inputs


def test_a_number_with_few_values_is_an_amount_first_and_may_be_a_choice():
    made = table()
    made["stars"] = [str(row % 5) for row in range(len(made))]
    assert suggest(profile(made), "stars").tasks == (
        "amount",
        "count",
        "amount_range",
        "ordered",
        "one_of_many",
        "forecast",
    )
    made["visits"] = [str(row % 10 * (row % 3)) for row in range(len(made))]
    assert suggest(profile(made), "visits").tasks[0] == "count"


def test_columns_that_cannot_help_stay_out_each_with_a_reason():
    found = suggest(profile(table()), "left")
    assert found.goal.inputs == ("age", "plan", "since", "price", "size", "story")
    reasons = {left.column: str(left.reason) for left in found.left_out}
    assert set(reasons) == {"customer id", "country", "empty"}
    assert reasons["country"] == "It says “DE” in all rows."
    assert reasons["empty"] == "It is empty."
    assert all(reason.endswith(".") for reason in reasons.values())


def test_a_column_of_texts_can_be_written_on_and_needs_no_other_column():
    found = suggest(profile(table()), "story")
    assert found.tasks == ("next_token",)
    assert found.goal.inputs == ()
    assert found.goal.columns == ["story"]


def test_what_the_user_says_about_kinds_counts():
    found = suggest(profile(table()), "left", {"customer id": "category", "age": "identifier"})
    assert "customer id" in found.goal.inputs
    assert "age" not in found.goal.inputs
    assert found.goal.kinds["age"] == "identifier"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("country", "says “DE” in all 120 rows"),
        ("empty", "is empty"),
        ("customer id", "cannot be predicted yet"),
        ("since", "cannot be predicted yet"),
        ("nobody", "no column “nobody”"),
    ],
)
def test_a_target_that_cannot_work_is_refused_in_two_sentences(target: str, words: str):
    with pytest.raises(DataError, match=words) as caught:
        suggest(profile(table()), target)
    assert str(caught.value.fix).endswith(".")


def test_a_column_that_divides_the_rows_is_no_input():
    table = DataFrame(
        {
            "split": ["train", "test"] * 20,
            "size": [str(n % 7) for n in range(40)],
            "left": ["yes", "no", "no", "yes"] * 10,
        }
    )
    found = suggest(profile(table), "left")
    assert found.goal.inputs == ("size",)
    assert [left.column for left in found.left_out] == ["split"]


@pytest.mark.parametrize(
    ("columns", "pictures", "says"),
    [(["picture"], ["picture"], True), (["picture", "label"], ["picture"], False), (["price"], [], False)],
)
def test_pictures_of_one_kind_alone_are_told_that_nothing_says_what_they_show(
    columns: list[str], pictures: list[str], says: bool
):
    found = nothing_said(columns, {"pictures": pictures})
    assert (found is not None) is says
    if found is not None:
        assert str(found.what).endswith(".")
        assert str(found.fix).endswith(".")


def test_digits_that_are_names_have_no_order():
    facts = column_facts("picture of", [str(digit) for digit in range(10)] * 30, "category")
    assert tasks_for(facts)[:2] == ("one_of_many", "ordered")
    grades = column_facts("grade", ["low", "medium", "high"] * 30, "category")
    assert tasks_for(grades)[0] == "ordered"


def pairs(rows: int = 60) -> DataFrame:
    return DataFrame({
        "topic": [f"topic {row % 4}" for row in range(rows)],
        "question": [f"Where is thing number {row} kept, please?" for row in range(rows)],
        "remark": [f"Somebody wrote a longer remark, number {row}, about it." for row in range(rows)],
        "answer": [f"Thing number {row} is kept on shelf {row % 9}, at the left." for row in range(rows)],
    })  # fmt: skip


def test_answers_beside_questions_ask_for_the_best_answer():
    found = suggest(profile(pairs()), "answer")
    assert found.goal.task == found.tasks[0] == "best_answer"
    assert found.goal.inputs == ("question",)


@pytest.mark.parametrize(
    "names", [("问题", "答案"), ("Customer asks (query)", "Our reply"), ("Frage", "Antwort")]
)
def test_columns_are_known_by_their_names_in_several_languages(names: tuple[str, str]):
    made = pairs().rename(columns={"question": names[0], "answer": names[1]})
    assert suggest(profile(made), names[1]).goal.inputs == (names[0],)


def test_short_questions_and_answers_are_texts_too_where_they_are_called_so():
    made = DataFrame(
        {"question": [f"q {row}" for row in range(60)], "answer": [f"a{row}" for row in range(60)]}
    )
    assert suggest(profile(made), "answer").goal.task == "best_answer"


def test_a_text_without_another_text_beside_it_answers_no_questions():
    kinds, distinct = {"topic": "category", "remark": "text"}, {"topic": 4, "remark": 60}
    assert best_answer.fits(kinds, distinct, "remark") == ()


def test_few_answers_of_a_word_each_are_classes():
    made = pairs()
    made["answer"] = ["yes" if row % 3 else "no" for row in range(len(made))]
    assert "best_answer" not in suggest(profile(made), "answer").tasks
