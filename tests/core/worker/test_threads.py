"""A small network is calculated by one thread, a larger one by all that were granted."""

import pytest

from core.graph import measure
from tests.core.graph.drawings import FACTS, drawing

pytestmark = pytest.mark.heavy


@pytest.mark.parametrize(
    ("units", "batch_size", "one"), [(16, 32, True), (16, 16_384, False), (4_096, 32, False)]
)
def test_only_where_there_is_much_to_do_work_is_shared_out(units: int, batch_size: int, one: bool):
    from core.worker.threads import enough_for_one

    graph = drawing(
        "numbers: input", "wide: dense < numbers", "again: dense < wide", "answer: output < again",
        wide={"units": units}, again={"units": units},
    )  # fmt: skip
    assert enough_for_one(measure(graph, FACTS), batch_size) == one
