"""All that went into a run's weights besides what was asked, and how closely the same asked here and now would agree.

`made_with.json`, written by the worker when it begins: `data` `prepared` `recipes` (hashes), `seed` `settings` (with the
automatic ones filled in), `device` `driver`, `processor` `threads` `system`, `versions`, `code`. By which way steps
were taken stands in the event `choice`.
"""

import hashlib
import os
import platform
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from core import home
from core.words import Sentence, mark

NAME = "made_with.json"
ROOT = Path(__file__).parent.parent.parent
LIBRARIES = ("keras", "tensorflow", "tensorflow-cpu", "numpy", "onnxruntime")
WORKERS = (
    "worker",
    "pieces.py",
    "recipes.py",
    "prepare.py",
    "split.py",
    "layers",
)  # whose code a run's weights follow from


@lru_cache
def versions() -> dict[str, str]:
    """Versions of Python, of ours, and of the libraries that compute, without loading any."""
    found = {"python": platform.python_version(), "modelyard": _ours()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


@lru_cache
def here() -> dict[str, Any]:
    """The machine and the code of this process: `processor` `system` `versions` `code`."""
    return {
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()}",
        "versions": versions(),
        "code": _code(),
    }


def read(folder: Path) -> dict[str, Any]:
    """What went into the run in this folder; empty before it began, and for runs of older versions."""
    try:
        return home.read_json(folder / NAME)
    except FileNotFoundError:
        return {}


def write(folder: Path, **more: Any) -> None:
    """Say what goes into the run in this folder."""
    home.write_json(folder / NAME, {**more, **here()})


def agreement(before: Mapping[str, Any], device: str = "") -> Sentence | None:
    """How the weights would differ if the same were asked here and now; None where they would be the very same.

    Args:
        before: What went into the run, see `read`.
        device: What it would run on, as the worker calls it; empty for the same.
    """
    if not before:
        return mark(
            "This run did not note what it was made with: trained again, its weights may differ a little."
        )
    now = here()
    if before["code"] != now["code"]:
        return mark("Modelyard has changed since this run: trained again, its weights may differ.")
    other: list[Sentence] = []
    if before["processor"] != now["processor"] or before["system"] != now["system"]:
        other.append(mark("another machine"))
    if device and device != before["device"]:
        other.append(mark("another device"))
    if before["versions"] != now["versions"]:
        other.append(mark("other versions of the libraries"))
    if other:
        return mark("Trained again here, its weights will agree only to rounding: {why}.", why=other)
    return None


def _ours() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def _processor() -> str:
    """The processor's model; what the system calls it where there is no such list."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # not Linux
        return platform.processor() or platform.machine()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def _code() -> str:
    """Changes when code changes from which a run's weights follow."""
    digest = hashlib.sha256()
    for name in WORKERS:
        place = ROOT / "core" / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def threads() -> int:
    """On how many threads TensorFlow computes here: more of them may add numbers up in another order."""
    return int(os.environ.get("TF_NUM_INTRAOP_THREADS") or os.cpu_count() or 1)
