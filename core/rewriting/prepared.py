"""A table of text pairs becomes codes on disk: what `core.prepare` does for rows, for learning to translate or rewrite."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import home, recipes, replies, rewrite, split, tasks, tokenizers
from core.goal import Goal
from core.tokenizers import byte_pairs
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

SLOTS = 8  # placeholders of a text that are carried over by their place
COVERED = 0.97  # of the texts are short enough to be learned from
STEP, SHORTEST, LONGEST = 4, 8, 192  # tokens
MOST_JUDGED = 40_000_000  # numbers that the network answers to all validation rows together
LEAST_JUDGED = 64  # validation rows

Pairs = Sequence[tuple[list[int], list[int]]]


def make(
    table: "DataFrame",
    goal: Goal,
    folder: Path,
    data_id: str = "",
    tell: Callable[[float, Sentence], None] = lambda share, text: None,
) -> None:
    """Write a prepared folder's files, as `core.prepare.make` does.

    Pairs of which one side is empty are left out, and of those that are learned from also what is much longer than the rest.

    Args:
        table: Every cell as text, empty where missing; at least the goal's columns.

    Raises:
        DataError: If there are too few pairs.
    """
    sides, empty = replies.divided(table, goal)
    split.check(sides, goal.target)
    source = goal.inputs[0]
    read, written = table[source].tolist(), table[goal.target].tolist()
    tell(0.1, mark("Learning which parts of words are frequent"))
    made = _recipes(goal, _both(read, written, sides["train"]))
    tell(0.4, mark("Turning texts into tokens"))
    pairs = {side: _pairs(made, read, written, sides[side]) for side in ("train", "validation")}
    lengths = [_length([pair[place] for pair in pairs["train"]]) for place in (0, 1)]
    _set_lengths(made, lengths[0], lengths[1] + 1)
    short = {side: _short(made, some) for side, some in pairs.items()}
    short["validation"] = _some(made, short["validation"])
    for side, rows in short.items():
        _write(folder, side, made, [pairs[side][row] for row in rows])
    kept = {**{side: sides[side][short[side]] for side in short}, "test": sides["test"]}
    split.check(kept, goal.target)
    np.savez(folder / "split.npz", **kept)
    home.write_json(folder / "recipes.json", made)
    too_long = len(pairs["train"]) - len(short["train"])
    home.write_json(folder / "facts.json", {
        "data": data_id, "task": goal.task, "target": goal.target,
        "rows": {**{side: len(rows) for side, rows in kept.items()}, "left_out": empty + too_long},
        "columns": 1, "inputs": made["inputs"], "output": tasks.output(goal.task, made["target"]), "classes": None,
        "rewriting": {
            "empty": empty, "too_long": too_long, "vocabulary": made["target"]["vocabulary"],
            "tokens": int(sum(len(pairs["train"][row][1]) + 1 for row in short["train"])),
            "with_placeholders": sum(bool(rewrite.placeholders(read[row])) for row in kept["train"]),
        },
    })  # fmt: skip
    tell(1.0, mark("Ready"))


def _both(read: Sequence[str], written: Sequence[str], rows: np.ndarray) -> list[str]:
    """All texts of the training rows without their placeholders: one vocabulary for both sides, so that names can be copied."""
    return [
        rewrite.PLACEHOLDER.sub(" ", rewrite.tokens.clean(text[row]))
        for text in (read, written)
        for row in rows
    ]


def _recipes(goal: Goal, texts: Sequence[str]) -> dict[str, Any]:
    most = max(
        tokenizers.most_for(texts) // 2, tokenizers.FEWEST
    )  # it is the larger part of what each step costs
    tokenizer = byte_pairs.fit_exact(texts, most, rewrite.marks(SLOTS))
    vocabulary = len(tokenizer["model"]["vocab"])
    feature = {"make": "tokens", "length": LONGEST, "tokenizer": tokenizer}
    column = {
        "column": goal.inputs[0], "kind": "rewriting", "input": rewrite.SOURCE, "parse": {"as": "text"}, "features": [feature],
    }  # fmt: skip
    target = {
        "as": "rewrite", "column": goal.target, "length": LONGEST, "slots": SLOTS, "vocabulary": vocabulary,
    }  # fmt: skip
    entry = {"shape": [LONGEST], "dtype": "int32", "vocabulary": vocabulary}
    return {
        "version": recipes.VERSION, "task": goal.task, "target": target, "columns": [column],
        "inputs": {rewrite.SOURCE: entry, rewrite.WRITTEN: dict(entry)},
    }  # fmt: skip


def _set_lengths(made: dict[str, Any], reads: int, writes: int) -> None:
    made["columns"][0]["features"][0]["length"] = reads
    made["target"]["length"] = writes
    made["inputs"][rewrite.SOURCE]["shape"] = [reads]
    made["inputs"][rewrite.WRITTEN]["shape"] = [writes]


def _pairs(made: dict[str, Any], read: Sequence[str], written: Sequence[str], rows: np.ndarray) -> Pairs:
    return rewrite.pairs(made, [read[row] for row in rows], [written[row] for row in rows])


def _length(lists: Sequence[Sequence[int]]) -> int:
    """How many tokens nearly all of these have at most, a multiple of 4."""
    covered = np.quantile([len(codes) for codes in lists], COVERED, method="higher")
    return int(np.clip(-(-covered // STEP) * STEP, SHORTEST, LONGEST))


def _short(made: dict[str, Any], pairs: Pairs) -> np.ndarray:
    """The numbers of those pairs that are whole within the lengths; all of them where none is."""
    reads, writes = made["inputs"][rewrite.SOURCE]["shape"][0], made["target"]["length"]
    fits = [len(source) <= reads and len(target) < writes for source, target in pairs]
    return np.flatnonzero(fits) if any(fits) else np.arange(len(pairs))


def _some(made: dict[str, Any], rows: np.ndarray) -> np.ndarray:
    """Evenly fewer of the validation rows where the answers to all of them would fill the memory."""
    each = made["target"]["length"] * made["target"]["vocabulary"]
    most = max(MOST_JUDGED // each, LEAST_JUDGED)
    return rows[np.unique(np.linspace(0, len(rows) - 1, min(len(rows), most)).round().astype(int))]


def _write(folder: Path, side: str, made: dict[str, Any], pairs: Pairs) -> None:
    """What is read, what is written so far, and what comes next: padding stands where a text has ended."""
    reads, writes = (made["inputs"][name]["shape"][0] for name in (rewrite.SOURCE, rewrite.WRITTEN))
    answers = [target[: writes - 1] for _, target in pairs]
    np.save(folder / f"{side}_{rewrite.SOURCE}.npy", rewrite.padded([source for source, _ in pairs], reads))
    begun = [[rewrite.BEGIN, *codes] for codes in answers]
    np.save(folder / f"{side}_{rewrite.WRITTEN}.npy", rewrite.padded(begun, writes))
    np.save(folder / f"{side}_y.npy", rewrite.padded([[*codes, rewrite.END] for codes in answers], writes))
