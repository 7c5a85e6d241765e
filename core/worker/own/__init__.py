"""Layers of our own, written with `keras.ops` alone, so that they train on every backend of Keras.

One file holds one class: `PositionEmbedding` stands in `position_embedding.py`. A file imports nothing of Modelyard,
because exports carry it along as it is.
"""

import importlib
import re

import keras


def own_class(name: str) -> type[keras.layers.Layer]:
    """Our layer class of that name.

    Example:
        >>> own_class("PositionEmbedding").__name__
        'PositionEmbedding'
    """
    file = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return getattr(importlib.import_module(f"{__name__}.{file}"), name)
