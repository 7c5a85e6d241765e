"""Small copies of a few pictures, made once for the pages, so that these never open a file that somebody brought.

thumbnails/<row>.png     beside a data set's table, for rows spread over its classes
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core import home, pixels
from core.pictures import Archive

if TYPE_CHECKING:
    import numpy as np

FOLDER = "thumbnails"
MOST, MOST_CLASSES = 96, 8
SIDE = 112
FORM = {"as": "picture", "mode": "RGB", "size": [SIDE, SIDE]}


def write(folder: Path, pictures: Archive, names: Sequence[str], labels: Sequence[str] | None) -> None:
    """Write small copies of a few pictures into the data set's folder.

    Args:
        names: The name of each row's picture; empty where there is none.
        labels: Its class, or None where the folders say none.
    """
    (folder / FOLDER).mkdir()
    shown = []
    for row in spread(labels or [""] * len(names)):
        small = small_copy(pictures.find(names[row]))
        if small is not None:
            (folder / FOLDER / f"{row}.png").write_bytes(small)
            shown.append({"row": row, "label": labels[row] if labels else ""})
    home.write_json(folder / FOLDER / "shown.json", shown)


def spread(labels: Sequence[str]) -> list[int]:
    """At most `MOST` rows, the same number of each of the first `MOST_CLASSES` classes, class by class.

    Example:
        >>> spread(["cat", "dog", "cat"])
        [0, 2, 1]
    """
    rows: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        rows.setdefault(label, []).append(row)
    classes = sorted(rows)[:MOST_CLASSES]
    each = max(1, MOST // max(len(classes), 1))
    return [row for label in classes for row in _evenly(rows[label], each)]


def _evenly(rows: list[int], count: int) -> list[int]:
    return rows[:: max(1, len(rows) // count)][:count]


def shown(folder: Path) -> list[tuple[Path, str]]:
    """The small copies in a data set's folder with their classes, class by class; none where there are no pictures."""
    try:
        found = home.read_json(folder / FOLDER / "shown.json")
    except FileNotFoundError:
        return []
    return [(folder / FOLDER / f"{one['row']}.png", one["label"]) for one in found]


def small_copy(content: bytes | None) -> bytes | None:
    """A PNG of at most `SIDE` places, its proportions kept, or None where the bytes hold no picture that can be read."""
    image = pixels.opened(content) if content else None
    if image is None:
        return None
    height, width = pixels.size(image)
    factor = min(1, SIDE / max(width, height))
    size = [max(1, round(height * factor)), max(1, round(width * factor))]
    values = pixels.read(content, {**FORM, "size": size})
    return None if values is None else png(values)


def png(values: "np.ndarray") -> bytes:
    """Pixels [height, width, channels] as a PNG."""
    from PIL import Image  # noqa: PLC0415 - gate: only who looks at pictures loads Pillow

    out = io.BytesIO()
    Image.fromarray(values[:, :, 0] if values.shape[2] == 1 else values).save(out, "PNG")
    return out.getvalue()
