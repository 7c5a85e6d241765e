"""Pictures: names of files that came with the table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from core import pixels
from core.columns._evidence import ColumnText, Guess
from core.errors import DataError
from core.fields import Whole
from core.pictures import Archive
from core.words import mark

LABEL = mark("Picture")
HELP = mark(
    "A picture that came with the table, such as a photograph or a drawing; the column holds its name."
)
ICON = ":material/image:"
INPUT = "pictures"

LOOKED_AT = 400  # pictures that decide about size and colour
LARGEST, LEAST = 96, 8  # of the longer and of the shorter side
# Few pictures can be looked at more closely in the same time; of very many, what they take on the disk decides.
FEW, LARGEST_OF_FEW, MOST_BYTES = 2_000, 128, 8_000_000_000
STEP = 8  # of sizes that we choose, so that they can be halved three times
NARROWEST = 0.25  # shorter by longer side
COLOURED = 0.01  # share of pictures from which on colour is looked at


def guess(column: ColumnText) -> Guess | None:
    """Names of pictures that are there."""
    if not column.pictures:
        return None
    return Guess(
        1.0, mark("All {count:,} values name pictures that came with the table.", count=column.filled)
    )


def reading(texts: Iterable[str]) -> dict[str, Any]:
    """How pictures are read follows from the pictures, which `fit` looks at."""
    return {"as": "picture"}


SIDE = Whole(
    label=mark("Size of the pictures"), low=LEAST, high=1_024, auto=True,
    help=mark("Places on the longer side. A larger size keeps finer details, and takes longer with its square."),
)  # fmt: skip


def fit(
    texts: Sequence[str], parse: dict[str, Any], column: str, pictures: Archive | None = None, side: int = 0
) -> dict[str, Any]:
    """The recipe of a picture column: grey or coloured, and the size that all are brought to.

    Small pictures keep their size, and large ones come down to `largest` places on the longer side.

    Args:
        texts: Names of the training pictures.
        pictures: Where they lie.
        side: Places on the longer side, 0 where that follows from the pictures.

    Raises:
        DataError: If none of them can be read.
        SettingError: If no picture can have that size.
    """
    if side:
        SIDE.check(side)
    some = list(dict.fromkeys(text for text in texts if text))
    some = some[:: max(1, len(some) // LOOKED_AT)][:LOOKED_AT]
    found = [_seen(pictures, name) for name in some] if pictures else []
    seen = [one for one in found if one is not None]
    if not seen:
        raise DataError(
            mark("Column “{column}” names no picture that can be read.", column=column),
            mark("Bring the pictures in a zip together with the table, or change the column's kind."),
        )
    coloured = sum(colour for _, colour, _ in seen) > COLOURED * len(seen)
    size = _size([size for size, _, _ in seen], side, largest(len(texts)))
    mean = np.mean([mean for _, _, mean in seen], axis=0)
    fill = np.round(mean if coloured else mean.mean(keepdims=True)).astype(int).tolist()
    return {
        "column": column, "kind": "image", "input": INPUT, "fill": fill, "features": [{"make": "pixels"}],
        "parse": {"as": "picture", "mode": "RGB" if coloured else "L", "size": list(size)},
    }  # fmt: skip


def _seen(pictures: Archive, name: str) -> tuple[tuple[int, int], bool, np.ndarray] | None:
    """A picture's height and width, whether it has colours, and its mean colour; None where it cannot be read."""
    content = pictures.find(name)
    image = pixels.opened(content) if content else None
    if image is None:
        return None
    small = pixels.read(content, {"as": "picture", "mode": "RGB", "size": [32, 32]})
    if small is None:
        return None
    low, high = small.min(axis=2).astype(int), small.max(axis=2).astype(int)
    return pixels.size(image), bool((high - low > 8).mean() > 0.005), small.mean(axis=(0, 1))


def largest(count: int) -> int:
    """The most places on the longer side of so many pictures.

    Example:
        >>> largest(300), largest(60_000), largest(1_000_000)
        (128, 96, 48)
    """
    side = LARGEST_OF_FEW if count <= FEW else LARGEST
    while side > STEP and 3 * side * side * count > MOST_BYTES:
        side -= STEP
    return side


def _size(sizes: Sequence[tuple[int, int]], side: int, most: int) -> tuple[int, int]:
    """The height and width for these pictures: their own where all are small and alike, and no size was asked for.

    Args:
        side: Of the longer side, where it was asked for, else 0.
        most: Of the longer side, where it was not.
    """
    (common, count) = Counter(sizes).most_common(1)[0]
    fits = max(common) == side if side else max(common) <= most
    if count == len(sizes) and min(common) >= LEAST and fits:
        return common
    height, width = np.median(np.array(sizes, float), axis=0)
    longer = side or min(max(height, width), most)
    factor = longer / max(height, width)
    shorter = max(min(height, width) * factor, NARROWEST * longer)
    shorter = max(STEP, round(shorter / STEP) * STEP)
    longer = side or max(STEP, round(longer / STEP) * STEP)
    return (longer, shorter) if height >= width else (shorter, longer)
