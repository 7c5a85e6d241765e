"""With no browser open, the supervisor tells that a run which it started has ended."""

import time
from collections.abc import Callable, Iterator

import pytest

from core import notices, runs
from core.notices import waiting
from core.spec import Spec
from tests.core.notices.conftest import Service

pytestmark = pytest.mark.heavy
SECONDS = 120


@pytest.fixture
def supervised(workspace) -> Iterator[None]:
    yield
    assert runs.stop_supervisor()


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.02)


def test_the_supervisor_tells_of_a_good_end_and_the_next_one_of_what_it_could_not(
    service: Service, supervised: None, ask: Callable[..., Spec]
):
    notices.keep(service.address, app="http://yard:8501")
    run = runs.create(ask(epochs=2))
    runs.submit(run)
    until(lambda: service.got)
    (got,) = service.got
    assert (got["run"], got["state"]) == (run.id, "done")
    assert got["metrics"]["roc_auc"] == run.results()["metrics"]["test"]["roc_auc"]
    until(lambda: waiting.attempt(run))
    assert service.address not in (runs.queue.lock_path().parent / "supervisor.log").read_text()

    # A supervisor that is asked to end stops its run, and tells of that too.
    endless = runs.create(ask(epochs=10_000, patience=10_000))
    runs.submit(endless)
    until(lambda: any(event["kind"] == "epoch" for event in endless.events()[0]))
    assert runs.stop_supervisor()
    assert [(got["run"], got["state"]) for got in service.got[1:]] == [(endless.id, "stopped")]
