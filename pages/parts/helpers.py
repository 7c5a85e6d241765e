"""The helper processes that pages ask; one of each for the whole page process."""

from threading import BoundedSemaphore

from core.asked import Helper, Plain
from core.launchers import this_machine

PREVIEW_THREADS = 2


def _quiet() -> dict[str, str]:
    """As for training, but on the processor and with few threads, so that a run beside it is not slowed."""
    cores = str(min(PREVIEW_THREADS, int(this_machine.environment()["OMP_NUM_THREADS"])))
    return {
        **this_machine.environment(),
        "CUDA_VISIBLE_DEVICES": "",
        "OMP_NUM_THREADS": cores,
        "TF_NUM_INTRAOP_THREADS": cores,
        "TF_NUM_INTEROP_THREADS": "1",
    }


# ONNX Runtime would make the page process a fifth larger.
MODEL = Helper("core.answering")
# What strangers ask by a shared page or from other programs: whatever it does to this one, the pages still get answers.
SHARED = Helper("core.answering")
_turns = BoundedSemaphore(16)  # each takes a thread of the page process while it waits
# TensorFlow would make it three times as large. `ready` says whether it has loaded; `begin` waits for nothing.
PREVIEW = Helper("core.worker.previewing", _quiet)


class BusyError(Exception):
    """Too many strangers wait for an answer at this moment."""


def ask_shared(question: Plain, seconds: float) -> Plain:
    """As `SHARED.ask`, but only so many wait at once. Raises BusyError for whoever comes then."""
    if not _turns.acquire(blocking=False):
        raise BusyError
    try:
        return SHARED.ask(question, seconds)
    finally:
        _turns.release()
