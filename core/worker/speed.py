"""`python -m core.worker.speed`: measures how fast this machine trains, once, and writes `speed.json`.

Small networks that stress one thing each are trained for a moment in the engine's own way; what is known already is
taken off, and the rest is what that thing costs.
"""

import contextlib
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from filelock import Timeout

from core import home, speed
from core.graph import Graph, Layer, measure, operations
from core.launchers import this_machine

if __name__ == "__main__":
    os.environ.update(this_machine.environment())

import keras
import numpy as np

from core.worker import measures
from core.worker.build import build
from core.worker.chunks import Chunks

MEASURED_SECONDS = 0.12
LEAST_REPEATS = 3
BATCHES = 8  # different ones in each call
NICE = 15
SMALLEST = 1e-13
LOOK_SECONDS = 5.0  # whoever only looks whether somebody measures holds the lock for a moment
EPOCH_SECONDS = 0.02  # judging, keeping and telling, for a few thousand rows
TASK = "yes_no"


@dataclass(frozen=True)
class Probe:
    """A small network that stresses one thing, and the rows of a step."""

    shape: tuple[int, ...]
    layers: Sequence[tuple[str, Mapping[str, Any]]]
    batch_size: int

    @property
    def graph(self) -> Graph:
        made = [Layer("numbers", "input")]
        for number, (kind, fields) in enumerate(self.layers):
            made.append(Layer(f"layer_{number}", kind, (made[-1].name,), fields))
        return Graph((*made, Layer("answer", "output", (made[-1].name,))))

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "inputs": {"numbers": {"shape": list(self.shape), "dtype": "float32"}},
            "output": {"units": 1, "activation": "sigmoid"},
            "rows": {"train": self.batch_size * BATCHES, "validation": 0},
            "task": TASK,
        }


def same(kind: str, count: int, **fields: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(kind, fields)] * count


FLAT = [("flatten", {})]
WIDE = (2048,)
SMALL = Probe((8,), (), 64)
CHAIN = Probe((8,), same("dense", 12, units=8, activation="relu"), 64)
HEAVY = Probe((8,), same("dense", 2, units=1024, activation="relu"), 1)
TOUCHED = Probe(WIDE, same("leaky_relu", 4), 256)
# One layer's sort of work, from little at once to much. What comes first is taken off what comes later.
SORTS: Mapping[str, Sequence[Probe]] = {
    "input": [Probe(WIDE, (), 256)],
    "bend": [Probe(WIDE, same("activation", 4, activation="gelu"), 256)],
    "norm": [Probe(WIDE, same("layer_normalization", 4), 256)],
    "random": [Probe(WIDE, same("dropout", 4, rate=0.1), 256)],
    "noise": [Probe(WIDE, same("gaussian_noise", 2, stddev=0.1), 256)],
    "dense": [
        Probe((64,), same("dense", 8, units=64, activation="relu"), 64),
        Probe((512,), same("dense", 2, units=512, activation="relu"), 64),
        Probe((512,), same("dense", 2, units=512, activation="relu"), 512),
    ],
    "conv": [
        Probe((14, 14, 8), same("conv_2d", 2, filters=8, kernel_size=[3, 3], activation="relu") + FLAT, 16),
        Probe((28, 28, 16), same("conv_2d", 2, filters=32, kernel_size=[3, 3], activation="relu") + FLAT, 32),
    ],
    "depthwise": [Probe((28, 28, 16), same("depthwise_conv_2d", 2, kernel_size=[3, 3]) + FLAT, 32)],
    "pool": [Probe((28, 28, 16), same("max_pooling_2d", 2, pool_size=[2, 2]) + FLAT, 64)],
    "attention": [
        Probe((16, 32), same("self_attention", 2, num_heads=4, key_dim=8) + FLAT, 32),
        Probe((64, 64), same("self_attention", 2, num_heads=4, key_dim=16) + FLAT, 64),
    ],
    "recurrent": [
        Probe((16, 8), same("lstm", 1, units=8), 32),
        Probe((16, 64), same("lstm", 1, units=128), 64),
    ],
}
NEVER_COMPILED = {"conv", "depthwise", "pool"}


def measured() -> dict[str, Any]:
    """The whole table."""
    return {
        "machine": speed.machine(),
        "epoch": EPOCH_SECONDS,
        "plain": _mode(False, list(SORTS)),
        "compiled": _mode(True, [sort for sort in SORTS if sort not in NEVER_COMPILED]),
    }


def _mode(fast: bool, sorts: Sequence[str]) -> dict[str, Any]:
    step = seconds_per_step(SMALL, fast)
    found: dict[str, Any] = {
        "step": step,
        "layer": 0.0,
        "weight": 0.0,
        "number": 0.0,
        "place": 0.0,
        "operation": {},
    }
    found["layer"] = max(seconds_per_step(CHAIN, fast) - step, 0.0) / len(CHAIN.layers)
    found["weight"] = _left(found, HEAVY, fast) / measure(HEAVY.graph, HEAVY.facts).weights
    for sort in sorts:
        probes = SORTS[sort]
        if sort == "bend":  # what only touches each number is known from here on
            found["number"] = _left(found, TOUCHED, fast) / _numbers(TOUCHED)
        if sort == "recurrent":
            found["place"] = _left(found, probes[0], fast) / probes[0].shape[0]
            probes = probes[1:]
        found["operation"][sort] = [_point(found, sort, probe, fast) for probe in probes]
    return found


def _numbers(probe: Probe) -> int:
    return prod(probe.shape) * len(probe.layers) * probe.batch_size


def _point(known: Mapping[str, Any], sort: str, probe: Probe, fast: bool) -> list[float]:
    """How much work of this sort one layer does at once, and the seconds that each piece of it then takes."""
    layers = [
        layer
        for layer in speed.leaves(measure(probe.graph, probe.facts))
        if speed.sort_of(layer.kind) == sort
    ]
    counts = [operations(layer) if sort in speed.MULTIPLYING else prod(layer.shape) for layer in layers]
    most = max(counts) * probe.batch_size
    return [most, max(_left(known, probe, fast) / (sum(counts) * probe.batch_size), SMALLEST)]


def _left(known: Mapping[str, Any], probe: Probe, fast: bool) -> float:
    """What a step takes beyond what is known already."""
    report = measure(probe.graph, probe.facts)
    explained = known["step"] + known["weight"] * report.weights
    explained += sum(speed.layer_seconds(known, layer, probe.batch_size) for layer in speed.leaves(report))
    return max(seconds_per_step(probe, fast) - explained, 0.0)


def seconds_per_step(probe: Probe, fast: bool) -> float:
    """Of the quickest repeat: what disturbs a measurement only ever makes it longer."""
    from core.worker.objective import compile_model  # noqa: PLC0415 - only who trains needs what it brings along

    keras.utils.set_random_seed(1)
    model = build(probe.graph, probe.facts)
    compile_model(model, TASK, {"learning_rate": 1e-4, "weight_decay": 1e-4}, BATCHES)
    rows = probe.batch_size * BATCHES
    inputs = {"numbers": np.random.default_rng(1).standard_normal((rows, *probe.shape), dtype=np.float32)}
    truth = (np.arange(rows) % 2).astype(np.float32)[:, None]
    chunks = Chunks(model, inputs, truth, probe.batch_size, measures.watched(TASK), fast)
    chunks.begin_epoch(np.arange(rows))
    chunks.run(0, BATCHES)
    best, until, repeats = float("inf"), time.monotonic() + MEASURED_SECONDS, 0
    while repeats < LEAST_REPEATS or time.monotonic() < until:
        began = time.perf_counter()
        chunks.run(0, BATCHES)
        best, repeats = min(best, (time.perf_counter() - began) / BATCHES), repeats + 1
    return best


def main() -> int:
    with contextlib.suppress(AttributeError, OSError):  # not everywhere
        os.nice(NICE)
    try:
        with speed.lock(LOOK_SECONDS):
            if speed.table() is None:
                home.write_json(speed.path(), measured())
    except Timeout:  # somebody else is at it
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
