"""Places in which runs train at the same time: one for each graphics processor, else one on the processor."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.context import BaseContext
from typing import Any

from core import devices, home
from core.launchers import _deaths, this_machine
from core.launchers._deaths import Death
from core.runs import Run

AT_ONCE = "MODELYARD_RUNS_AT_ONCE"  # how many runs share the processor, where there is nothing faster


@dataclass(eq=False)
class Slot:
    """A place for one run.

    Args:
        device: What it trains on.
        on_wish: Whether only runs that ask for this device come here.
    """

    device: str
    on_wish: bool = False
    run: Run | None = None
    process: Any = None
    memory_kills: int = 0

    def begin(self, made: BaseContext, run: Run, environment: Mapping[str, str]) -> None:
        """Let a process train the run."""
        self.memory_kills = _deaths.memory_kills()
        self.run, self.process = run, this_machine.start(made, run.folder, environment)

    def end(self) -> tuple[Run, Death]:
        """Wait for the process; whose it was, and what it died of in case it said nothing."""
        self.process.join()
        run, code = self.run, self.process.exitcode
        self.process.close()
        self.run = self.process = None
        return run, _deaths.why(code, self.memory_kills)


def every() -> list[Slot]:
    """The slots of this machine. Where there are graphics processors, the processor is only for who asks for it."""
    graphics = [Slot(device.id) for device in devices.found() if device.id != devices.CPU]
    return [*graphics, Slot(devices.CPU, on_wish=True)] if graphics else [_on_cpu() for _ in range(at_once())]


@lru_cache(maxsize=1_024)
def wish(run: Run) -> str:
    """The device that the run asks for, or empty; read once, as what was asked never changes."""
    return home.read_json(run.folder / "spec.json").get("device", "")


def spare() -> Slot:
    """A place beside the others, for a run that trains no more and only writes what it has learned."""
    return _on_cpu()


def at_once() -> int:
    """How many runs share the processor."""
    asked = os.environ.get(AT_ONCE, "")
    return max(1, int(asked)) if asked.isdigit() else 1


def environment(device: str) -> dict[str, str]:
    """What a worker on this device needs in its environment.

    Raises:
        RunError: If the device is not there.
    """
    shared = threads() if device == devices.CPU else {}
    return {**devices.environment(device), **shared}


def threads() -> dict[str, str]:
    """How many threads a run on the processor may use, where several share it; empty for one that has all cores."""
    if at_once() == 1:
        return {}
    cores = str(max(1, devices.cores() // at_once()))
    return {"OMP_NUM_THREADS": cores, "TF_NUM_INTRAOP_THREADS": cores}


def _on_cpu() -> Slot:
    return Slot(devices.CPU)
