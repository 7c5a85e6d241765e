"""The whole run in one file, for another Modelyard: `core.opening` opens it again there."""

import hashlib
import json
from pathlib import Path

from core.exports import _zip
from core.runs import Run, carried
from core.words import mark

LABEL = mark("The whole run")
HELP = mark(
    "For another Modelyard: it opens there again with its drawing, its curves, its results and its answers. Your table is not in it, "
    "but for a few test rows."
)
ANSWERS = False  # it is opened, and asked where it is opened


def write(run: Run, out: Path) -> Path:
    """The file, written into the folder `out`, whole or not at all. Raises ExportError as long as there is no model."""
    _zip.check(run)
    every = {
        file.relative_to(run.folder).as_posix(): file
        for file in sorted(run.folder.rglob("*"))
        if file.is_file()
    }
    files = {name: file for name, file in every.items() if carried.belongs(name)}
    about = {
        "version": carried.VERSION, "kind": "run", "run": run.id,
        "files": {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()},
    }  # fmt: skip
    path = out / f"{_zip.name_of(run)}{carried.SUFFIX}"
    return _zip.pack(path, {**files, carried.ABOUT: json.dumps(about, indent=1)})
