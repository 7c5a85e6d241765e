"""Texts become windows on disk: what `core.prepare` does for rows, for learning to write."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import generate, home, recipes, tasks
from core.errors import DataError
from core.goal import Goal
from core.words import Sentence, mark
from core.writing import sides

if TYPE_CHECKING:
    from pandas import DataFrame

INPUT = "text"
MOST_CODES = 8_000
LONG_ENOUGH = 60  # characters: the same text again is then no chance, and must not stand on two sides
MOST_CHARACTERS = 30_000_000


def make(
    table: "DataFrame",
    goal: Goal,
    folder: Path,
    data_id: str = "",
    tell: Callable[[float, Sentence], None] = lambda share, text: None,
) -> None:
    """Write a prepared folder's files, as `core.prepare.make` does.

    Args:
        table: Every cell as text, empty where missing; at least the column of texts.

    Raises:
        DataError: If the column is not there or holds too little text.
    """
    if goal.target not in table.columns:
        raise DataError(
            mark("The data set has no column “{name}”.", name=goal.target),
            mark("Choose from its columns: {names}.", names=list(table.columns[:30])),
        )
    texts, left_out = kept(table[goal.target].tolist())
    tell(0.2, mark("Joining the texts"))
    found = sides.divide(sum(map(len, texts)) + len(texts), goal.split)
    target = {
        "column": goal.target, "as": "text", "length": found.length,
        "characters": characters("".join(texts)[: found.validation]),
    }  # fmt: skip
    stream, rows = stream_of(target, texts)
    np.save(folder / "stream.npy", stream)
    first = {
        "train": sides.training(found), "validation": sides.judged(found),
        "test": sides.starts(found.test, found.end, found.length, found.length),
    }  # fmt: skip
    for side in ("train", "validation"):
        read, coming = sides.windows(stream, first[side], found.length)
        np.save(folder / f"{side}_{INPUT}.npy", read)
        np.save(folder / f"{side}_y.npy", coming)
    np.savez(
        folder / "split.npz",
        **{side: rows[np.minimum(places, len(rows) - 1)] for side, places in first.items()},
    )
    made = _recipes(goal, target)
    home.write_json(folder / "recipes.json", made)
    counts = {side: len(places) for side, places in first.items()}
    home.write_json(folder / "facts.json", {
        "data": data_id, "task": goal.task, "target": goal.target,
        "rows": {**counts, "left_out": left_out}, "columns": 1, "inputs": made["inputs"],
        "output": tasks.output(goal.task, target), "classes": None,
        "writing": {
            "texts": len(texts), "characters": found.end, "different": len(target["characters"]),
            "length": found.length, "validation": found.validation, "test": found.test, "end": found.end,
        },
    })  # fmt: skip
    tell(1.0, mark("Ready"))


def learned_from(folder: Path, facts: Mapping[str, Any]) -> np.ndarray | None:
    """The stretch of the stream that training windows are taken from, int32; None where nothing is written on."""
    if "writing" not in facts:
        return None
    stream = np.load(folder / "stream.npy", mmap_mode="r", allow_pickle=False)
    return stream[: facts["writing"]["validation"]]


def kept(texts: Sequence[str]) -> tuple[list[str], int]:
    """The texts that say something, long ones only once, with the same line ends; and how many are left out."""
    found, seen, total = [], set(), 0
    for text in texts:
        plain = str(text).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if not plain.strip() or (len(plain) >= LONG_ENOUGH and plain in seen) or total > MOST_CHARACTERS:
            continue
        seen.add(plain)
        total += len(plain)
        found.append(plain)
    return found, len(texts) - len(found)


def characters(text: str) -> str:
    """The different characters of what trains, the most frequent first; very rare ones are unknown where there are many."""
    counts = Counter(text)
    ordered = sorted(counts, key=lambda one: (-counts[one], one))
    return "".join(ordered[:MOST_CODES])


def stream_of(target: Mapping[str, Any], texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """All texts one after the other as codes, int32, each behind a border; and of which text each place is."""
    parts = [np.concatenate([[generate.BETWEEN], generate.codes(target, text)]) for text in texts]
    lengths = [len(part) for part in parts]
    return np.concatenate(parts).astype(np.int32), np.repeat(np.arange(len(parts)), lengths)


def _recipes(goal: Goal, target: dict[str, Any]) -> dict[str, Any]:
    vocabulary = len(target["characters"]) + generate.FIRST
    entry = {"shape": [target["length"]], "dtype": "int32", "vocabulary": vocabulary}
    column = {
        "column": goal.target,
        "kind": "writing",
        "input": INPUT,
        "parse": {"as": "text"},
        "features": [],
    }
    return {
        "version": recipes.VERSION, "task": goal.task, "target": target, "inputs": {INPUT: entry}, "columns": [column],
    }  # fmt: skip
