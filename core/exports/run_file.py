"""The whole run in one file, for another Modelyard: `core.opening` opens it again there."""

import hashlib
import json
import os
import zipfile
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
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{_zip.name_of(run)}{carried.SUFFIX}"
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    files = {
        file.relative_to(run.folder).as_posix(): file
        for file in sorted(run.folder.rglob("*"))
        if file.is_file()
    }
    files = {name: file for name, file in files.items() if carried.belongs(name)}
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as packed:
            marks = {}
            for name, file in files.items():
                packed.write(file, name)
                with file.open("rb") as content:
                    marks[name] = hashlib.file_digest(content, "sha256").hexdigest()
            about = {"version": carried.VERSION, "kind": "run", "run": run.id, "files": marks}
            packed.writestr(carried.ABOUT, json.dumps(about, indent=1))
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path
