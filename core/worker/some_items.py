"""Where items are so many that a step of training scores only some of them: which layer does, and how likely it draws each.

Sources: Yang et al., "Mixed Negative Sampling for Learning Two-tower Neural Networks in Recommendations", WWW 2020 (some
drawn as they are had, some all alike); Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item
Recommendations", RecSys 2019 (what is drawn more often counts for less).
"""

from pathlib import Path
from typing import Any

import keras
import numpy as np

from core import tastes
from core.tastes.apart import TRAIN

ALIKE = 0.5  # share of the draws in which all items are as likely; in the others, as likely as they were had


def end(model: keras.Model) -> Any:
    """The layer that scores only some items while the network trains; None where all are scored."""
    return next((layer for layer in model.layers if hasattr(layer, "chances")), None)


def tell(model: keras.Model, folder: Path) -> None:
    """Tell that layer, if there is one, how likely it is to draw each item.

    Args:
        folder: Of the prepared rows.
    """
    layer = end(model)
    if layer is not None:
        events, sides = tastes.read_events(folder)
        layer.chances.assign(chances(events.item[sides.side == TRAIN], len(events.items) + 1))


def chances(item: np.ndarray, codes: int) -> np.ndarray:
    """How likely each code is drawn, float32 [codes], together 1; what nobody had in training never is, as it is no rival.

    Example:
        >>> chances(np.array([1, 1, 1, 2]), 4).tolist()
        [0.0, 0.625, 0.375, 0.0]
    """
    had = np.bincount(item, minlength=codes)
    return (ALIKE * (had > 0) / max((had > 0).sum(), 1) + (1 - ALIKE) * had / had.sum()).astype(np.float32)
