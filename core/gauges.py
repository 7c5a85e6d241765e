"""How much of this machine is in use, by whom it matters: processor, memory, disk, graphics processors.

A reading costs about a millisecond; whoever asks within the same second gets the same one.
"""

import shutil
import time
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import psutil

from core import devices, home
from core.devices import granted, nvidia
from core.words import Sentence, mark

SECONDS_BETWEEN = 1.0
SECONDS_OF_PAUSE = 5.0  # after that nobody was looking: what was before is forgotten
SECONDS_BETWEEN_FAMILIES = 10.0  # looking for a process's children reads the whole list of processes
KEPT = 60
MOST_RUNS = 16
LITTLE_MEMORY, LITTLE_DISK = 500_000_000, 1_000_000_000
LITTLE_SHARE = 0.04
HOT_DEGREES = 88  # from about here on, most graphics processors slow themselves down
FULL_SHARE, SECONDS_TO_JUDGE = 0.9, 5
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Graphics:
    """One graphics processor at one moment; None where its driver cannot say.

    Args:
        busy: The share of the time in which it computed, 0 to 1.
    """

    id: str
    name: str
    memory_used: int
    memory_total: int
    busy: float | None = None
    degrees: int | None = None
    watts: float | None = None


@dataclass(frozen=True)
class Reading:
    """The machine at one moment, and what one run takes of it.

    Args:
        at: Seconds since 1970.
        cpu: The share of all its cores that is in use, 0 to 1; None at the first look.
        run_cores: How many cores the run's processes keep busy, such as 1.7; None at the first look.
        memory_used: Bytes that are not free to be used, of `memory_total`.
        run_memory: Bytes that the run's processes hold, libraries included.
        disk_free: Bytes free where the workspace lies, of `disk_total`.
    """

    at: float
    cpu: float | None
    run_cores: float | None
    memory_used: int
    memory_total: int
    run_memory: int
    disk_free: int
    disk_total: int
    graphics: tuple[Graphics, ...] = ()

    @property
    def memory_free(self) -> int:
        return self.memory_total - self.memory_used


@dataclass
class _Machine:
    """The busy seconds of all cores when they were last read."""

    at: float = -SECONDS_OF_PAUSE
    busy: float = 0.0
    whole: float = 0.0
    share: float | None = None


@dataclass
class _Family:
    """The processes of one run, and what was read of them."""

    pid: int
    readings: deque[Reading] = field(default_factory=lambda: deque(maxlen=KEPT))
    processes: dict[int, psutil.Process] = field(default_factory=dict)
    looked: float = -SECONDS_BETWEEN_FAMILIES
    read: float = -SECONDS_OF_PAUSE
    seconds: dict[int, float] = field(default_factory=dict)


_guard = Lock()
_machine = _Machine()
_families: OrderedDict[int, _Family] = OrderedDict()


def readings(pid: int) -> list[Reading]:
    """The latest readings, the last one at most `SECONDS_BETWEEN` old; shared by all who ask about this process.

    Args:
        pid: The process that trains; 0 if there is none, then only the machine is read.
    """
    with _guard:
        family = _families.setdefault(pid, _Family(pid))
        _families.move_to_end(pid)
        while len(_families) > MOST_RUNS:
            _families.popitem(last=False)
        quiet = time.monotonic() - family.read
        if quiet >= SECONDS_OF_PAUSE:
            family.readings.clear()
        if quiet >= SECONDS_BETWEEN:
            family.readings.append(_reading(family))
        return list(family.readings)


def warnings(readings: Sequence[Reading]) -> list[Sentence]:
    """What a person should do something about, the most urgent first."""
    now, found = readings[-1], []
    if now.memory_free < _little(now.memory_total, LITTLE_MEMORY):
        found.append(
            mark(
                "Only {free:.1f} GB of memory left: close other programs, or training may be ended by the system.",
                free=now.memory_free / GIGABYTE,
            )
        )
    if now.disk_free < _little(now.disk_total, LITTLE_DISK, share=0.01):
        found.append(
            mark(
                "Only {free:.1f} GB of disk space left: free some, or the state of the training cannot be kept.",
                free=now.disk_free / GIGABYTE,
            )
        )
    found += [_heat(one) for one in now.graphics if (one.degrees or 0) >= HOT_DEGREES]
    if _crowded(readings):
        found.append(mark("Other programs take most of this machine: training is slower for it."))
    return found


def _heat(one: Graphics) -> Sentence:
    return mark(
        "{name} is {degrees} °C hot and slows itself down: give it more air.",
        name=one.name,
        degrees=one.degrees,
    )


def _crowded(readings: Sequence[Reading]) -> bool:
    """Whether over the last seconds all cores were in use, and the run had less than half of what it may have."""
    last = list(readings)[-SECONDS_TO_JUDGE:]
    full = len(last) == SECONDS_TO_JUDGE and all((one.cpu or 0.0) > FULL_SHARE for one in last)
    return full and all(0 < (one.run_cores or 0.0) < devices.cores() / 2 for one in last)


def _little(total: int, little: int, share: float = LITTLE_SHARE) -> float:
    """So few bytes are too few: a part of all that there is, but no more than is really needed."""
    return min(max(total * share, little), 4 * little)


def _reading(family: _Family) -> Reading:
    total = granted.memory()
    disk = shutil.disk_usage(home.folder())
    run_cores, run_memory = _of_family(family)
    return Reading(
        time.time(), _cpu(), run_cores, total - min(granted.free_memory(), total), total, run_memory,
        disk.free, disk.total, _graphics(),
    )  # fmt: skip


def _cpu() -> float | None:
    """The share of all cores in use since the last reading, whoever asked for that."""
    now = time.monotonic()
    if now - _machine.at < SECONDS_BETWEEN / 2:
        return _machine.share
    times = psutil.cpu_times()
    # Guests are counted among the others already.
    whole = sum(times) - getattr(times, "guest", 0.0) - getattr(times, "guest_nice", 0.0)
    busy = whole - times.idle - getattr(times, "iowait", 0.0)
    passed = whole - _machine.whole
    known = now - _machine.at < SECONDS_OF_PAUSE and passed > 0
    _machine.share = min(max((busy - _machine.busy) / passed, 0.0), 1.0) if known else None
    _machine.at, _machine.busy, _machine.whole = now, busy, whole
    return _machine.share


def _of_family(family: _Family) -> tuple[float | None, int]:
    """How many cores the run's processes kept busy since the last reading, and the bytes that they hold."""
    now = time.monotonic()
    if now - family.looked >= SECONDS_BETWEEN_FAMILIES:
        family.processes, family.looked = _processes(family.pid, family.processes), now
    used, memory = 0.0, 0
    for pid, process in list(family.processes.items()):
        try:
            with process.oneshot():
                times = process.cpu_times()
                seconds, memory = times.user + times.system, memory + process.memory_info().rss
        except psutil.Error:  # it has ended
            del family.processes[pid]
            continue
        used += max(seconds - family.seconds.get(pid, seconds), 0.0)
        family.seconds[pid] = seconds
    passed = now - family.read
    family.read = now
    return (used / passed if passed < SECONDS_OF_PAUSE else None), memory


def _processes(pid: int, known: Mapping[int, psutil.Process]) -> dict[int, psutil.Process]:
    """The process and all that it started."""
    try:
        first = psutil.Process(pid) if pid else None
        return {one.pid: known.get(one.pid, one) for one in [first, *first.children(True)]} if first else {}
    except psutil.Error:
        return {}


def _graphics() -> tuple[Graphics, ...]:
    nvml, asked = nvidia.driver(), nvidia.asked
    if nvml is None:
        return ()
    found = []
    for device in devices.found():
        one = next((seen for seen in nvidia.listed() if seen.uuid == device.uuid), None)
        memory = asked(nvml.nvmlDeviceGetMemoryInfo, one.handle) if one else None
        if memory is None:
            continue
        busy = asked(nvml.nvmlDeviceGetUtilizationRates, one.handle)
        # A slice has neither a thermometer nor a meter of its own.
        power = asked(nvml.nvmlDeviceGetPowerUsage, one.whole)
        found.append(
            Graphics(
                device.id,
                device.name,
                int(memory.used),
                int(memory.total),
                None if busy is None else busy.gpu / 100,
                asked(nvml.nvmlDeviceGetTemperature, one.whole, nvml.NVML_TEMPERATURE_GPU),
                None if power is None else power / 1000,
            )
        )
    return tuple(found)
