"""Steps in mixed precision: sums and products in bfloat16, where the processor is made for it, weights and answers in full."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from core.tasks import SHELF as TASKS

FLAGS = {"avx512_bf16", "amx_bf16"}  # of a processor that multiplies bfloat16 by itself
CAPABLE = (8, 0)  # graphics processors from Ampere on


@contextmanager
def mixed(model: keras.Model) -> Iterator[None]:
    """Inside, what is traced of the model computes in bfloat16; the last layer, whose answers are judged, in float32.

    The weights are the same float32 variables. No loss is scaled: bfloat16 reaches as far as float32.

    Source: Kalamkar et al., "A Study of BFLOAT16 for Deep Learning Training" (2019).
    """
    half = keras.dtype_policies.DTypePolicy("mixed_bfloat16")
    layers = [layer for layer in model._flatten_layers(include_self=False) if layer is not model.layers[-1]]
    before = [
        (layer, layer.dtype_policy) for layer in layers if not isinstance(layer, keras.layers.InputLayer)
    ]
    for layer, _ in before:
        layer.dtype_policy = half
    try:
        yield
    finally:
        for layer, policy in before:
            layer.dtype_policy = policy


def suits(task: str, facts: Mapping[str, Any]) -> bool:
    """Whether these answers may be learned so without being asked: of numbers and amounts it would lose digits."""
    exact = any(entry["dtype"] == "float32" for entry in facts["inputs"].values())
    return TASKS[task].FORM != "number" and not exact and supported()


@cache
def supported() -> bool:
    """Whether what trains here is made for it."""
    if graphics := tf.config.list_physical_devices("GPU"):
        details = tf.config.experimental.get_device_details(graphics[0])
        return details.get("compute_capability", (0, 0)) >= CAPABLE
    known = Path("/proc/cpuinfo")
    return known.exists() and bool(FLAGS & set(known.read_text(errors="replace").split()))
