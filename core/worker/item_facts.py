"""A network that knows items by their facts is told what these are, before it learns."""

from pathlib import Path

import keras

from core.tastes import known
from core.worker.own.item_tower import ItemTower


def tell(model: keras.Model, folder: Path) -> None:
    """Tell a network that knows items by their facts what these are.

    Args:
        folder: Of the prepared rows.
    """
    towers = [layer for layer in model.layers if isinstance(layer, ItemTower)]
    if towers:
        told = known.read(folder)
        for layer in towers:
            layer.known.assign(told["items"])
            layer.trained.assign(told["trained"])
