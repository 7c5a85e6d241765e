"""What a finished yes-or-no model answered to the rows that did not train it, kept for thresholds that are chosen later."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.errors import RunError
from core.runs import Run
from core.words import mark

FILE = "answered.npz"


@dataclass(frozen=True)
class Side:
    """Rows of one side: the chance [rows] that was given to the answer asked for, and whether it is true [rows]."""

    chance: np.ndarray
    positive: np.ndarray

    def encoded(self) -> tuple[np.ndarray, np.ndarray]:
        """Truth and outputs as the task and the network give them, [rows, 1] both."""
        return self.positive.astype(np.float32)[:, None], self.chance[:, None]


def keep(folder: Path, **sides: tuple[np.ndarray, np.ndarray]) -> None:
    """Write the encoded truth and the outputs of each side."""
    arrays = {
        f"{side}_{name}": np.asarray(values, np.float32).reshape(-1)
        for side, pair in sides.items()
        for name, values in zip(("truth", "chance"), pair, strict=True)
    }
    np.savez(folder / FILE, **arrays)


def has(run: Run) -> bool:
    """Whether the run keeps any."""
    return (run.folder / FILE).exists()


def read(run: Run, side: str) -> Side:
    """The `"validation"` or `"test"` rows.

    Raises:
        RunError: Where the run keeps none.
    """
    if not has(run):
        raise RunError(
            mark("This run has no threshold to choose: it is no finished model of a yes-or-no question."),
            mark("Take a run that is done, made by this version, and whose answer is yes or no."),
        )
    with np.load(run.folder / FILE, allow_pickle=False) as found:
        return Side(found[f"{side}_chance"].astype(np.float64), found[f"{side}_truth"] > 0.5)
