"""What the signs look at: the course of a training so far, with the questions that several of them ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, inf
from statistics import median
from typing import Any

from core.signs import _trend
from core.signs._trend import falls

# Stages of a run that still runs but has come to its best epoch.
AFTER_TRAINING = ("once_more", "exporting", "testing")
# As the worker has it: of the minutes that were allowed, so much is kept for testing.
SHARE_FOR_RESULTS, SECONDS_FOR_RESULTS = 0.15, 30.0
RECENT, NOTICED, BARELY = (
    8,
    0.005,
    0.0005,
)  # epochs that say what happens now; the least change that counts, as a share
LUCK, HARDLY = 1.92, 0.99


@dataclass(frozen=True)
class History:
    """One training so far.

    Args:
        begin: Its first event, empty before.
        epochs: One event for each epoch.
        last: The last event of each kind.
        state: One of `core.runs.STEPS`.
    """

    begin: Mapping[str, Any]
    epochs: Sequence[Mapping[str, Any]]
    last: Mapping[str, Mapping[str, Any]]
    state: str

    def curve(self, name: str) -> list[float]:
        """The values of one curve, one for each epoch; infinite where it was no number."""
        return [inf if epoch.get(name) is None else epoch[name] for epoch in self.epochs]

    @cached_property
    def train(self) -> list[float]:
        """The loss on the training rows."""
        return self.curve("loss")

    @cached_property
    def val(self) -> list[float]:
        """The loss on the validation rows."""
        return self.curve("val_loss")

    @property
    def count(self) -> int:
        return len(self.epochs)

    @cached_property
    def best(self) -> int:
        """The place of the best epoch in the rows above; only asked where there is one."""
        return min(range(self.count), key=self.val.__getitem__)

    @property
    def best_epoch(self) -> int:
        """Its number."""
        return self.epochs[self.best]["epoch"]

    @property
    def last_epoch(self) -> int:
        """The number of the last one."""
        return self.epochs[-1]["epoch"]

    @property
    def since_best(self) -> int:
        """Epochs that were no better than the best one."""
        return self.count - 1 - self.best

    @cached_property
    def train_guess(self) -> float | None:
        """The loss on the training rows of always giving the same answer, where that is known."""
        return self.begin.get("guess_loss")

    @cached_property
    def val_guess(self) -> float | None:
        """The same on the validation rows."""
        return self.begin.get("guess_val_loss")

    @cached_property
    def no_better(self) -> bool:
        """Whether its best epoch is no better than guessing, or so little better that it may be luck.

        Source: Wilks, "The Large-Sample Distribution of the Likelihood Ratio", Ann. Math. Statist. 9 (1938): 1.92 is
            half the value of chi² with one degree of freedom that luck exceeds in one of twenty cases.
        """
        if self.val_guess is None or not self.count:
            return False
        best, rows = self.val[self.best], self.begin.get("validation_rows", inf)
        if "val_r2" in self.epochs[-1]:  # squared misses: the likelihood of a normal curve
            lucky = self.val_guess * exp(-2 * LUCK / rows)
        else:
            lucky = self.val_guess - LUCK / rows
        return best >= min(lucky, HARDLY * self.val_guess)

    @cached_property
    def coming(self) -> bool:
        """Whether it surely and noticeably gets better on the validation rows just now."""
        recent = self.val[-RECENT:]
        # Where it is still worse than guessing every step counts; at guessing, or after wild steps, creeping leads nowhere.
        far = self.val_guess is not None and recent[-1:] > [1.01 * self.val_guess] and not self.wild
        least = BARELY if far else NOTICED
        return self.since_best <= 1 and falls(recent) and recent[-1] < (1 - least) * recent[0]

    @cached_property
    def scale(self) -> float:
        """What counts as a large loss: that of guessing, or else a usual one of this training."""
        return self.train_guess or median(self.val)

    def matters(self, difference: float) -> bool:
        """Whether a difference between two losses is more than a trifle, measured by what guessing would come to."""
        return difference >= NOTICED * self.scale

    @cached_property
    def wild(self) -> bool:
        """Whether its loss was once far beyond that of guessing: the steps are too large by far."""
        return self.train_guess is not None and max(self.train, default=0.0) > 3 * self.train_guess

    @property
    def over(self) -> bool:
        """Whether it has learned all that it will, even if the run is not through yet."""
        stage = self.last.get("stage", {}).get("stage")
        return self.state in ("done", "stopped", "failed", "crashed") or stage in AFTER_TRAINING

    @property
    def well(self) -> bool:
        """Whether it is over and ended well: the best weights were kept."""
        return self.over and self.state not in ("failed", "crashed")

    @property
    def ended_by(self) -> str:
        """What ended it: `stop`, `epochs`, `patience` or `minutes`; empty while it trains or after trouble."""
        if not self.well or not self.epochs:
            return ""
        if self.state in ("stopped", "stopping"):
            return "stop"
        if self.last_epoch >= self.begin.get("epochs", inf):
            return "epochs"
        allowed = self.begin.get("minutes", inf) * 60
        kept = min(SECONDS_FOR_RESULTS, SHARE_FOR_RESULTS * allowed)
        return "minutes" if self.epochs[-1].get("spent", 0.0) > allowed - kept else "patience"

    @property
    def as_usual(self) -> bool:
        """Whether it ended as a training should: after its best epoch, and not right at the beginning."""
        return self.ended_by == "patience" and self.best_epoch > 3

    @cached_property
    def ratio(self) -> float:
        """The loss on training rows as a share of that on validation rows now; both against guessing where known."""
        ratio = _trend.last(self.train) / max(_trend.last(self.val), 1e-12)
        if self.train_guess and self.val_guess:
            ratio *= self.val_guess / self.train_guess
        return ratio

    @cached_property
    def lost(self) -> float:
        """How much larger the loss on validation rows is now than at its best, as a share of the best.

        Source: Prechelt, "Early Stopping – But When?" (1998), section 2.1 (generalization loss), on the median of the
            last three epochs.
        """
        return _trend.last(self.val) / max(self.val[self.best], 1e-12) - 1
