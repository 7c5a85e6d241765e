"""An answer that too few rows give for it to be learned."""

from functools import lru_cache
from pathlib import Path

from core.before._asked import Asked
from core.before._objection import Objection
from core.words import mark

LABEL = mark("Rare answers")
LEAST = 10


def look(asked: Asked) -> list[Objection]:
    classes = asked.facts.get("classes")
    if not classes:
        return []
    counts = _counts(asked.prepared.folder, len(classes))
    rare = sorted((count, name) for count, name in zip(counts, classes, strict=True) if count < LEAST)
    if not rare:
        return []
    fix = mark("Bring more such rows, or take these out of the table: as it is, it can hardly learn them.")
    if len(rare) == 1:
        what = mark(
            "Only {count:,} row to learn from says “{answer}”.",
            plural="Only {count:,} rows to learn from say “{answer}”.",
            count=rare[0][0], answer=rare[0][1],
        )  # fmt: skip
    else:
        what = mark(
            "{count} answers are given by fewer than {least} rows to learn from each, such as “{answer}”.",
            count=len(rare), least=LEAST, answer=rare[0][1],
        )  # fmt: skip
    return [Objection("worry", what, fix)]


@lru_cache(64)
def _counts(folder: Path, classes: int) -> tuple[int, ...]:
    import numpy as np  # noqa: PLC0415 - the start page needs no arrays

    truth = np.load(folder / "train_y.npy", mmap_mode="r", allow_pickle=False)
    return tuple(np.bincount(np.asarray(truth).reshape(-1).astype(np.int64), minlength=classes).tolist())
