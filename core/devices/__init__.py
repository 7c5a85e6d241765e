"""What a network can be trained on: the processor, and NVIDIA's graphics processors where there are some.

TensorFlow is never asked: in the processes that ask here it is not loaded.
"""

import os
from dataclasses import dataclass

from core.devices import granted, nvidia
from core.devices.granted import cores
from core.errors import RunError
from core.words import Sentence, mark

CPU = "cpu"
AT_ONCE = "MODELYARD_RUNS_AT_ONCE"  # how many runs share the processor, where there is nothing faster
GRAPHICS = "gpu:{number}"
ALL = "gpu:all"

__all__ = [
    "ALL", "AT_ONCE", "CPU", "Device", "at_once", "automatic", "chosen", "cores", "environment", "found",
    "idle_graphics", "together",
]  # fmt: skip


@dataclass(frozen=True)
class Device:
    """Something that trains one run at a time.

    Args:
        id: `cpu`, or `gpu:` and its number in the driver's list, or `gpu:all` for all of these together.
        name: What its maker calls it; empty for the processor.
        memory_bytes: What it has at all, in use or not.
        cores: How many of its cores may be used; 0 for graphics processors, where that says nothing.
        uuid: By which CUDA finds it, or several with commas between; empty for the processor.
    """

    id: str
    name: str
    memory_bytes: int
    cores: int = 0
    uuid: str = ""

    @property
    def label(self) -> Sentence:
        """What it is called on the screen, such as "CPU, 2 cores"."""
        if self.id == CPU:
            return mark("CPU, {count} core", plural="CPU, {count} cores", count=self.cores)
        if self.id == ALL:
            return mark("{count} GPUs together", count=self.uuid.count(",") + 1)
        return mark("GPU {number}: {name}", number=self.id.partition(":")[2], name=self.name)


def found() -> list[Device]:
    """Everything that a run of this process's environment may train on: graphics processors first, then the processor.

    `CUDA_VISIBLE_DEVICES` hides graphics processors here as it does from TensorFlow.
    """
    processor = Device(CPU, "", granted.memory(), granted.cores())
    return [*(_device(one) for one in _seen() if nvidia.usable()), processor]


def automatic() -> Device:
    """The one that trains where nobody has chosen: the first graphics processor, else the processor."""
    return found()[0]


def together() -> Device | None:
    """All graphics processors for one run (`core.worker.parallel`); None where there are fewer than two.

    The weights lie on the first one, which is therefore full first: its memory counts.
    """
    every = [device for device in found() if device.uuid]
    if len(every) < 2:
        return None
    return Device(ALL, every[0].name, every[0].memory_bytes, uuid=",".join(device.uuid for device in every))


def at_once() -> int:
    """How many runs of which nobody says where train at the same time."""
    graphics = sum(1 for device in found() if device.uuid)
    asked = os.environ.get(AT_ONCE, "")
    return graphics or max(1, int(asked) if asked.isdigit() else 1)


def chosen(id: str) -> Device:
    """The device with this id, or `automatic()` where it is empty.

    Raises:
        RunError: Where this machine does not have it now.
    """
    if not id:
        return automatic()
    every = found()
    joined = together() if id == ALL else None
    for device in [*every, *([joined] if joined else [])]:
        if device.id == id:
            return device
    raise RunError(
        mark("This run asks for the device “{id}”, which is not there.", id=id[:40]),
        mark("Choose one of these instead: {names}.", names=[device.id for device in every]),
    )


def environment(id: str) -> dict[str, str]:
    """What a worker needs in its environment to train on this device and no other, before its first operation.

    Args:
        id: A device's id, or empty for `automatic()`.

    Raises:
        RunError: Where this machine does not have it now.
    """
    device = chosen(id)
    # Runs on several graphics processors share the cores that feed these.
    shares = sum(1 for other in found() if other.uuid) if device.uuid and id != ALL else 1
    threads = str(max(1, granted.cores() // max(shares, 1)))
    return {
        "CUDA_VISIBLE_DEVICES": device.uuid or "-1",
        "OMP_NUM_THREADS": threads,
        "TF_NUM_INTRAOP_THREADS": threads,
    }


def idle_graphics() -> list[str]:
    """Names of graphics processors that could train and do not, as the installed TensorFlow cannot use them."""
    return [] if nvidia.usable() else [one.name for one in _seen()]


def _seen() -> tuple[nvidia.Graphics, ...]:
    return nvidia.visible(os.environ.get("CUDA_VISIBLE_DEVICES"))


def _device(one: nvidia.Graphics) -> Device:
    return Device(GRAPHICS.format(number=one.number), one.name, one.memory_bytes, uuid=one.uuid)
