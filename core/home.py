"""The workspace: the one folder that holds all that users make, and how files in it are written.

data/<id>/        a data set, known by the hash of its content
projects/<id>.json   what was chosen for one question: columns, goal, template
drawings/<project>/<id>/   one drawing and its versions
blocks/<id>.json  a block that the user made of layers
prepared/<id>/    recipes and encoded rows, known by the hash of what they were made from
frozen/<id>/      what layers that learn nothing make of encoded rows (`core.worker.frozen`)
runs/<id>/        everything about one training run
shares/           pages about models that were shared, and how often they were opened
endpoints/<run>.json   the hash of the key with which other programs may ask the run's model
notices/          addresses that are told of ends, and what is still to be told
queue/            one empty file for each run that waits, named by when it was asked
"""

import hashlib
import json
import os
import secrets
import time
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).parent.parent / "workspace"


def folder(*parts: str) -> Path:
    """A folder of the workspace, made if need be. `MODELYARD_HOME` says where the workspace is."""
    path = Path(os.environ.get("MODELYARD_HOME") or DEFAULT).expanduser().resolve().joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True)
    return path


def write_json(path: Path, data: Any) -> None:
    """Write the file so that a reader sees either the old content or the new, never half of it."""
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def read_json(path: Path) -> Any:
    """The file's content. Raises FileNotFoundError where there is none."""
    return json.loads(path.read_text(encoding="utf-8"))


def new_id() -> str:
    """An id that sorts by time and cannot be guessed, such as `20261122-063512-9f2c4ab0`."""
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{secrets.token_hex(4)}"


def fingerprint(data: Any) -> str:
    """Sixteen hexadecimal digits that change whenever the plain data changes."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
