"""The helper processes that pages ask; one of each for the whole page process."""

from core.asked import Helper
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
# TensorFlow would make it three times as large. `ready` says whether it has loaded; `begin` waits for nothing.
PREVIEW = Helper("core.worker.previewing", _quiet)
