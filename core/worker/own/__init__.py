"""Layers and losses of our own, written with `keras.ops` alone, so that they train on every backend of Keras.

One file holds one class: `PositionEmbedding` stands in `position_embedding.py`. A file imports nothing of Modelyard,
because exports carry it along as it is.
"""

import importlib
import re
from typing import Any


def own_class(name: str) -> type[Any]:
    """Our class of that name, a layer's or a loss's.

    Example:
        >>> own_class("PositionEmbedding").__name__
        'PositionEmbedding'
    """
    file = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return getattr(importlib.import_module(f"{__name__}.{file}"), name)
