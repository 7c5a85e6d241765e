"""Files whose bytes were changed at random: nothing but the two sentences may come of them."""

from pathlib import Path

from core.errors import FileError
from core.reading import read


def refused(path: Path) -> str:
    """What to do now, if the file was refused; else nothing."""
    try:
        read(path)
    except FileError as error:
        return str(error.fix)
    return ""
