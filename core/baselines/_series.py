"""What a baseline for forecasts is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class SeriesQuestion:
    """The same question that the network was asked.

    Args:
        recipes: The whole of `recipes.json`.
        grids: The series, see `core.windows`; their values are bent.
        origins: Of which grid, and after which of its places forecasts are wanted.
        seen: The first step that nobody may learn from.
    """

    recipes: Mapping[str, Any]
    grids: Sequence[Mapping[str, Any]]
    origins: Sequence[tuple[int, np.ndarray]]
    seen: int
