"""Files that a command names by a web address instead of a path."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.sources import web


@contextmanager
def here(named: str, progress: Callable[[float], None] = lambda share: None) -> Iterator[Path]:
    """The file on this machine: itself, or a copy of what lies at the address, which is gone afterwards."""
    if not named.lower().startswith(("http://", "https://")):
        yield Path(named)
        return
    with TemporaryDirectory() as folder:
        yield web.bring(named, Path(folder), progress)
