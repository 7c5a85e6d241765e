"""How fast this machine trains: a table that is measured once, and what follows from it for a network.

The time of a step is taken as a sum: what every step costs, every layer, every weight that the optimizer moves, every number
that a layer gives, and every multiplication, by the sort of layer and by how many there are at once.
"""

import math
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from math import prod
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from core import home
from core.graph import LayerReport, Report, operations
from core.graph.pretrained import learned_weights
from core.layers import SHELF, Made

ROOT = Path(__file__).parent.parent
VERSION = 2  # another one where what is measured here has become faster or slower by our own doing
FORWARD_SHARE = 1 / 3  # of a step's time: going back through a layer takes twice as long as going through it
STEPS_WORTH_COMPILING = 6_000
COMPILE_SECONDS, COMPILE_SECONDS_LAYER = 1.0, 0.06
MOST_EPOCHS_COUNTED = 30  # most trainings end by patience after some dozens of epochs
# On processors, XLA takes several times as long over neighbours; turning and stretching pictures it cannot do at all.
SLOW_GROUPS, SLOW_CLASSES = ("images", "augmenting"), ("Conv", "Pooling")
MULTIPLYING = ("dense", "conv", "depthwise", "attention", "recurrent")
PLAIN_BENDS = (None, "linear", "relu")
RECURRENT = ("LSTM", "GRU", "SimpleRNN", "Bidirectional")

Points = Sequence[Sequence[float]]
_started: list[subprocess.Popen[bytes]] = []


def seconds_per_epoch(
    report: Report, facts: Mapping[str, Any], batch_size: int, epochs: int = MOST_EPOCHS_COUNTED
) -> float | None:
    """About how long the network takes for all training rows once; None while that cannot be known.

    Args:
        facts: `facts["rows"]` says how many there are.
    """
    known = table()
    if known is None or not report.ok:
        return None
    rows = facts["rows"]
    batch_size = min(batch_size, rows["train"])
    steps = -(-rows["train"] // batch_size)
    mode = known["compiled" if worth_compiling(report, steps, epochs) else "plain"]
    going = sum(layer_seconds(mode, layer, batch_size) for layer in leaves(report) if not _only_once(layer))
    step = mode["step"] + mode["weight"] * learned_weights(report) + going
    judged = FORWARD_SHARE * going * rows.get("validation", 0) / batch_size
    return steps * step + judged + known["epoch"]


def _only_once(layer: LayerReport) -> bool:
    """Whether it is computed before the first epoch and never again, see `core.worker.frozen`."""
    return layer.kind == "sentence_encoder" and layer.fields.get("learns") == "nothing"


def layer_seconds(mode: Mapping[str, Any], layer: LayerReport, batch_size: int) -> float:
    """What one layer adds to a step, without what moving its weights costs."""
    numbers = prod(layer.shape or ())
    seconds = 0.0 if layer.kind == "input" else mode["layer"] + mode["number"] * numbers * batch_size
    sort = sort_of(layer.kind)
    if sort == "recurrent":
        seconds += mode["place"] * layer.takes[0][0] * (2 if layer.kind == "bidirectional" else 1)
    work = [(sort, operations(layer) if sort in MULTIPLYING else numbers)]
    if layer.fields.get("activation") not in PLAIN_BENDS and sort not in ("bend", "recurrent"):
        work.append(("bend", numbers))
    for sort, count in work:
        points = mode["operation"].get(sort)
        if points and count:
            seconds += count * batch_size * at(points, count * batch_size)
    return seconds


def at(points: Points, count: float) -> float:
    """Seconds for one operation when so many are done at once, between the measured points; flat outside them."""
    before = points[0]
    for after in points:
        if count <= after[0]:
            if after[0] == before[0]:
                return after[1]
            share = (math.log(count) - math.log(before[0])) / (math.log(after[0]) - math.log(before[0]))
            return math.exp((1 - share) * math.log(before[1]) + share * math.log(after[1]))
        before = after
    return points[-1][1]


def leaves(report: Report) -> Iterator[LayerReport]:
    """The layers that are measured, with the parts of blocks in place of these."""
    todo = list(report.layers.values())
    while todo:
        layer = todo.pop()
        todo += layer.parts.values()
        if not layer.parts and layer.shape is not None:
            yield layer


def sort_of(kind: str) -> str:
    """Which of the table's sorts of layer a kind belongs to; "" for what only touches each number."""
    name, group = SHELF[kind].KERAS, SHELF[kind].GROUP
    by_name = {
        "recurrent": RECURRENT,
        "attention": ("Attention",),
        "depthwise": ("Depthwise", "Separable"),
        "conv": ("Conv",),
        "pool": ("Pooling1D", "Pooling2D"),
        "noise": ("Gaussian",),
        "dense": ("Dense", "TimeDistributed", "SentenceEncoder"),
    }
    for sort, words in by_name.items():
        if any(word in name for word in words):
            return sort
    by_kind = {"input": "input", "output": "dense"}
    by_group = {"activation": "bend", "scaling": "norm", "guarding": "random"}
    return by_kind.get(kind) or by_group.get(group, "")


def worth_compiling(report: Report, steps: int, epochs: int) -> bool:
    """Whether XLA will most likely pay, as far as can be told before anything was measured."""
    expected = steps * min(epochs, MOST_EPOCHS_COUNTED)
    return compile_seconds(report) < math.inf and expected >= STEPS_WORTH_COMPILING


def compile_seconds(report: Report, graphics: bool = False) -> float:
    """About how long XLA takes to compile a step; infinite where it must not be tried.

    On processors it takes several times as long over what looks at neighbours, and nearly hangs at some of it.
    """
    kinds = list(leaves(report))
    if any(_slow_when_compiled(layer, graphics) for layer in kinds):
        return math.inf
    return COMPILE_SECONDS + COMPILE_SECONDS_LAYER * len(kinds)


def _slow_when_compiled(layer: LayerReport, graphics: bool = False) -> bool:
    kind = SHELF[layer.kind]
    if graphics:
        return kind.GROUP == "augmenting"
    made = [kind.made(layer.fields, list(layer.takes)) if hasattr(kind, "made") else Made(kind.KERAS, {})]
    for outer in made:  # grows by what is wrapped, such as a convolution for every step
        made += [value for value in outer.arguments.values() if isinstance(value, Made)]
    # What sums up all places at once looks at no neighbours.
    names = [one.name for one in made if not one.name.startswith("Global")]
    return kind.GROUP in SLOW_GROUPS or any(word in name for name in names for word in SLOW_CLASSES)


def table() -> dict[str, Any] | None:
    """What was measured on this machine; None where nothing was, or it has changed since."""
    try:
        changed = path().stat().st_mtime_ns
    except FileNotFoundError:
        return None
    found = _read(str(path()), changed)
    return found if found.get("machine") == machine() else None


@lru_cache(4)
def _read(path: str, changed: int) -> dict[str, Any]:
    return home.read_json(Path(path))


def path() -> Path:
    return home.folder() / "speed.json"


def machine() -> dict[str, Any]:
    """What the table depends on: where one of these changes, it is measured again."""
    return {
        "table": VERSION,
        "processor": platform.machine(),
        "cores": os.environ.get("MODELYARD_CORES") or str(_cores()),
        "graphics": os.environ.get("CUDA_VISIBLE_DEVICES", "all"),
        **_versions(),
    }


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@lru_cache(1)
def _versions() -> dict[str, str]:
    found = {package.metadata["Name"]: package.version for package in metadata.distributions()}
    return {name: found[name] for name in ("tensorflow", "tensorflow-cpu", "keras") if name in found}


def ensure() -> None:
    """Measure in the background, with low priority, unless that was done or is being done; this waits for nothing."""
    _started[:] = [process for process in _started if process.poll() is None]
    if table() is not None or _started or being_measured():
        return
    with (home.folder() / "speed.log").open("wb") as log:
        _started.append(subprocess.Popen(
            [sys.executable, "-m", "core.worker.speed"],
            cwd=ROOT, env={**os.environ, "MODELYARD_HOME": str(home.folder())},
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        ))  # fmt: skip


def lock(seconds: float = 0.0) -> FileLock:
    """Held by whoever measures, as long as it lives; others get a Timeout after so many seconds."""
    return FileLock(home.folder() / "speed.lock", timeout=seconds)


def being_measured() -> bool:
    try:
        with lock():
            return False
    except Timeout:
        return True
