"""Web addresses that are told of ends, kept in the workspace: one for all projects, or one for a project alone.

notices/all.json  notices/<project>.json    the address, which is as good as a password: only its owner may read it
notices/last_<…>.json                       what came of the last message to it
notices/waiting/<run>                       an empty file for each run whose end is to be told
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from core import home, words
from core.errors import SettingError
from core.words import mark

ALL = "all"
LONGEST = 2_000
LEAST_HIDDEN = 12  # of an address's end, before its last letters are shown


@dataclass(frozen=True)
class Webhook:
    """Where ends are told.

    Args:
        address: The web address.
        project: The project that it belongs to, empty for one that holds for all projects.
        app: Where people open this app, for a link in the message; may be empty.
        language: Which language the message is in.
    """

    address: str
    project: str = ""
    app: str = ""
    language: str = "en"

    def __repr__(self) -> str:
        return f"Webhook({masked(self.address)!r})"  # never in a log


def webhook(project: str) -> Webhook | None:
    """Where ends of this project's runs are told: its own address, else that for all projects; None if nowhere."""
    names = [project, ""] if project else [""]
    return next((found for name in names if (found := _read(name))), None)


def keep(address: str, project: str = "", app: str = "") -> Webhook:
    """Tell this address from now on, in the language spoken now.

    Args:
        project: Only ends of this project's runs; empty for all projects.

    Raises:
        SettingError: If it is no web address.
    """
    made = Webhook(check(address), project, app, words.language())
    path = _path(project)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(made), file)
    os.replace(temporary, path)
    last_path(project).unlink(missing_ok=True)
    return made


def forget(project: str = "") -> None:
    """Tell nobody any more."""
    for path in (_path(project), last_path(project)):
        path.unlink(missing_ok=True)


def check(address: str) -> str:
    """The address without spaces around it. Raises SettingError, which never repeats it, if it is no web address."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_web = False
    if not is_web or not address.isascii() or not address.isprintable() or " " in address:
        raise SettingError(
            mark("This is no web address: one begins with https:// or http:// and holds no spaces."),
            mark("Copy the whole address of the webhook from the service that gives it."),
        )
    if len(address) > LONGEST:
        raise SettingError(
            mark("The address is {count:,} letters long.", count=len(address)),
            mark("Enter one of at most {most:,} letters.", most=LONGEST),
        )
    return address


def masked(address: str) -> str:
    """The address as it may be shown: where it leads, but not what opens it.

    Example:
        >>> masked("https://me:secret@hooks.example.com/services/T01/B02/XyZ0123456789")
        'https://hooks.example.com/…6789'
    """
    parts = urlsplit(address)
    hidden = f"{parts.path}{parts.query}".strip("/")
    end = hidden[-4:] if len(hidden) >= LEAST_HIDDEN else ""
    return f"{parts.scheme}://{_place(parts)}/…{end}"


def last_path(project: str) -> Path:
    """The file that says what came of the last message."""
    return home.folder("notices") / f"last_{_name(project)}.json"


def _place(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


def _read(project: str) -> Webhook | None:
    try:
        return Webhook(**home.read_json(_path(project)))
    except FileNotFoundError:
        return None


def _path(project: str) -> Path:
    return home.folder("notices") / f"{_name(project)}.json"


def _name(project: str) -> str:
    """A project's id as it stands in an address could be anything."""
    if project and (len(project) > 60 or not project.replace("-", "").isalnum()):
        raise ValueError("no id of a project")
    return project or ALL
