"""NVIDIA's graphics processors, as their driver tells of them; none, quietly, where there is no driver."""

import ctypes
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from types import ModuleType
from typing import Any

DRIVER = "libnvidia-ml.so.1"


@dataclass(frozen=True)
class Graphics:
    """One graphics processor, or one slice of a divided one.

    Args:
        number: Its place in the driver's list; a slice has a number of its own after all whole ones.
        uuid: Known to the driver and to `CUDA_VISIBLE_DEVICES` alike, whatever their order is.
        name: Such as `NVIDIA H100 80GB HBM3`.
        memory_bytes: What it has at all.
        handle: By which the driver is asked.
        whole: The handle of the processor of which it is a slice, else its own.
    """

    number: int
    uuid: str
    name: str
    memory_bytes: int
    handle: Any
    whole: Any


@cache
def listed() -> tuple[Graphics, ...]:
    """All that the driver knows, in its order; asked once for each process, as nobody plugs them in while it runs."""
    nvml = driver()
    if nvml is None:
        return ()
    count = asked(nvml.nvmlDeviceGetCount) or 0
    every = [handle for number in range(count) if (handle := asked(nvml.nvmlDeviceGetHandleByIndex, number))]
    undivided = [(number, handle, handle) for number, handle in enumerate(every) if not _slices(nvml, handle)]
    slices = [(part, handle) for handle in every for part in _slices(nvml, handle)]
    undivided += [(len(every) + place, part, handle) for place, (part, handle) in enumerate(slices)]
    found = [_described(nvml, *one) for one in undivided]
    return tuple(one for one in found if one is not None)


def visible(wanted: str | None) -> tuple[Graphics, ...]:
    """Those that CUDA may see, in its order.

    Args:
        wanted: What `CUDA_VISIBLE_DEVICES` says: numbers, or beginnings of UUIDs; everything from the first entry
            on that names nothing is left out, so that `-1` and nothing at all hide all. None hides nothing.

    Source: CUDA C++ Programming Guide, section "CUDA Environment Variables".
    """
    if wanted is None:
        return listed()
    found: dict[str, Graphics] = {}
    for entry in (part.strip() for part in wanted.split(",")):
        one = _named(entry)
        if one is None:
            break
        found[one.uuid] = one
    return tuple(found.values())


@cache
def usable() -> bool:
    """Whether the TensorFlow that is installed can use them: there are two builds for Linux on x86, and none elsewhere."""
    try:
        metadata.version("tensorflow")
    except metadata.PackageNotFoundError:
        return False
    return sys.platform == "linux" and platform.machine() == "x86_64"


@cache
def driver() -> ModuleType | None:
    """The way to ask the driver, ready to be asked; None where there is no driver."""
    if sys.platform == "linux" and not _loads(DRIVER):  # first, as the module below takes 0.1 s to load
        return None
    import pynvml  # noqa: PLC0415 - only where there is somebody to ask

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:  # no driver, or one that does not answer: there is nothing to train on
        return None
    return pynvml


def asked(question: Callable[..., Any], *about: Any) -> Any:
    """The driver's answer; None where it cannot say, as not every device knows its power or temperature."""
    try:
        return question(*about)
    except driver().NVMLError:
        return None


def _described(nvml: ModuleType, number: int, handle: Any, whole: Any) -> Graphics | None:
    uuid, memory = asked(nvml.nvmlDeviceGetUUID, handle), asked(nvml.nvmlDeviceGetMemoryInfo, handle)
    if uuid is None or memory is None:  # fallen off the bus: it is listed, and answers nothing
        return None
    name = asked(nvml.nvmlDeviceGetName, handle) or "NVIDIA GPU"
    return Graphics(number, uuid, name, int(memory.total), handle, whole)


def _slices(nvml: ModuleType, handle: Any) -> list[Any]:
    """The parts of a divided processor (MIG); empty for a whole one."""
    mode = asked(nvml.nvmlDeviceGetMigMode, handle)
    if mode is None or mode[0] != nvml.NVML_DEVICE_MIG_ENABLE:
        return []
    most = asked(nvml.nvmlDeviceGetMaxMigDeviceCount, handle) or 0
    parts = (asked(nvml.nvmlDeviceGetMigDeviceHandleByIndex, handle, place) for place in range(most))
    return [part for part in parts if part is not None]


def _named(entry: str) -> Graphics | None:
    if entry.isdigit():
        return next((one for one in listed() if one.number == int(entry)), None)
    fitting = [one for one in listed() if entry and one.uuid.startswith(entry)]
    return fitting[0] if len(fitting) == 1 else None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
