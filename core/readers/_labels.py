"""What the folders of an archive say about its pictures: the class of each, and which rows train and test."""

from collections.abc import Sequence
from pathlib import PurePosixPath

# Folders that people make for the rows of each side, by the side's own name.
SIDES = {
    "train": "train", "training": "train", "validation": "validation", "valid": "validation", "val": "validation",
    "dev": "validation", "test": "test", "testing": "test",
}  # fmt: skip


def by_folders(names: Sequence[str]) -> tuple[list[str] | None, list[str] | None]:
    """The class and the side of each picture, or None where the folders do not say.

    Folders that hold everything are passed by. Below them, a first folder called like `train` or `test` is the side,
    and the next one is the class; what lies deeper changes nothing.

    Example:
        >>> by_folders(["pets/cat/1.png", "pets/cat/old/2.png", "pets/dog/1.png"])
        (['cat', 'cat', 'dog'], None)
        >>> by_folders(["train/cat/1.png", "train/dog/1.png", "test/cat/2.png"])
        (['cat', 'dog', 'cat'], ['train', 'train', 'test'])
        >>> by_folders(["pets/1.png", "pets/2.png"])
        (None, None)
    """
    folders = [PurePosixPath(name).parts[:-1] for name in names]
    depth = _shared(folders)
    firsts = {parts[depth].lower() if len(parts) > depth else "" for parts in folders}
    sides = None
    if firsts <= SIDES.keys() and len({SIDES[first] for first in firsts}) > 1:
        sides = [SIDES[parts[depth].lower()] for parts in folders]
        depth += 1
    labels = [parts[depth] if len(parts) > depth else "" for parts in folders]
    return (labels if len(set(labels)) > 1 else None), sides


def _shared(folders: Sequence[tuple[str, ...]]) -> int:
    """How many folders lie around all pictures."""
    depth = 0
    while all(len(parts) > depth for parts in folders) and len({parts[depth] for parts in folders}) == 1:
        depth += 1
    return depth
