"""A run's network learns: all that a training needs is put together from what the run is asked to do."""

import multiprocessing
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from math import inf
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core import speed, writing
from core.graph import measure
from core.graph.cost import widest
from core.prepare import Prepared
from core.runs import interruptions, made_with, states
from core.runs.events import Journal
from core.spec import Spec
from core.tasks import SHELF as TASKS
from core.words import Sentence, mark
from core.worker import circumstances, frozen, guessing, measures, pace, parallel, precision, some_items
from core.worker.checkpoint import Checkpoints, Saved
from core.worker.chunks import Chunks
from core.worker.keep import Best
from core.worker.limits import Clock, Limits, Outcome
from core.worker.loop import Training
from core.worker.objective import compile_model, row_weights
from core.worker.pace import Chosen, Pace
from core.worker.stages import stage
from core.worker.watching import Watching

SHARE_FOR_RESULTS = 0.15  # of the time that was allowed, at most `SECONDS_FOR_RESULTS`
SECONDS_FOR_RESULTS = 30.0


@dataclass(frozen=True)
class Job:
    """One run's learning.

    Args:
        folder: The run's.
        settings: Values of `core.spec.TRAINING` with the automatic ones filled in.
        saved: What an interruption left, or None.
        outside: What asks for an end from outside, see `Limits`.
        clock: Has run since the process began with the run.
    """

    folder: Path
    journal: Journal
    spec: Spec
    prepared: Prepared
    settings: Mapping[str, Any]
    saved: Saved | None
    outside: Callable[[], str]
    clock: Clock

    @property
    def steps(self) -> int:
        """Steps in an epoch."""
        return -(-self.prepared.facts["rows"]["train"] // self.settings["batch_size"])

    @cached_property
    def parts(self) -> int:
        """In how many parts a step's rows are taken; more than one where memory ran out before."""
        return interruptions.parts(self.folder)

    def learn(self, model: keras.Model) -> Outcome:
        """Train the compiled model and leave the best weights in it."""
        cut = self._cut(model)
        like = {**self._like(), **({"cut": True} if cut else {})}
        paced = Pace(
            *self._expected(), self._chosen(like), lambda chosen: pace.remember(like, chosen),
            self._mixed(), mixed_by_xla=device() != "CPU",
        )  # fmt: skip
        self.tell_beginning(model)
        training, watching = self._training(model, cut, paced)
        if self.saved:
            training.go_on(self.saved)
            if "continues" not in self.saved.about:  # else its journal says already whose state this is
                text = _resumed(self.saved.about)
                self.journal.write("resumed", epoch=training.at.epoch, text=text.to_json())
        stage(self.journal, "training", mark("Training"))
        try:
            return training.run()
        finally:
            circumstances.settle(self.folder, paced.chosen.fast, paced.chosen.mixed)
            watching.end()

    def _cut(self, model: keras.Model) -> frozen.Learning | None:
        """What is left to learn where a part of the network stays as it is; None where that is all of it."""
        if self.saved:  # what the front gives follows from its weights, which came with the state
            self.saved.put({"model": list(model.variables)}, "model")
        limits = self.limits
        found = frozen.learning(
            model, self.prepared, lambda text: stage(self.journal, "reading", text),
            lambda: bool(limits.asked()) or limits.paused(),
        )  # fmt: skip
        if found:
            compile_model(found.head, self.spec.goal.task, self.settings, self.steps)
        return found

    def _training(
        self, model: keras.Model, cut: frozen.Learning | None, paced: Pace
    ) -> tuple[Training, Watching]:
        task, target = self.spec.goal.task, self.prepared.recipes["target"]
        (inputs, truth), validation = (
            cut.sides[side] if cut else self.prepared.arrays(side) for side in ("train", "validation")
        )
        chunks = Chunks(
            cut.head if cut else model, inputs, truth, self.settings["batch_size"], measures.watched(task, some_items.end(model)), False,
            1 if cut else widest(measure(self.spec.graph, self.prepared.facts)), row_weights(task, truth, self.settings), self.parts,
            devices=parallel.devices(), stream=None if cut else writing.learned_from(self.prepared.folder, self.prepared.facts),
            padding=None if cut else getattr(TASKS[task], "PADDING", None),
        )  # fmt: skip
        best = Best(self.folder / "best.weights.npz", cut.still if cut else ())
        watching = Watching(
            self.folder, self.journal, self.spec, self.prepared, model, best, self.settings["batch_size"]
        )
        settled = {"settings": dict(self.settings), "prepared": self.prepared.id}
        training = Training(
            chunks, validation,
            lambda answer, outputs: measures.exact(task, target, answer, outputs),
            best, self.journal, self.limits, self.spec.seed,
            Clock(self.saved.about["spent"]) if self.saved else self.clock,
            Checkpoints(self.folder, self.journal, settled), self._waits, watching.watchers, paced,
            partial(measures.choosing, task), model,
        )  # fmt: skip
        return training, watching

    @property
    def limits(self) -> Limits:
        """When learning ends if nothing else ends it: some time is kept for what comes after."""
        allowed = self.settings["minutes"] * 60
        seconds = allowed - min(SECONDS_FOR_RESULTS, SHARE_FOR_RESULTS * allowed)
        return Limits(
            self.settings["epochs"], self.settings["patience"], seconds, self.folder / "stop", self.outside,
            self.folder / "pause", gives_way=multiprocessing.parent_process() is not None,
        )  # fmt: skip

    def _waits(self, waiting: bool) -> None:
        states.step(self.folder, "paused" if waiting else "running", pid=os.getpid())

    def _expected(self) -> tuple[int, float]:
        """Steps in all, most likely, and what compiling them would cost; steps that are shared out are not compiled."""
        report = measure(self.spec.graph, self.prepared.facts)
        together = self.parts == 1 and len(parallel.devices()) < 2
        if hasattr(
            TASKS[self.spec.goal.task], "PADDING"
        ):  # rows of different lengths would be compiled again and again
            together = False
        costs = speed.compile_seconds(report, device() != "CPU") if together else inf
        return self.steps * min(self.settings["epochs"], speed.MOST_EPOCHS_COUNTED), costs

    def _chosen(self, like: dict[str, Any]) -> Chosen | None:
        """By which way the steps go, where that is asked for or known from before."""
        if self.settings["jit_compile"] and self.parts == 1:
            on = self.settings["jit_compile"] == "on"
            mixed = self._mixed()
            return Chosen(tried=on, fast=on, mixed=mixed, mixed_tried=mixed is not False)
        if self.saved and self.parts == 1:
            return pace.kept(self.saved.about.get("pace"))
        return pace.remembered(like)

    def _mixed(self) -> bool | None:
        """Whether steps are taken in mixed precision; None where that is measured."""
        if self.parts > 1 or len(parallel.devices()) > 1:
            return False
        if self.settings["mixed_precision"]:
            return self.settings["mixed_precision"] == "on"
        return None if precision.suits(self.spec.goal.task, self.prepared.facts) else False

    def _like(self) -> dict[str, Any]:
        """What the choice depends on: a run that differs in nothing else takes its steps by the same way."""
        settings = {
            name: value for name, value in self.settings.items() if name not in ("minutes", "patience")
        }
        settings["epochs"] = min(settings["epochs"], speed.MOST_EPOCHS_COUNTED)
        return {
            "graph": self.spec.graph.to_json(), "facts": self.prepared.facts, "settings": settings,
            "parts": self.parts, "machine": speed.machine(),
        }  # fmt: skip

    def tell_beginning(self, model: keras.Model, **more: Any) -> None:
        """Write what the training begins with, and what else is to be known of it."""
        _, truth = self.prepared.arrays("train")
        if self.saved is None:
            self.journal.write(
                "begin", device=device(), rows=len(truth), steps_per_epoch=self.steps, weights=model.count_params(),
                metric=measures.watched(self.spec.goal.task).name,
                **{name: self.settings[name] for name in ("epochs", "minutes", "batch_size", "learning_rate", "patience")},
                **self._guessing(truth), **more,
            )  # fmt: skip
        if self.parts > 1:
            self.journal.write("message", text=_in_parts(self.settings["batch_size"], self.parts).to_json())
        if self.saved is None or not made_with.read(self.folder):
            circumstances.note(self.folder, self.spec, self.prepared, self.settings, device())

    def _guessing(self, truth: np.ndarray) -> dict[str, Any]:
        _, others = self.prepared.arrays("validation")
        return guessing.losses(self.spec.goal.task, truth, others, self.settings)


def device() -> str:
    """What trains, as its maker calls it."""
    graphics = tf.config.list_physical_devices("GPU")
    if not graphics:
        return "CPU"
    return tf.config.experimental.get_device_details(graphics[0]).get("device_name", "GPU")


def _in_parts(batch_size: int, parts: int) -> Sentence:
    return mark(
        "Memory ran out: it now takes {few:,} rows at once. {count:,} rows still make one step, so it learns the same.",
        few=-(-batch_size // parts), count=batch_size,
    )  # fmt: skip


def _resumed(about: Mapping[str, Any]) -> Sentence:
    epoch = max(1, about["position"]["epoch"])
    if about.get("paused"):
        return mark("Training was paused at epoch {epoch} and goes on from there.", epoch=epoch)
    return mark("Training was interrupted at epoch {epoch} and goes on from there.", epoch=epoch)
