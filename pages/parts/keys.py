"""Keys that a page hands to the browser, so that its requests open one thing and no other."""

import hashlib
import hmac
import os
import secrets

from core import home


def _secret() -> bytes:
    """The workspace's secret, made when first needed; only its owner may read it."""
    path = home.folder() / "secret"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    return path.read_bytes()


def key(about: str) -> str:
    """The key to what is called like this, such as a run's id."""
    return hmac.new(_secret(), about.encode(), hashlib.sha256).hexdigest()[:32]


def fits(about: str, shown: str) -> bool:
    """Whether this is the key to it, found out in the same time whatever was shown."""
    return hmac.compare_digest(key(about).encode(), shown.encode("utf-8", "replace"))
