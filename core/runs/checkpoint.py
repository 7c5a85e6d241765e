"""What a page or the supervisor may know of a checkpoint, without NumPy: whether there is one, and where it stands.

A checkpoint is one zip file: `about.json` and, as `.npy`, the arrays that `core.worker.checkpoint` writes and reads. A
new one is written beside it, made safe, and put in its place, so that there is always one whole checkpoint.
"""

import json
import os
import shutil
import zipfile
from collections.abc import Mapping
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


def size(folder: Path) -> int:
    """The bytes that the checkpoint of the run in this folder takes, 0 where it has none."""
    path = folder / NAME
    return path.stat().st_size if path.exists() else 0


def copy(source: Path, target: Path, about: Mapping[str, Any]) -> None:
    """Give the run in `target` the arrays of the one in `source`, with this `about` in place of the other's."""
    temporary = target / f".{NAME}"
    try:
        with zipfile.ZipFile(source / NAME) as old, zipfile.ZipFile(temporary, "w") as new:
            new.writestr(ABOUT, json.dumps(about, allow_nan=False))
            for member in old.namelist():
                if member != ABOUT:
                    with old.open(member) as read, new.open(member, "w", force_zip64=True) as write:
                        shutil.copyfileobj(read, write, 1 << 20)
        os.replace(temporary, target / NAME)
    finally:
        temporary.unlink(missing_ok=True)


def forget(folder: Path) -> None:
    """Remove what is only there to go on: the run has ended, or would only fail again."""
    for path in (folder / NAME, folder / f".{NAME}"):
        path.unlink(missing_ok=True)
