"""From which score on a model gives its best answer: below, it says that it does not know. Chosen on validation questions.

The threshold stands in `recipes.json`, so that everything that answers follows it.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core import home
from core.runs import Run

FILE = "ranked.npz"
POINTS_SHOWN = 60
MOST = 0.95  # a question that is known word for word is always answered


@dataclass(frozen=True)
class Ranked:
    """Questions of one side: the score of the best answer [questions], and whether it is right [questions]."""

    score: np.ndarray
    right: np.ndarray


@dataclass(frozen=True)
class Meaning:
    """What a threshold means for some questions: how many there are, are answered, and are answered rightly."""

    asked: int
    answered: int
    right: int

    @property
    def share(self) -> float:
        """Of all questions, those that are answered."""
        return self.answered / self.asked if self.asked else 0.0

    @property
    def good(self) -> float | None:
        """Of the given answers, those that are right."""
        return self.right / self.answered if self.answered else None


def choose(side: Ranked) -> float:
    """The threshold for which right answers exceed wrong ones by most: a wrong answer costs what a right one is worth.

    Source: Chow, "On Optimum Recognition Error and Reject Tradeoff", IEEE Trans. Information Theory 16 (1970).
    """
    values = np.unique(side.score)
    place = np.searchsorted(values, side.score)
    worth = np.bincount(place, np.where(side.right, 1.0, -1.0), len(values))
    gain = np.r_[worth[::-1].cumsum()[::-1], 0.0]  # of answering from each value on, and of never answering
    best = int(np.flatnonzero(gain >= gain.max() - 1e-9)[0])
    if best == len(values):
        return MOST
    below = values[best - 1] if best else values[best] - 0.1
    return float(np.clip((below + values[best]) / 2, -1.0, MOST))


def meaning(side: Ranked, threshold: float) -> Meaning:
    """What the threshold means for these questions."""
    answered = side.score >= threshold
    return Meaning(len(answered), int(answered.sum()), int((answered & side.right).sum()))


def curve(side: Ranked) -> list[dict[str, float]]:
    """For thresholds from low to high: which share is answered, and which share of those answers is right."""
    edges = np.unique(np.quantile(side.score, np.linspace(0, 1, POINTS_SHOWN), method="lower"))
    found = [(float(edge), meaning(side, float(edge))) for edge in edges]
    return [{"threshold": edge, "answered": one.share, "right": one.good or 0.0} for edge, one in found]


def keep(folder: Path, **sides: Ranked) -> None:
    """Write the scores of each side, for thresholds that are chosen later."""
    arrays = {f"{name}_score": side.score.astype(np.float32) for name, side in sides.items()}
    np.savez(folder / FILE, **arrays, **{f"{name}_right": side.right for name, side in sides.items()})


def has(run: Run) -> bool:
    """Whether the run keeps any."""
    return (run.folder / FILE).exists()


def read(run: Run, side: str) -> Ranked:
    """The `"validation"` or `"test"` questions."""
    with np.load(run.folder / FILE, allow_pickle=False) as found:
        return Ranked(found[f"{side}_score"].astype(np.float64), found[f"{side}_right"])


def apply(run: Run, threshold: float) -> None:
    """Let the model answer from this score on, wherever it is asked. Exports made before are removed: they answer otherwise."""
    shutil.rmtree(run.folder / "exports", ignore_errors=True)
    made = home.read_json(run.folder / "recipes.json")
    made["target"] = {**made["target"], "threshold": threshold}
    home.write_json(run.folder / "recipes.json", made)
    samples = home.read_json(run.folder / "samples.json")
    said = samples["answers"]
    said["prediction"] = [
        best if score >= threshold and best else ""
        for best, score in zip(said["answer_1"], said["score_1"], strict=True)
    ]
    home.write_json(run.folder / "samples.json", samples)
    found = dict(run.results() or {})
    found["unsure"] = {**told(read(run, "test"), threshold), "chosen": "hand"}
    home.write_json(run.folder / "results.json", found)


def told(test: Ranked, threshold: float) -> Mapping[str, Any]:
    """What Results tells of a threshold."""
    means = meaning(test, threshold)
    return {"threshold": threshold, "answered": means.share, "right": means.good}
