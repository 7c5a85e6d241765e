"""A helper process answers again and again, and may die."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.asked import Helper
from core.errors import UserError
from core.runs import Run

pytestmark = pytest.mark.heavy
ROW = {"size": ["14.5"], "colour": ["red"], "class": ["a"]}


@pytest.fixture
def helper() -> Iterator[Helper]:
    made = Helper("core.answering")
    yield made
    made.end()


def test_a_row_is_answered_as_by_the_model_itself(helper: Helper, trained: Callable[[str], Run]):
    from core.answer import Model

    run = trained("yes_no")
    said, own = helper.ask({"folder": str(run.folder), "columns": ROW}), Model.open(run).answer(ROW)
    assert said["prediction"] == own["prediction"]
    assert said["probabilities"] == own["probabilities"].tolist()


def test_what_a_user_can_put_right_comes_back_as_two_sentences(helper: Helper, trained: Callable[[str], Run]):
    run = trained("yes_no")
    with pytest.raises(UserError) as caught:
        helper.ask({"folder": "/nowhere", "columns": ROW})
    assert str(caught.value.what)
    assert str(caught.value.fix)
    assert helper.ask({"folder": str(run.folder), "columns": ROW})["prediction"] == ["yes"]


def test_a_killed_helper_is_replaced_at_the_next_question(helper: Helper, trained: Callable[[str], Run]):
    run = trained("yes_no")
    helper.ask({"folder": str(run.folder), "columns": ROW})
    os.kill(helper.process.pid, signal.SIGKILL)
    helper.process.wait()
    assert helper.ask({"folder": str(run.folder), "columns": ROW})["prediction"] == ["yes"]


def test_a_question_that_kills_it_says_so_and_the_next_one_is_answered(
    helper: Helper, trained: Callable[[str], Run]
):
    run = trained("yes_no")
    with pytest.raises(RuntimeError, match="gave no answer"):
        helper.ask({"no": "run"})
    assert helper.ask({"folder": str(run.folder), "columns": ROW})["prediction"] == ["yes"]


def test_many_threads_get_each_their_own_answer(helper: Helper, trained: Callable[[str], Run]):
    run = trained("amount")
    rows = [{"size": [str(size)], "colour": ["red"], "class": ["a"]} for size in range(2, 42)]
    alone = [helper.ask({"folder": str(run.folder), "columns": row}) for row in rows]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda row: helper.ask({"folder": str(run.folder), "columns": row}), rows))
    assert together == alone


def test_it_ends_with_whoever_asks(helper: Helper):
    helper.begin()
    helper.process.stdin.close()  # as the system does when the asker is killed
    assert helper.process.wait(10) == 0
