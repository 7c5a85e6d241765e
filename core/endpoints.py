"""Addresses at which other programs may ask a model of this server: switched on, with a key that is shown once, and off.

endpoints/<run>.json    the key's hash, and since when
"""

import hashlib
import hmac
import re
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from core import home

PREFIX = "my_"  # so that who finds a key somewhere knows what it is
_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")  # as `home.new_id` makes them


@dataclass(frozen=True)
class Endpoint:
    """The address of one model.

    Args:
        run: Whose model answers.
        hash: SHA-256 of the key, which is kept nowhere; it holds 256 random bits, so nothing slower is needed.
        end: The key's last letters, by which its owner knows it.
        made: Seconds since 1970.
    """

    run: str
    hash: str
    end: str
    made: float

    def fits(self, key: str) -> bool:
        """Whether this is the key, found out in the same time whatever it is."""
        return hmac.compare_digest(self.hash, _hash(key))


def switch_on(run: str) -> str:
    """From now on the model answers whoever has the key that this returns; a key from before opens nothing any more."""
    key = PREFIX + secrets.token_urlsafe(32)
    home.write_json(_path(run), asdict(Endpoint(run, _hash(key), key[-4:], time.time())))
    return key


def switch_off(run: str) -> None:
    """From now on the model answers no other program."""
    if _ID.fullmatch(run):
        _path(run).unlink(missing_ok=True)


def find(run: str) -> Endpoint | None:
    """The address of this run's model; None where it is switched off."""
    if not _ID.fullmatch(run):
        return None
    try:
        return Endpoint(**home.read_json(_path(run)))
    except FileNotFoundError:
        return None


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _path(run: str) -> Path:
    return home.folder("endpoints") / f"{run}.json"
