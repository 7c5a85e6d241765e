"""The part of the moving panel that shows how much of the machine is in use, and what of it is the run's."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from core import devices, gauges
from core.gauges import Graphics, Reading
from core.runs import ACTIVE, Run
from core.words import say
from pages.parts import layer_words
from pages.parts.curves import Curves

UNKNOWN = "–"
GIGABYTE = 1_000_000_000
One = TypeVar("One", Reading, Graphics)


def words() -> dict[str, str]:
    """What the browser says by itself."""
    return {"title": say("This machine"), "history": say("Over the last minute")}


def told(run: Run, followed: Curves) -> dict[str, Any] | None:
    """The gauges with their latest minute; None while no process holds the run."""
    state = run.state()
    if state.name not in ACTIVE or not state.pid:
        return None
    readings = gauges.readings(state.pid)
    # Others' graphics processors are no business of this run.
    own = [[one for one in reading.graphics if one.id == state.device] for reading in readings]
    shown = [_processor(readings), _memory(readings)]
    if own[-1]:
        shown += _graphics([one for found in own for one in found])
    shown.append(_disk(readings))
    return {"gauges": shown, "warnings": [str(warning) for warning in gauges.warnings(readings)]}


def _processor(readings: Sequence[Reading]) -> dict[str, Any]:
    now, cores = readings[-1], devices.cores()
    detail = ""
    if now.run_cores is not None:
        detail = say(
            "this run: {used:.1f} of {count} core", plural="this run: {used:.1f} of {count} cores",
            used=now.run_cores, count=cores,
        )  # fmt: skip
    # The run's share is at most that of the whole machine: the two are read a moment apart.
    own = min((now.run_cores or 0.0) / cores, now.cpu or 0.0)
    return _gauge("cpu", say("Processor"), _percent(now.cpu), detail, readings, lambda one: one.cpu, own)


def _memory(readings: Sequence[Reading]) -> dict[str, Any]:
    now = readings[-1]
    detail = say("this run: {size}", size=layer_words.size(now.run_memory)) if now.run_memory else ""
    own = min(now.run_memory, now.memory_used) / now.memory_total
    value = _of(now.memory_used, now.memory_total)
    return _gauge(
        "memory", say("Memory"), value, detail, readings, lambda one: one.memory_used / one.memory_total, own
    )


def _disk(readings: Sequence[Reading]) -> dict[str, Any]:
    now = readings[-1]
    value = say("{size} free", size=layer_words.size(now.disk_free))
    detail = say("of {size}", size=layer_words.size(now.disk_total))
    return _gauge(
        "disk", say("Disk"), value, detail, readings, lambda one: 1 - one.disk_free / one.disk_total
    )


def _graphics(readings: Sequence[Graphics]) -> list[dict[str, Any]]:
    """Two gauges: how busy it is, and how full."""
    now, number = readings[-1], readings[-1].id.partition(":")[2]
    shown = [
        f"{now.degrees} °C" if now.degrees is not None else "",
        f"{now.watts:,.0f} W" if now.watts is not None else "",
    ]
    busy, full = say("GPU {number}", number=number), say("GPU {number}, memory", number=number)
    return [
        _gauge(
            now.id, busy, _percent(now.busy), " · ".join(filter(None, shown)), readings, lambda one: one.busy
        ),
        _gauge(
            f"{now.id}-memory", full, _of(now.memory_used, now.memory_total), now.name, readings,
            lambda one: one.memory_used / one.memory_total,
        ),
    ]  # fmt: skip


def _gauge(
    name: str,
    label: str,
    value: str,
    detail: str,
    readings: Sequence[One],
    share: Callable[[One], float | None],
    own: float = 0.0,
) -> dict[str, Any]:
    """Args: own: The run's part of the whole, 0 to 1; what it leaves of `share` belongs to others."""
    history = [None if (now := share(one)) is None else round(100 * now) for one in readings]
    return {
        "name": name,
        "label": label,
        "value": value,
        "detail": detail,
        "share": history[-1],
        "own": round(100 * own),
        "history": history,
    }


def _percent(share: float | None) -> str:
    return UNKNOWN if share is None else f"{share:.0%}"


def _of(used: int, total: int) -> str:
    """Such as "3.2 of 25 GB"."""
    return say("{used:,.1f} of {total:,.0f} GB", used=used / GIGABYTE, total=total / GIGABYTE)
