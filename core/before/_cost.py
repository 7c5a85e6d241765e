"""What a run will cost: memory, disk and time, beside what there is of them."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from core import home, speed
from core.devices import Device, granted
from core.graph import Report, training_memory
from core.spec import most_epochs

FLOAT = 4
# What the process takes for its libraries beside those that it shares with the supervisor; about three times that
# where it shares them with nobody.
LIBRARY_BYTES = 300_000_000
# In the machine's memory beside what trains: the best weights, and all that is being written as a checkpoint, which
# is the weights, two memories of the optimizer, the running average, and the best weights once more.
KEPT_COPIES = 1 + 5
# For each weight while the model is written for use outside, beside all that training still holds then
# (`benchmarks.memory`); on a graphics processor that is more than training takes of the machine's memory.
BYTES_OF_WRITING = 50
# On disk: two checkpoints while one takes the other's place, the best weights, the model twice, and what is sent out.
DISK_COPIES = 2 * 5 + 1 + 2 + 2
EVENT_BYTES, SECONDS_BETWEEN_EVENTS = 400, 0.15
RESULT_BYTES = 20_000_000  # what the libraries said, samples, results
SHARE_FOR_ROWS = 0.25  # of what is free: larger sets of rows are read from disk while they are learned from
STREAMED_BYTES = 50_000_000
SHARE_FOR_RESULTS, SECONDS_FOR_RESULTS = (
    0.15,
    30.0,
)  # of the time that is allowed, kept back for what follows training


@dataclass(frozen=True)
class Cost:
    """What a run will take, and what there is of it.

    Args:
        memory: Bytes of the machine's memory at most, be it while training or while the model is written.
        memory_free: Bytes of it that nobody uses now, of `memory_total`.
        graphics: Bytes of the graphics processor's memory; 0 where it trains on the processor.
        graphics_total: What there is of that.
        a_row: Bytes by which one row more per step raises what training itself needs.
        training: Bytes of `memory` that training itself needs, without what writing the model takes.
        disk: Bytes that the run's folder takes at most.
        disk_free: Bytes that are free there.
        seconds_per_epoch: None while nobody has measured this machine.
        seconds: For all epochs, as long as nothing ends it earlier; never more than is allowed.
        seconds_allowed: For training itself.
    """

    memory: int
    memory_free: int
    memory_total: int
    graphics: int
    graphics_total: int
    a_row: int
    training: int
    disk: int
    disk_free: int
    seconds_per_epoch: float | None
    seconds: float
    seconds_allowed: float


def cost(report: Report, facts: Mapping[str, Any], settings: Mapping[str, Any], device: Device) -> Cost:
    """What the run will take, about.

    Args:
        settings: Values of `core.spec.TRAINING`, automatic ones filled in.
    """
    rows, epochs = facts["rows"], settings["epochs"]
    batch_size = min(settings["batch_size"], rows["train"])
    free = granted.free_memory()
    network = training_memory(report, batch_size)
    held = _rows_held(facts, free)
    on_graphics = bool(device.uuid)
    kept = KEPT_COPIES * report.bytes
    training = kept + (0 if on_graphics else network)
    whole = settings["minutes"] * 60
    allowed = whole - min(SECONDS_FOR_RESULTS, SHARE_FOR_RESULTS * whole)
    # A table is measured on one device and says nothing of another.
    epoch = speed.seconds_per_epoch(report, facts, batch_size, epochs)
    seconds = allowed if epoch is None else min(allowed, epoch * most_epochs(settings, rows))
    return Cost(
        memory=LIBRARY_BYTES + held + max(training, BYTES_OF_WRITING * report.weights),
        memory_free=free,
        memory_total=granted.memory(),
        graphics=network + held if on_graphics else 0,
        graphics_total=device.memory_bytes if on_graphics else 0,
        a_row=training_memory(report, batch_size + 1) - network,
        training=LIBRARY_BYTES + held + training,
        disk=int(DISK_COPIES * report.bytes + RESULT_BYTES + seconds / SECONDS_BETWEEN_EVENTS * EVENT_BYTES),
        disk_free=shutil.disk_usage(home.folder("runs")).free,
        seconds_per_epoch=epoch,
        seconds=seconds,
        seconds_allowed=allowed,
    )


def _rows_held(facts: Mapping[str, Any], free: int) -> int:
    """Bytes of the training rows that lie in memory."""
    kept = facts.get("kept", {})
    each = FLOAT + sum(
        _bytes(part["dtype"]) * kept.get(name, prod(part["shape"])) for name, part in facts["inputs"].items()
    )
    whole = each * facts["rows"]["train"]
    return whole if whole <= SHARE_FOR_ROWS * free else STREAMED_BYTES


def _bytes(dtype: str) -> int:
    """Of one number; pixels are kept as bytes."""
    return 1 if dtype == "uint8" else FLOAT
