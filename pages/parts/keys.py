"""Keys that a page hands to the browser, so that its requests open one thing and no other."""

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from core import home


def _secret() -> bytes:
    """The workspace's secret, made when first needed; only its owner may read it."""
    path = home.folder() / "secret"
    if not path.exists():
        _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    """Put a whole secret there unless somebody else was quicker; nobody ever sees half of one."""
    own = path.with_name(f".secret.{secrets.token_hex(8)}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
    with contextlib.suppress(FileExistsError):
        os.link(own, path)
    own.unlink()


def key(about: str) -> str:
    """The key to what is called like this, such as a run's id."""
    return hmac.new(_secret(), about.encode(), hashlib.sha256).hexdigest()[:32]


def fits(about: str, shown: str) -> bool:
    """Whether this is the key to it, found out in the same time whatever was shown."""
    return hmac.compare_digest(key(about).encode(), shown.encode("utf-8", "replace"))
