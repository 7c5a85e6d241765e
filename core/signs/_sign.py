"""What a sign says, and the changes that it offers, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.words import Sentence


@dataclass(frozen=True)
class Evidence:
    """Where it can be seen on the chart.

    Args:
        curve: The curve's name in the events: `loss` or `val_loss`, or a metric with or without `val_`.
        from_epoch: The first epoch of the range.
        to_epoch: The last one.
    """

    curve: str
    from_epoch: int
    to_epoch: int

    def to_json(self) -> dict[str, Any]:
        return {"curve": self.curve, "from_epoch": self.from_epoch, "to_epoch": self.to_epoch}


@dataclass(frozen=True)
class Change:
    """One thing to do differently in the next run.

    Args:
        name: Tells it from the other changes of a sign.
        label: What stands on the button.
        said: The same within a run's name, such as "smaller steps".
        training: Edits of settings of `core.spec.TRAINING`, by name: `{"to": value}` or `{"times": factor}`.
        drawing: An edit of the drawing, one of `core.signs._drawing.EDITS`, or empty.
        from_best: Whether the next run begins with the best weights of this one.
        goes_on: Whether the run itself goes on where it ended, up to `epochs` in all, instead of a new one beginning.
        epochs: For that: up to so many in all; None leaves it to `core.runs.again`.
    """

    name: str
    label: Sentence
    said: Sentence
    training: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    drawing: str = ""
    from_best: bool = False
    goes_on: bool = False
    epochs: int | None = None


@dataclass(frozen=True)
class Sign:
    """One thing that the curves say.

    Args:
        sentence: In plain words, with the figures.
        evidence: Where it can be seen, or None where no curve shows it.
        changes: What would help, the most promising first; `core.signs.offered` leaves out what cannot be done.
        tone: `good`, `neutral` or `warn`.
        rank: The sign with the smallest is said first.
        name: The item of the shelf; filled in by `core.signs.seen`.
    """

    sentence: Sentence
    evidence: Evidence | None = None
    changes: tuple[Change, ...] = ()
    tone: str = "neutral"
    rank: int = 50
    name: str = ""
