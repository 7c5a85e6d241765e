"""Where a run can stand, and which steps lead from there: one table.

    queued → starting → running → (stopping) → done · stopped · failed · crashed
       ↑                   ↓
       └──── paused ───────┘

*Failed*: the worker said why. *Crashed*: the process is gone and said nothing. *Paused*: held by nobody, so that others
can use its device (where its state could not be kept, its process waits with it). From wherever a process can vanish,
and from bad ends, the way back to *queued* is going on from a checkpoint (`core.runs.interruptions`); a run that was
withdrawn before it had a model can be queued again.
"""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core import home
from core.words import Sentence, mark

STEPS: dict[str, tuple[str, ...]] = {
    "queued": ("starting", "paused", "stopped", "failed"),
    "starting": ("running", "queued", "stopped", "failed", "crashed"),
    "running": ("paused", "stopping", "queued", "done", "failed", "crashed"),
    "paused": ("running", "queued", "stopped", "crashed"),
    "stopping": ("queued", "stopped", "failed", "crashed"),
    "done": (),
    "stopped": ("queued",),
    "failed": ("queued",),
    "crashed": ("queued",),
}
ENDED = ("done", "stopped", "failed", "crashed")
ACTIVE = ("starting", "running", "paused", "stopping")
LABELS = {
    "queued": mark("Waiting"),
    "starting": mark("Starting"),
    "running": mark("Running"),
    "paused": mark("Paused"),
    "stopping": mark("Stopping"),
    "done": mark("Done"),
    "stopped": mark("Stopped"),
    "failed": mark("Failed"),
    "crashed": mark("Crashed"),
}


@dataclass(frozen=True)
class State:
    """Where a run stands.

    Args:
        name: One of `STEPS`.
        since: Seconds since 1970.
        reason: Why it stands there, where that needs a word.
        fix: What to do now, where the reason is trouble.
        pid: The process that holds the run, 0 if none does.
        device: Where it trains or has trained last, one of `core.devices`; empty before it is known.
    """

    name: str
    since: float = field(default_factory=time.time)
    reason: Sentence | None = None
    fix: Sentence | None = None
    pid: int = 0
    device: str = ""

    @property
    def held(self) -> bool:
        """Whether a process holds the run, or is about to, and with it a device."""
        return self.name in ACTIVE and not (self.name == "paused" and not self.pid)

    @property
    def ended(self) -> bool:
        return self.name in ENDED

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "since": self.since,
            "reason": self.reason and self.reason.to_json(),
            "fix": self.fix and self.fix.to_json(),
            "pid": self.pid,
            "device": self.device,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "State":
        spoken = {key: data.get(key) and Sentence.from_json(data[key]) for key in ("reason", "fix")}
        held = data.get("pid", 0), data.get("device", "")
        return cls(data["name"], data["since"], spoken["reason"], spoken["fix"], *held)


def read(folder: Path) -> State:
    """The state of the run in this folder."""
    return State.from_json(home.read_json(folder / "state.json"))


def write_first(folder: Path) -> None:
    """A new run waits."""
    home.write_json(folder / "state.json", State("queued").to_json())


def step(
    folder: Path,
    name: str,
    reason: Sentence | None = None,
    fix: Sentence | None = None,
    pid: int = 0,
    device: str = "",
) -> State:
    """Take one step of the table; without another `device` it stays where it was.

    Raises:
        ValueError: Where the table has no such step, which is our fault.
    """
    old = read(folder)
    if name not in STEPS[old.name]:
        raise ValueError(f"A run cannot go from {old.name} to {name}.")
    new = State(name, reason=reason, fix=fix, pid=pid, device=device or old.device)
    home.write_json(folder / "state.json", new.to_json())
    return new
