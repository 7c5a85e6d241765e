"""A run that trains as far as its folder tells: whoever uses it writes what a worker would write."""

import math
import os
import random
from pathlib import Path

from filelock import FileLock

from core import datasets, prepare, projects, runs, samples
from core.projects import Project
from core.runs import Run, states
from core.runs.events import Journal
from core.runs.queue import lock_path
from core.spec import Spec
from core.suggest import suggest
from core.tasks import SHELF as TASKS
from core.templates import DEFAULT, SHELF
from core.words import mark

ROWS = 4_930
STEPS = 39  # in an epoch
LOSSES = 13  # in one event


class ToldRun:
    """A project with a run; nobody trains it, and no supervisor looks after it as long as this lives.

    Args:
        home: The workspace, in which the app runs too.
        sample: What the project is about.
    """

    def __init__(self, home: Path, sample: str = "telco_churn", epochs: int = 60):
        os.environ["MODELYARD_HOME"] = str(home)
        self._lock = FileLock(lock_path())
        self._lock.acquire(timeout=10)
        found = samples.find(sample)
        data = datasets.add(found.path, str(found.title)).id
        goal = suggest(datasets.profile(data), found.target).goal
        prepared = prepare.prepare(data, goal).id
        project = projects.create("Churn", data)
        self.project: Project = projects.change(
            project, goal=goal.to_json(), prepared=prepared, template=DEFAULT
        )
        graph = SHELF[DEFAULT].graph(prepare.load(prepared).facts, {})
        self.run: Run = runs.create(Spec(data, goal, DEFAULT, graph, project=project.id, name="Churn, run 1"))
        self.task, self.most, self.epoch, self.step, self.spent = TASKS[goal.task], epochs, 0, 0, 0.0
        self.journal = Journal(self.run.folder)
        self._chance = random.Random(7)
        self._best = math.inf

    @property
    def address(self) -> str:
        """The run's page, relative to the app's address."""
        return f"train?project={self.project.id}&run={self.run.id}"

    def stand(self, *names: str, **reason: object) -> None:
        """Walk through these states."""
        for name in names:
            states.step(self.run.folder, name, pid=os.getpid() if name not in states.ENDED else 0, **reason)

    def begin(self) -> None:
        """The worker begins to train."""
        self.stand("starting", "running")
        self.journal.write(
            "begin", device="CPU", rows=ROWS, steps_per_epoch=STEPS, epochs=self.most, weights=12_345, minutes=10.0,
            metric=self.task.MAIN, batch_size=128, learning_rate=0.002, compiled=False,
        )  # fmt: skip
        self.journal.write("stage", stage="training", text=mark("Training").to_json())

    def some_steps(self, steps: int = LOSSES) -> None:
        """Losses of the next steps, in one event."""
        first, self.step = self.step + 1, self.step + steps
        self.spent += steps * 0.012
        losses = [self._loss(first + i) + self._chance.gauss(0, 0.025) for i in range(steps)]
        warm = min(self.step / (3 * STEPS), 1.0)
        rate = 0.002 * warm * (1 + math.cos(math.pi * self.step / (self.most * STEPS))) / 2
        self.journal.write(
            "steps", epoch=self.epoch + 1, first=first, step=self.step, losses=losses, spent=round(self.spent, 3),
            learning_rate=rate,
        )  # fmt: skip

    def whole_epoch(self) -> None:
        """An epoch from its first step to its judgement."""
        while self.step < (self.epoch + 1) * STEPS:
            self.some_steps()
        self.epoch += 1
        loss = self._loss(self.step)
        val = loss + 0.01 + 0.0016 * max(self.epoch - 18, 0) + self._chance.gauss(0, 0.006)
        good = 1 - val / 1.4
        measured = {f"val_{name}": good * (0.9 + i / 25) for i, name in enumerate(self.task.METRIC_WORDS)}
        better, self._best = val < self._best, min(val, self._best)
        self.journal.write(
            "epoch", epoch=self.epoch, step=self.step, loss=loss, val_loss=val,
            **{self.task.MAIN: good * 0.9 + 0.03}, **measured,
            seconds=0.47, best=better, spent=round(self.spent, 3),
        )  # fmt: skip

    def end(self, name: str = "done") -> None:
        """The run has ended."""
        self.stand(name)
        self.journal.write("end", state=name)

    def close(self) -> None:
        """Let others look after the workspace again."""
        self.journal.__exit__()
        self._lock.release()

    def _loss(self, step: int) -> float:
        return 0.33 + 0.42 * math.exp(-step / 150)
