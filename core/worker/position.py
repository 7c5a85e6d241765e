"""Where a training stands, and who looks at it."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass
class Position:
    """Where training stands.

    Args:
        epoch: The one that runs, or the last one.
        step: Steps taken of it.
        steps: Steps taken of all epochs.
        loss: The sum of its rows' losses so far.
        rows: How many rows that were.
        open: Whether the epoch still runs.
        ended_by: Why training has ended, empty before.
        began: When training began, on the run's clock.
        epoch_began: When the epoch began.
    """

    epoch: int = 0
    step: int = 0
    steps: int = 0
    loss: float = 0.0
    rows: int = 0
    open: bool = False
    ended_by: str = ""
    began: float = 0.0
    epoch_began: float = 0.0


class Watcher(Protocol):
    """Looks at a training while it goes on, and changes nothing of it."""

    def between(self, at: Position) -> None:
        """Called between two calls of the compiled loop, some ten times a second."""

    def judged(self, at: Position, truth: np.ndarray, outputs: np.ndarray) -> None:
        """Called at an epoch's end, with the encoded target and the network's outputs on the validation rows."""
