"""A run in one file: what belongs into it, and how such a file is known. `core.exports.run_file` writes it, `core.opening` opens it."""

import re
import zipfile
from pathlib import Path

VERSION = 1
SUFFIX, ABOUT = ".run.zip", "modelyard.json"
_KEPT = re.compile(
    r"(samples/)?[A-Za-z0-9_-][\w.-]{0,80}\.(json|jsonl|npz|npy|keras|onnx|data|png|jpe?g|webp|gif|bmp)",
    re.ASCII,
)
_LEFT = ("checkpoint.npz",)  # only a run that has not ended needs it


def belongs(name: str) -> bool:
    """Whether a file of a run's folder, by its path in there, goes along; notes for processes and exports do not."""
    return bool(_KEPT.fullmatch(name)) and name not in _LEFT


def holds(path: Path) -> bool:
    """Whether the file says that it is a run in one file."""
    try:
        with zipfile.ZipFile(path) as packed:
            return ABOUT in packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
