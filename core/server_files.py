"""Files that lie on the server already, in folders that whoever runs it opens to its users: none, until some are named."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from core.errors import FileError
from core.reading import MOST_BYTES
from core.words import mark

ALLOWED = "MODELYARD_FOLDERS"  # folders, parted as in PATH
MOST_LISTED = 1_000


@dataclass(frozen=True)
class Entry:
    """A file or a folder.

    Args:
        path: Where it lies, links resolved.
        size: Bytes; 0 of a folder.
        changed: When it was changed last, in seconds since 1970.
    """

    name: str
    path: Path
    folder: bool
    size: int
    changed: float


def roots() -> tuple[Path, ...]:
    """The folders that are open and there, links resolved."""
    named = [Path(name) for name in os.environ.get(ALLOWED, "").split(os.pathsep) if name.strip()]
    return tuple(dict.fromkeys(path.resolve() for path in named if path.is_absolute() and path.is_dir()))


def allowed(asked: str) -> Path:
    """The file or folder itself, wherever links lead.

    Raises:
        FileError: If it lies outside the open folders, is hidden, is not there, or is neither a file nor a folder. It is the
            same error for all of them: nobody learns what else is on the server.
    """
    try:
        path = Path(asked).resolve(strict=True)
        kind = path.stat().st_mode
    except (OSError, ValueError, RuntimeError) as error:
        raise _refused(asked) from error
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)) or not any(_within(path, root) for root in roots()):
        raise _refused(asked)
    return path


def entries(folder: Path) -> list[Entry]:
    """What a folder shows: folders first, then files, by name; without what is hidden, no file, or leads outside.

    Raises:
        FileError: If the folder is not open, or cannot be read.
    """
    found = []
    try:
        names = sorted(os.listdir(allowed(str(folder))), key=str.casefold)
    except OSError as error:
        raise _refused(str(folder)) from error
    for name in names:
        try:
            path = allowed(str(folder / name))
            about = path.stat()
        except (FileError, OSError):
            continue
        if not name.startswith("."):
            is_folder = stat.S_ISDIR(about.st_mode)
            found.append(Entry(name, path, is_folder, 0 if is_folder else about.st_size, about.st_mtime))
    return sorted(found, key=lambda entry: not entry.folder)[:MOST_LISTED]


def to_read(asked: str) -> Path:
    """The file, or the folder of pictures, that may be read.

    Raises:
        FileError: As `allowed`; if the file is too large, or the folder holds links that lead outside.
    """
    path = allowed(asked)
    if path.is_dir():
        if any(_leads_outside(Path(place, name)) for place, _, names in os.walk(path) for name in names):
            raise FileError(
                mark("The folder “{name}” holds links to files that may not be taken.", name=path.name[:80]),
                mark("Choose a folder without such links, or single files in it."),
            )
    elif path.stat().st_size > MOST_BYTES:
        raise FileError(
            mark("“{name}” has more than {most:.0f} GB.", name=path.name[:80], most=MOST_BYTES / 1e9),
            mark("Choose a smaller file, or let somebody take a part of its rows."),
        )
    return path


def _leads_outside(path: Path) -> bool:
    if not path.is_symlink():
        return False
    try:
        allowed(str(path))
    except FileError:
        return True
    return False


def _within(path: Path, root: Path) -> bool:
    inner = path.relative_to(root).parts if path.is_relative_to(root) else (".",)
    return not any(part.startswith(".") for part in inner)


def _refused(asked: str) -> FileError:
    return FileError(
        mark("“{path}” is not among the files of this server that may be taken.", path=asked[-80:]),
        mark("Choose another one, or let whoever runs this server open its folder ({setting}).", setting=ALLOWED),
    )  # fmt: skip
