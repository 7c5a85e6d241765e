"""One small table, and models trained on it once for all tests that need one."""

import csv
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from core.runs import Run
    from core.spec import Spec

TARGETS = {
    "yes_no": "bought",
    "one_of_many": "kind",
    "amount": "price",
    "count": "calls",
    "amount_range": "price",
    "ordered": "kind",
    "many_of_many": "topics",
}


def write_table(path: Path, rows: int = 300) -> Path:
    """A table of 300 customers: what they buy follows from their size and colour, with some noise and gaps."""
    dice, more = random.Random(5), random.Random(6)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["size", "colour", "class", "bought", "kind", "price", "calls", "topics"])
        for _ in range(rows):
            size, colour = dice.gauss(10, 3), dice.choice(["red", "green", "蓝色"])
            price = 100 + 20 * size + (50 if colour == "red" else 0) + dice.gauss(0, 5)
            bought = "yes" if size + (3 if colour == "red" else 0) + dice.gauss(0, 1) > 11 else "no"
            kind = "small" if size < 8 else "middle" if size < 12 else "large"
            shown = "" if dice.random() < 0.05 else f"{size:.2f}"
            calls = sum(more.random() < size / 100 for _ in range(40))
            topics = [name for name, least in (("big", 10), ("huge", 13)) if size + more.gauss(0, 1) > least]
            topics += [colour] if colour != "green" else []
            writer.writerow(
                [
                    shown,
                    colour,
                    dice.choice("ab"),
                    bought,
                    kind,
                    f"{price:.2f}",
                    calls,
                    "; ".join(topics) or "small",
                ]
            )
    return path


@pytest.fixture
def small_table(tmp_path: Path) -> Path:
    return write_table(tmp_path / "customers.csv")


@pytest.fixture
def ask(small_table: Path) -> "Callable[..., Spec]":
    """Makes what a run is asked to do, for a task on the small table of this test's workspace."""
    return lambda task="yes_no", **training: make_spec(small_table, task, **training)


def make_spec(table: Path, task: str, seed: int = 1, **training: Any) -> "Spec":
    from core import datasets, prepare, suggest
    from core.spec import Spec
    from core.templates import SHELF

    data = datasets.add(table)
    goal = suggest.suggest(datasets.profile(data.id), TARGETS[task]).goal
    others = set(TARGETS.values())
    goal = replace(goal, task=task, inputs=tuple(name for name in goal.inputs if name not in others))
    facts = prepare.prepare(data.id, goal).facts
    graph = SHELF["table_network"].graph(facts, {})
    return Spec(data.id, goal, "table_network", graph, training, seed=seed, name=f"Customers: {task}")


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> "Callable[[str], Run]":
    """The run of a model trained on the small table for a task; trained when first asked for."""
    from core import runs
    from core.worker import door

    place, made = tmp_path_factory.mktemp("trained"), {}
    table = write_table(place / "customers.csv")

    def get(task: str = "yes_no") -> "Run":
        if task not in made:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("MODELYARD_HOME", str(place / "workspace"))
                made[task] = runs.create(make_spec(table, task, epochs=25))
                door.enter(made[task].folder)
        return made[task]

    return get
