"""What a page or the supervisor may know of a checkpoint, without NumPy: whether there is one, and where it stands.

A checkpoint is one zip file: `about.json` and, as `.npy`, the arrays that `core.worker.checkpoint` writes and reads. A
new one is written beside it, made safe, and put in its place, so that there is always one whole checkpoint.
"""

import json
import zipfile
from pathlib import Path
from typing import Any

NAME = "checkpoint.npz"
ABOUT = "about.json"
VERSION = 1


def exists(folder: Path) -> bool:
    """Whether the run in this folder can go on from somewhere."""
    return (folder / NAME).exists()


def about(folder: Path) -> dict[str, Any] | None:
    """Where the run in this folder would go on; None where it has no checkpoint that can be read."""
    try:
        with zipfile.ZipFile(folder / NAME) as archive:
            found = json.loads(archive.read(ABOUT))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):  # none, or none of ours
        return None
    return found if found.get("version") == VERSION else None


def forget(folder: Path) -> None:
    """Remove what is only there to go on: the run has ended, or would only fail again."""
    for path in (folder / NAME, folder / f".{NAME}"):
        path.unlink(missing_ok=True)
