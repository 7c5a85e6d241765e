"""What a training process that ended without a word most likely died of."""

from dataclasses import dataclass
from pathlib import Path

from core.words import Sentence, mark

# Of the machine, and of a container, the one in two ways.
COUNTERS = (
    Path("/proc/vmstat"),
    Path("/sys/fs/cgroup/memory.events"),
    Path("/sys/fs/cgroup/memory/memory.oom_control"),
)


@dataclass(frozen=True)
class Death:
    """What a process died of.

    Args:
        reason: In words.
        fix: What to do about it.
        memory: Whether the system killed it because memory ran out.
    """

    reason: Sentence
    fix: Sentence
    memory: bool = False


def memory_kills() -> int:
    """How many processes were killed so far because memory ran out, on this machine and in this container."""
    lines = [line for path in COUNTERS if path.exists() for line in path.read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))


def why(code: int, memory_kills_before: int) -> Death:
    """What a process died of that ended with this code and said nothing.

    Args:
        memory_kills_before: What `memory_kills` said before the process began.
    """
    if code >= 0:
        return Death(
            mark("The training process ended without a word (code {code}).", code=code),
            mark("Look into the log of this run, then train again; the curves so far are kept."),
        )
    if code == -9 and memory_kills() > memory_kills_before:
        return Death(
            mark("Training ended without a word because the memory of this machine ran out."),
            mark("Set fewer rows per step or make the layers smaller, then train again."),
            memory=True,
        )
    return Death(
        mark("Training was ended from outside (signal {signal}) without a word.", signal=-code),
        mark("If nobody did that on purpose, close other programs to free memory, then train again."),
    )


def vanished() -> Death:
    """What a run's process died of that was gone when a new supervisor looked."""
    return Death(
        mark("Training ended without a word, most often because the machine was switched off."),
        mark("Train again; the curves so far are kept."),
    )
