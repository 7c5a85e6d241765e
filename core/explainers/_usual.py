"""Rows of the table that an answer is compared with."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from core import datasets, home, prepare
from core.errors import DataError
from core.runs import Run

SEED = 7
Columns = dict[str, list[str]]


@lru_cache(maxsize=8)
def usual(folder: Path, columns: tuple[str, ...], count: int) -> Columns:
    """Some training rows, drawn from a fixed seed, as texts by column; test rows where the data set is gone."""
    run = Run(folder.name, folder)
    try:
        spec = run.spec()
        train = prepare.load(prepare.id_of(spec.data, spec.goal)).rows("train")
        dice = np.random.default_rng(SEED)
        rows = np.sort(dice.choice(train, min(count, len(train)), replace=False)).tolist()
        return _by_column(columns, datasets.cells(spec.data, rows, columns))
    except (DataError, OSError):
        kept = home.read_json(folder / "samples.json")["columns"]
        return {name: kept[name] for name in columns}


def _by_column(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    return {name: [row[place] for row in rows] for place, name in enumerate(columns)}
