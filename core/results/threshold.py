"""From which chance on a yes-or-no model says yes: chosen on validation rows, shown on test rows, kept with the model.

The threshold stands in `recipes.json`, so that everything that answers follows it.
"""

import shutil
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from core import home
from core.recipes import answers
from core.results import pictures, verdict
from core.results.evaluation import Answered, plain
from core.results.kept import Side, read
from core.runs import Run
from core.tasks import SHELF as TASKS

EVEN = 0.5
LEAST = 1e-6  # a threshold lies inside 0 and 1, so that no answer becomes impossible


@dataclass(frozen=True)
class Wanted:
    """How the threshold is chosen.

    Args:
        by: `"even"` (the likelier answer), `"balanced"` (both answers are found equally well) or `"costs"`.
        missed: What one row costs that is asked for and not found, if `by` is `"costs"`.
        alarm: What one costs that is taken for one by mistake.
    """

    by: str = "even"
    missed: float = 1.0
    alarm: float = 1.0


@dataclass(frozen=True)
class Meaning:
    """What a threshold means for some rows, in numbers of rows: asked for and found or missed, and taken by mistake."""

    found: int
    missed: int
    alarms: int
    rest: int

    def cost(self, wanted: Wanted) -> float:
        return self.missed * wanted.missed + self.alarms * wanted.alarm


def choose(side: Side, wanted: Wanted) -> float:
    """The threshold with the smallest cost on these rows.

    Where several are as good, it is the one nearest to what costs alone say of chances that come true: alarm / (alarm +
    missed).

    Source: Elkan, "The Foundations of Cost-Sensitive Learning", IJCAI 2001, section 2.2; balanced: Youden, "Index for
        rating diagnostic tests", Cancer 3 (1950).
    """
    if wanted.by == "even":
        return EVEN
    missed, alarm = wanted.missed, wanted.alarm
    if wanted.by == "balanced":
        missed, alarm = 1 / max(side.positive.sum(), 1), 1 / max((~side.positive).sum(), 1)
    expected = alarm / (alarm + missed) if alarm + missed > 0 else EVEN
    values, place = np.unique(side.chance, return_inverse=True)
    positive = np.bincount(place, side.positive, len(values))
    others = np.bincount(place, ~side.positive, len(values))
    # A threshold below all, between two neighbours, or above all; what lies below it is taken for a no.
    cost = missed * np.r_[0, positive.cumsum()] + alarm * np.r_[others.sum(), others.sum() - others.cumsum()]
    edges = np.r_[0.0, values, 1.0]
    good = np.flatnonzero(cost <= cost.min() * (1 + 1e-9))
    low, high = edges[good], edges[good + 1]
    inside = np.where((low < expected) & (expected < high), expected, (low + high) / 2)
    return float(np.clip(inside[np.abs(inside - expected).argmin()], LEAST, 1 - LEAST))


def meaning(side: Side, threshold: float) -> Meaning:
    """What the threshold means for these rows."""
    said = side.chance >= threshold
    counts = [side.positive & said, side.positive & ~said, ~side.positive & said, ~side.positive & ~said]
    return Meaning(*(int(rows.sum()) for rows in counts))


def apply(run: Run, threshold: float, wanted: Wanted) -> None:
    """Let the model answer with this threshold from now on, wherever it is asked; its figures on test rows follow.

    Exports made before are removed, since they answer otherwise.
    """
    shutil.rmtree(run.folder / "exports", ignore_errors=True)
    made = home.read_json(run.folder / "recipes.json")
    made["target"] = {**made["target"], "threshold": threshold}
    home.write_json(run.folder / "recipes.json", made)
    samples = home.read_json(run.folder / "samples.json")
    chances = np.asarray(samples["answers"]["probabilities"], np.float64).reshape(-1, 2)
    samples["answers"]["prediction"] = answers(made, chances[:, 1:])["prediction"]
    home.write_json(run.folder / "samples.json", samples)
    found = {**_measured(run, made), "threshold": {"value": threshold, **asdict(wanted)}}
    home.write_json(run.folder / "results.json", plain(found))


def _measured(run: Run, made: dict[str, Any]) -> dict[str, Any]:
    """The results with all that depends on the threshold measured anew."""
    found = run.results() or {}
    target, task = made["target"], TASKS[made["task"]]
    sides = {name: read(run, name).encoded() for name in ("validation", "test")}
    answered = Answered(task, target, *sides["test"], {})
    found["metrics"] = {
        **found["metrics"],
        "validation": task.metrics(target, *sides["validation"]),
        "test": answered.metrics(answered.outputs),
        "intervals": answered.intervals(answered.outputs),
    }
    found["confusion"] = plain(pictures.confusion(answered, answered.truth[:, 0].astype(int)))
    for entry in found["worst"]:  # it keeps its place: how far off it was follows from its chance
        true = target["classes"].index(entry["true"])
        chance = 1 - entry["miss"] if true else entry["miss"]
        entry["predicted"] = target["classes"][int(chance >= target["threshold"])]
    told = verdict.tell(found, target, {"rows": found["rows"]})
    found["sentences"] = [sentence.to_json() for sentence in told.sentences]
    found["warnings"] = [sentence.to_json() for sentence in told.warnings]
    return found
