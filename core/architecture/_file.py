"""What a file from anywhere holds, as plain data: JSON as it is, or the one JSON file inside a `.keras` file.

Of a `.keras` file only `config.json` is ever unpacked; no weights and no code are looked at.
"""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from core.errors import FileError
from core.words import Sentence, mark

# However much a zip claims or unpacks to, no more than this is held in memory.
MOST_JSON_BYTES = 8_000_000
MOST_LISTED_BYTES = 1_000_000  # of the zip's list of its files
DEEPEST = 150
CONFIG = "config.json"
END, LONGEST_END, WIDE_END = b"PK\x05\x06", 22 + 65_535, b"PK\x06\x07"
WRONG = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, NotImplementedError,
         ValueError, KeyError, IndexError, UnicodeError, OSError)  # fmt: skip


def plain(name: str, content: bytes | Path) -> Any:
    """The file's JSON. Raises FileError where there is none that can be read."""
    try:
        with content.open("rb") if isinstance(content, Path) else io.BytesIO(content) as file:
            head = file.read(4)
            file.seek(0)
            text = _config(name, file) if head[:2] == b"PK" else _text(name, head, file)
    except FileNotFoundError as error:
        refuse(mark("There is no file “{name}”.", name=name), error)
    except OSError as error:
        refuse(mark("“{name}” cannot be read from the disk.", name=name), error)
    return _json(name, text)


def refuse(what: Sentence, why: Exception | None = None) -> NoReturn:
    """Raises FileError with these words and what to take instead."""
    fix = mark("Take a drawing that was saved here, or a model that Keras saved as a “.keras” file.")
    raise FileError(what, fix) from why


def _text(name: str, head: bytes, file: BinaryIO) -> bytes:
    if head == b"\x89HDF":
        raise FileError(
            mark("“{name}” is a model in the old HDF5 format.", name=name),
            mark("Save it again with Keras under a name that ends in “.keras”."),
        )
    text = file.read(MOST_JSON_BYTES + 1)
    _small(name, len(text))
    return text


def _small(name: str, size: int) -> None:
    if size > MOST_JSON_BYTES:
        refuse(
            mark(
                "The drawing in “{name}” is larger than {most} MB.", name=name, most=MOST_JSON_BYTES // 10**6
            )
        )


def _config(name: str, file: BinaryIO) -> bytes:
    """The content of `config.json`, never more than is allowed, whatever the zip says about its size."""
    _check_list(name, file)
    try:
        with zipfile.ZipFile(file) as packed:
            inside = [entry for entry in packed.infolist() if entry.filename == CONFIG]
            if len(inside) != 1:
                refuse(mark("“{name}” is a zip without one “{config}” in it.", name=name, config=CONFIG))
            _small(name, inside[0].file_size)
            if inside[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                # Keras writes these two; Python unpacks others without a limit.
                refuse(mark("“{name}” is packed in a way that Keras does not use.", name=name))
            with packed.open(inside[0]) as config:
                text = config.read(MOST_JSON_BYTES + 1)
    except WRONG as error:
        refuse(mark("“{name}” is a zip that is damaged or locked.", name=name), error)
    _small(name, len(text))
    return text


def _check_list(name: str, file: BinaryIO) -> None:
    """Refuses a zip whose list of files is too long, before Python's reader puts all of it into memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - LONGEST_END - 20))
    tail = file.read()
    place = tail.rfind(END)
    if place < 0 or len(tail) - place < 22:
        refuse(mark("“{name}” ends too early.", name=name))
    listed = struct.unpack("<L", tail[place + 12 : place + 16])[0]
    # A list that needs the wide form has more than 65,534 files, or begins behind 4 GB.
    if listed > MOST_LISTED_BYTES or WIDE_END in tail:
        refuse(mark("“{name}” holds too many or too large files.", name=name))
    file.seek(0)


def _json(name: str, text: bytes) -> Any:
    try:
        data = json.loads(text.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        refuse(mark("“{name}” holds no drawing: it is not JSON that can be read.", name=name), error)
    level, depth = [data], 0
    while level:
        # Whoever reads deep data later, such as `repr`, would run out of stack.
        if (depth := depth + 1) > DEEPEST:
            refuse(mark("“{name}” holds no drawing: its lists stand in each other too deep.", name=name))
        level = [inner for item in level for inner in _inside(item)]
    return data


def _inside(item: Any) -> Iterable[Any]:
    return item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
