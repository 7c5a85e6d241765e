"""The cores and the memory that this process may use, which in a container are fewer than the machine has."""

import math
import os
from pathlib import Path

import psutil

CGROUPS = Path("/sys/fs/cgroup")


def cores() -> int:
    """How many cores training may use; `MODELYARD_CORES` sets it by hand."""
    asked = os.environ.get("MODELYARD_CORES", "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    share = _cores_of_container()
    return max(1, min(usable, math.ceil(share))) if share else usable


def memory() -> int:
    """Bytes of memory that there are at all."""
    return min(psutil.virtual_memory().total, memory_limit() or math.inf)


def free_memory() -> int:
    """Bytes that a new program could use now without anything having to give way."""
    free, limit = psutil.virtual_memory().available, memory_limit()
    return min(free, max(limit - _memory_of_container(), 0)) if limit else free


def memory_limit() -> int:
    """Bytes that the container may use; 0 where nobody has set a limit."""
    limit = _number(CGROUPS / "memory.max") or _number(CGROUPS / "memory" / "memory.limit_in_bytes")
    return limit if limit < psutil.virtual_memory().total else 0


def _memory_of_container() -> int:
    """Bytes that the container uses, without copies of files that the system drops when it needs the room."""
    for folder, used, dropped in (
        (CGROUPS, "memory.current", "inactive_file"),
        (CGROUPS / "memory", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        if (folder / used).exists():
            lines = (folder / "memory.stat").read_text().splitlines()
            found = dict(line.split(maxsplit=1) for line in lines)
            return _number(folder / used) - int(found.get(dropped, 0))
    return 0


def _cores_of_container() -> float:
    """Cores that the container may use on average; 0 where nobody has set a limit."""
    try:
        quota, period = (CGROUPS / "cpu.max").read_text().split()
        return 0.0 if quota == "max" else int(quota) / int(period)
    except FileNotFoundError:
        quota, period = (_number(CGROUPS / "cpu" / f"cpu.cfs_{name}_us") for name in ("quota", "period"))
        return max(quota, 0) / period if period else 0.0


def _number(path: Path) -> int:
    """The number in the file; 0 where there is no such file, or no number in it."""
    try:
        text = path.read_text().strip()
    except FileNotFoundError:
        return 0
    return int(text) if text.lstrip("-").isdigit() else 0
