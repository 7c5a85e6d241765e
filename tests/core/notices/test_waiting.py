"""The end of every run is told once to whoever wants to know, whatever happens in between."""

from collections.abc import Callable

import pytest

from core import home, notices, projects, runs
from core.notices import waiting
from core.runs import Run
from tests.core.notices.conftest import Service


def still_waiting() -> list[str]:
    return [path.name for path in home.folder("notices", "waiting").iterdir()]


def test_an_end_is_told_with_all_that_a_program_needs(service: Service, ended_run: Callable[..., Run]):
    project = projects.create("Who leaves?", "0" * 16)
    notices.keep(service.address, project.id, app="http://yard:8501/")
    run = ended_run(project=project.id, name="")
    notices.ended(run)
    notices.finish()
    (got,) = service.got
    link = f"http://yard:8501/train?project={project.id}&run={run.id}"
    assert got == {
        "text": f"Training of “Who leaves?” failed: It was too much.\n{link}", "run": run.id, "name": "Who leaves?",
        "project": "Who leaves?", "state": "failed", "reason": "It was too much.", "metrics": {}, "link": link,
    }  # fmt: skip
    assert waiting.attempt(run).sent
    assert notices.last(notices.webhook(project.id)).run == run.id
    assert not still_waiting()


@pytest.mark.heavy
def test_a_good_end_tells_how_good(service: Service, trained: Callable[[str], Run]):
    from core.notices.messages import message

    run = trained("yes_no")
    told = message(run, notices.Webhook(service.address))
    value = run.results()["metrics"]["test"]["roc_auc"]
    assert told["metrics"]["roc_auc"] == value
    assert told["text"] == (
        f"Training of “Customers: yes_no” is done: Ranking (ROC AUC) is {value:.3f} on rows it never saw."
    )


@pytest.mark.parametrize(
    ("answers", "tries", "sent"),
    [
        ([500, 500, 200], 3, True),
        ([503], 3, False),
        ([404], 1, False),
        ([429, 200], 2, True),
        ([302], 1, False),
    ],
)
def test_it_is_tried_three_times_where_that_may_help(
    service: Service, quick: None, ended_run: Callable[..., Run], answers: list[int], tries: int, sent: bool
):
    service.answers = answers
    notices.keep(service.address)
    run = ended_run()
    notices.ended(run)
    notices.finish()
    assert (len(service.got), waiting.attempt(run).sent) == (tries, sent)
    assert not still_waiting()


def test_what_was_not_told_when_the_supervisor_died_is_told_by_the_next(
    service: Service, ended_run: Callable[..., Run]
):
    notices.keep(service.address)
    run = ended_run()
    notices.expect(run)  # and here it died
    notices.look(now=True)
    notices.finish()
    assert [got["run"] for got in service.got] == [run.id]


def test_the_same_end_is_told_once(service: Service, ended_run: Callable[..., Run]):
    notices.keep(service.address)
    run = ended_run()
    for _ in range(3):
        notices.ended(run)
        notices.finish()
    assert len(service.got) == 1


def test_a_run_that_goes_on_is_not_over(service: Service, ask: Callable):
    notices.keep(service.address)
    run = runs.create(ask())
    notices.expect(run)
    notices.look(now=True)
    notices.finish()
    assert (service.got, still_waiting()) == ([], [run.id])


def test_nobody_is_told_where_nobody_asked(service: Service, ended_run: Callable[..., Run]):
    run = ended_run()
    notices.ended(run)
    notices.finish()
    assert (service.got, waiting.attempt(run), still_waiting()) == ([], None, [])


def test_a_run_that_was_deleted_meanwhile_is_forgotten(service: Service, ended_run: Callable[..., Run]):
    notices.keep(service.address)
    run = ended_run()
    notices.expect(run)
    runs.delete(run)
    notices.look(now=True)
    notices.finish()
    assert (service.got, still_waiting()) == ([], [])
