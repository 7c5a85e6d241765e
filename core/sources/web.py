"""A file that lies at a web address.

A server that fetches what strangers name could be made to fetch what only it can reach. So every address is looked up first, has to be a
public one, and the connection goes to that very number; each address that the server is sent on to is looked at in the same way.
"""

import ipaddress
import os
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from core.datasets import safe_file_name
from core.errors import FileError
from core.reading import MOST_BYTES
from core.words import Sentence, mark

LABEL = mark("From a web address")
HELP = mark("The address of a file, or of a Google sheet that everybody who has the link may see.")

ALLOWED = "MODELYARD_FETCH_FROM"  # names of hosts, with commas between, that may be fetched from though they are not public
MOST_STEPS, SECONDS = 5, 900.0
CONNECT_SECONDS, WAIT_SECONDS = 8.0, 30.0
_PIECE = 1 << 18
_SENT_ON = (301, 302, 303, 307, 308)
_SHEET = re.compile(r"/spreadsheets/d/([\w-]+)(?:/.*?)?(?:[#?&]gid=(\d+).*)?$")
_SUFFIXES = {
    "text/csv": ".csv", "text/tab-separated-values": ".tsv", "application/json": ".json", "text/html": ".html",
    "application/zip": ".zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip


@dataclass(frozen=True)
class _Place:
    """Where a file lies: an address that was looked up, and is allowed."""

    secure: bool
    host: str
    port: int
    path: str
    number: str

    @property
    def shown(self) -> str:
        return self.host[:80]


def bring(asked: str, folder: Path, progress: Callable[[float], None] = lambda share: None) -> Path:
    """Fetch the file.

    Args:
        progress: Told the share that is there, where the server says how much there is.

    Raises:
        FileError: If it is no web address or leads to a private one, or the file cannot be fetched, is too large or too slow.
    """
    address, ends = _meant(asked.strip()), time.monotonic() + SECONDS
    for _ in range(MOST_STEPS):
        place = _place(address)
        answer = _asked(place)
        try:
            if answer.status not in _SENT_ON:
                return _kept(answer, place, folder, ends, progress)
            address = urljoin(address, answer.headers.get("Location", ""))
        finally:
            answer.release_conn()
            answer.close()
    raise _trouble(mark("The address sends on more than {most} times.", most=MOST_STEPS))


def _meant(address: str) -> str:
    """The address of the file itself, where people copy that of a page around it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address  # it is refused as it is
    if parts.hostname == "docs.google.com" and (found := _SHEET.search(address)):
        return f"https://docs.google.com/spreadsheets/d/{found[1]}/export?format=csv&gid={found[2] or 0}"
    if parts.hostname == "github.com" and "/blob/" in parts.path:
        return f"https://raw.githubusercontent.com{parts.path.replace('/blob/', '/', 1)}"
    return address


def _place(address: str) -> _Place:
    """Look the address up. Raises FileError where it is none, or not a public one."""
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except ValueError:
        parts, host, port = urlsplit(""), "", 0
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.username is not None
        or not 0 < port < 65536
    ):
        raise FileError(
            mark("“{address}” is no web address.", address=address[:80]),
            mark("Copy it from the browser's address line: it begins with https:// and holds no password."),
        )
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise _trouble(mark("No server is called “{host}”.", host=host[:80])) from error
    numbers = [str(entry[4][0]) for entry in found]
    open_to = {name.strip().lower() for name in os.environ.get(ALLOWED, "").split(",")}
    if host.lower() not in open_to and not all(_public(number) for number in numbers):
        raise FileError(
            mark("“{host}” is not a public address, so nothing is fetched from there.", host=host[:80]),
            mark("Download the file yourself and drop it here, or let whoever runs this server allow it ({setting}).", setting=ALLOWED),
        )  # fmt: skip
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Place(parts.scheme == "https", host, port, path, numbers[0])


def _public(number: str) -> bool:
    found = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return inner.is_global and not inner.is_multicast


def _asked(place: _Place) -> Any:
    import certifi  # noqa: PLC0415 - gate: few need it
    import urllib3  # noqa: PLC0415 - gate: few need it

    limits = urllib3.Timeout(connect=CONNECT_SECONDS, read=WAIT_SECONDS)
    pool: Any
    if place.secure:
        pool = urllib3.HTTPSConnectionPool(
            place.number, place.port, server_hostname=place.host, assert_hostname=place.host, ca_certs=certifi.where(), timeout=limits
        )  # fmt: skip
    else:
        pool = urllib3.HTTPConnectionPool(place.number, place.port, timeout=limits)
    port = "" if place.port in (80, 443) else f":{place.port}"
    headers = {"Host": f"{place.host}{port}", "User-Agent": "Modelyard", "Accept-Encoding": "identity"}
    try:
        return pool.urlopen(
            "GET", place.path, headers=headers, redirect=False, preload_content=False, retries=False
        )
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise _trouble(mark("“{host}” cannot be reached.", host=place.shown)) from error


def _kept(answer: Any, place: _Place, folder: Path, ends: float, progress: Callable[[float], None]) -> Path:
    """The file on disk, never more of it than is allowed."""
    import urllib3  # noqa: PLC0415 - gate: few need it

    if answer.status != 200:
        raise _trouble(
            mark("“{host}” answers {status} instead of a file.", host=place.shown, status=answer.status)
        )
    total, there = int(answer.headers.get("Content-Length") or 0), 0
    path = folder / _name(place, answer.headers)
    try:
        with path.open("wb") as file:
            for piece in answer.stream(_PIECE):
                there += len(piece)
                if max(there, total) > MOST_BYTES:
                    raise _trouble(mark("The file has more than {most:.0f} GB.", most=MOST_BYTES / 1e9))
                if time.monotonic() > ends:
                    raise _trouble(
                        mark("The file did not arrive within {minutes:.0f} minutes.", minutes=SECONDS / 60)
                    )
                file.write(piece)
                progress(there / total if total else 0.0)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _trouble(mark("The connection to “{host}” broke.", host=place.shown)) from error
    if total and there < total:
        raise _trouble(mark("The connection to “{host}” broke.", host=place.shown))
    return path


def _name(place: _Place, headers: Any) -> str:
    """What the file is called: as its server says, as its address ends, or by its kind."""
    said = re.search(r'filename="?([^";]+)', headers.get("Content-Disposition", ""))
    name = said[1] if said else unquote(place.path.partition("?")[0].rpartition("/")[2])
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return safe_file_name(name if "." in name else f"{name or 'table'}{_SUFFIXES.get(kind, '')}")


def _trouble(what: Sentence) -> FileError:
    return FileError(
        what,
        mark("Try the address in a browser; then try again, or download the file there and drop it here."),
    )
