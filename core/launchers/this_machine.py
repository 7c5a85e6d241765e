"""A run executes in a process of its own on this machine."""

import contextlib
import importlib
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing.context import BaseContext
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core import devices, home
from core.words import mark

ROOT = Path(__file__).parent.parent.parent
MEMORY_FIRST = "500"  # of 1,000, on top of what the system counts by itself
LABEL = mark("This machine")
HELP = mark("Training runs here, beside the app, and goes on when the browser is closed.")

# Loaded once by the forkserver, so that a run begins at once. None of them may run a TensorFlow operation.
PRELOAD = (
    "tensorflow", "keras", "numpy", "pandas", "pyarrow", "sklearn.linear_model", "onnxruntime", "onnx",
    "core.worker.train",
)  # fmt: skip


def environment() -> dict[str, str]:
    """What the worker's libraries read when they are loaded: quiet, one thread a granted core, memory as needed."""
    cores = str(devices.cores())
    return {
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_FORCE_GPU_ALLOW_GROWTH": "true",
        "OMP_NUM_THREADS": cores,
        "OMP_WAIT_POLICY": "PASSIVE",  # threads that wait by spinning made boosted trees up to 30 times slower
        "TF_NUM_INTRAOP_THREADS": cores,
        "PYTHONUNBUFFERED": "1",
    }


def context() -> BaseContext:
    """How processes are made: from a warm forkserver where the system can, cold on Windows."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(list(PRELOAD))
    return made


def warm() -> None:
    """Start the forkserver now, so that it has loaded TensorFlow before the first run."""
    if os.name != "nt":
        from multiprocessing import forkserver  # noqa: PLC0415 - not there on Windows

        forkserver.ensure_running()


def start(made: BaseContext, folder: Path, environment: Mapping[str, str] | None = None) -> Any:
    """A process that executes the run in this folder, already started.

    Args:
        environment: What it has to find there before its first operation, such as the one device that it may see.
    """
    asked = str(folder), dict(environment or {})
    process = made.Process(target=execute, args=asked, name=f"modelyard-{folder.name}")
    process.start()
    return process


def start_cold(folder: Path, more: Mapping[str, str] = MappingProxyType({})) -> subprocess.Popen:
    """A process that loads everything itself, for a terminal; keys pressed there do not reach it.

    Args:
        more: What it finds in its environment beside what every worker does, such as the one device that it may see.
    """
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "core.worker", str(folder)],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env={**os.environ, **environment(), **more, "MODELYARD_HOME": str(home.folder())},
            start_new_session=os.name != "nt",
        )  # fmt: skip
    _give_memory_first(process.pid)
    return process


def execute(folder: str, environment: Mapping[str, str] = MappingProxyType({})) -> None:
    """What the process does: leave the starter's group, write to the run's log, and enter the worker's room."""
    os.environ.update(environment)
    _give_memory_first(os.getpid())
    with contextlib.suppress(AttributeError, PermissionError):  # Windows has no groups of this kind
        os.setsid()
    log = os.open(Path(folder) / "log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os.dup2(log, 1)
    os.dup2(log, 2)
    # By name: the worker stands below this room, and only its own process may load it.
    importlib.import_module("core.worker.door").enter(Path(folder))


def _give_memory_first(pid: int) -> None:
    """Where memory runs out, Linux ends this process before the pages and the supervisor: it alone can go on."""
    # Not there on other systems; not allowed in some containers; gone where the process has ended already.
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/oom_score_adj").write_text(MEMORY_FIRST)
