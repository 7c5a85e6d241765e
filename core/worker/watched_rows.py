"""A few validation rows, chosen once, and what the network answers to them after each epoch."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core import recipes
from core.prepare import Prepared
from core.runs import events
from core.runs.events import Journal
from core.tasks import amount
from core.worker.keep import Best
from core.worker.loop import Position

KIND = "rows"
EACH = 2  # rows of each group
SECONDS_BETWEEN = 0.5
TINY = 1e-7
UNIT = {"mean": 0.0, "scale": 1.0}  # numbers stay as they are encoded
DIGITS = 6


@dataclass(frozen=True)
class Watched:
    """One row that is looked at: where it stands among the validation rows, its number in the data set, and why."""

    place: int
    row: int
    group: str


def row_losses(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """How far off each row is: surprise for classes, the squared distance for amounts; both without smoothing."""
    if target["as"] == "number":
        return np.square(amount.decode(UNIT, outputs) - amount.decode(UNIT, truth))
    return -np.log(np.clip(chances(target, truth, outputs), TINY, 1.0))


def chances(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """The probability of each row's true class."""
    said = recipes.answers({"target": target}, outputs)["probabilities"]
    return said[np.arange(len(said)), np.asarray(truth).reshape(-1).astype(np.int64)]


def choose(losses: np.ndarray, seed: int) -> list[tuple[int, str]]:
    """Places and groups of a few different rows: the best, the worst, and others drawn by the seed."""
    known = np.where(np.isfinite(losses), losses, np.finfo(np.float64).max)
    order = [int(place) for place in np.argsort(known, kind="stable")]
    found = dict.fromkeys(order[:EACH], "best")
    found |= dict.fromkeys((place for place in order[::-1][:EACH] if place not in found), "worst")
    left = [place for place in range(len(losses)) if place not in found]
    drawn = np.random.default_rng([seed, len(losses)]).permutation(len(left))[:EACH]
    found |= dict.fromkeys((left[at] for at in drawn), "random")
    return list(found.items())


class WatchedRows:
    """Watches a training, and writes what it answers to the chosen rows, at most every `SECONDS_BETWEEN`.

    Which rows is settled at the first epoch's end. A run that goes on reads them back from its own events, so that
    the same rows are watched until the end.

    Args:
        best: Tells which epoch was the best so far; what that one answered is always written, sooner or later.
    """

    def __init__(self, folder: Path, journal: Journal, prepared: Prepared, best: Best, seed: int):
        self.journal, self.best, self.seed = journal, best, seed
        self.target = prepared.recipes["target"]
        self.rows = prepared.rows("validation")
        self.chosen = self._chosen_before(folder)
        self._waiting: dict[
            int, np.ndarray
        ] = {}  # outputs for the chosen rows by epoch: the best one and the last
        self._truth = np.zeros(0)
        self._told = -SECONDS_BETWEEN

    def between(self, at: Position) -> None:
        """Write what had to wait."""
        if self._waiting and time.monotonic() - self._told >= SECONDS_BETWEEN:
            self._tell()

    def judged(self, at: Position, truth: np.ndarray, outputs: np.ndarray) -> None:
        """Remember the answers of this epoch, or write them at once."""
        if not self.chosen:
            losses = row_losses(self.target, truth, outputs)
            self.chosen = [Watched(place, int(self.rows[place]), g) for place, g in choose(losses, self.seed)]
        places = [watched.place for watched in self.chosen]
        self._truth = np.asarray(truth)[places]
        kept = {epoch: said for epoch, said in self._waiting.items() if epoch == self.best.epoch}
        self._waiting = {**kept, at.epoch: np.array(outputs[places])}
        self.between(at)

    def end(self) -> None:
        """Write what waits now."""
        if self._waiting:
            self._tell()

    def _tell(self) -> None:
        """Write all answers that wait, the earlier epoch first."""
        for epoch, outputs in self._waiting.items():
            self.journal.write(KIND, epoch=epoch, rows=self._answers(outputs))
        self._waiting, self._told = {}, time.monotonic()

    def _answers(self, outputs: np.ndarray) -> list[dict[str, Any]]:
        said = recipes.answers({"target": self.target}, outputs)["prediction"]
        losses = row_losses(self.target, self._truth, outputs)
        is_number = self.target["as"] == "number"
        likely = [None] * len(said) if is_number else chances(self.target, self._truth, outputs).tolist()
        return [
            {
                "row": watched.row, "group": watched.group, "truth": self._true(place),
                "answer": _short(said[place]) if is_number else said[place],
                **({} if is_number else {"chance": _short(likely[place])}),
                "loss": _short(float(losses[place])),
            }
            for place, watched in enumerate(self.chosen)
        ]  # fmt: skip

    def _true(self, place: int) -> str | float:
        value = self._truth[place].reshape(-1)[0]
        if self.target["as"] == "number":
            return _short(float(value) * self.target["scale"] + self.target["mean"])
        return self.target["classes"][int(value)]

    def _chosen_before(self, folder: Path) -> list[Watched]:
        """The rows that this run looked at before it was interrupted."""
        found, _ = events.read(folder)
        first = next((event for event in found if event["kind"] == KIND), {"rows": []})
        place = {int(row): at for at, row in enumerate(self.rows)} if first["rows"] else {}
        return [Watched(place[one["row"]], one["row"], one["group"]) for one in first["rows"]]


def can_watch(made: Mapping[str, Any]) -> bool:
    """Whether answers to this question (the whole of `recipes.json`) can be held against the truth row by row; texts are shown as a sample instead."""
    return made["target"]["as"] in ("number", "classes")


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
