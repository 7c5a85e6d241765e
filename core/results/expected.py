"""What to expect of few rows, before anything is trained: a simple model is tried on draws of the very same rows.

expected.json   in the folder of the prepared rows
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from core import datasets, home
from core.prepare import ENCODED, Prepared
from core.results import stand_in
from core.results.more_rows import Learn, Progress, dealt
from core.tasks import SHELF as TASKS
from core.words import Sentence, mark

FILE = "expected.json"
MOST = 1_000  # rows with an answer; of more, nothing has to be foretold
DRAWS, JUDGED = 12, 0.2
FEW_TESTED = 200
WIDE = 1.96  # spreads to either side: 95 of 100 cases


def suits(prepared: Prepared) -> bool:
    """Whether these are few rows whose answers are classes, and can be tried quickly."""
    made = prepared.recipes
    if TASKS[made["task"]].FORM != "classes" or not stand_in.suits(made):
        return False
    return sum(len(prepared.rows(side)) for side in ENCODED) <= MOST


def look(prepared: Prepared, progress: Progress = lambda share: None) -> None:
    """Try the simple model on the rows that are not kept for the test, and keep what came out beside them."""
    made, target = prepared.plain(), prepared.recipes["target"]
    rows = np.sort(np.concatenate([prepared.rows(side) for side in ENCODED]))
    table = datasets.table(
        prepared.facts["data"], list({target["column"]: 0} | {one["column"]: 0 for one in made["columns"]})
    )
    some = table.iloc[rows]
    truth = np.asarray(TASKS[made["task"]].encode_target(target, some[target["column"]].tolist())).reshape(
        len(some)
    )
    truth = truth.astype(int)
    known = np.flatnonzero(truth >= 0)
    values = stand_in.features(made, some, progress)[known]
    truth = truth[known]
    found = tried(truth, stand_in.learner(values, truth, classes=True), len(prepared.rows("test")))
    counts = np.bincount(truth, minlength=len(target["classes"]))
    home.write_json(prepared.folder / FILE, {
        **found, "rows": len(truth), "rarest": int(counts.min()), "tested": len(prepared.rows("test")),
        "guess": float(counts.max() / counts.sum()), "common": target["classes"][int(counts.argmax())],
    })  # fmt: skip


def tried(truth: np.ndarray, learn: Learn, tested: int) -> dict[str, float]:
    """The share that was right on `mean`; between which shares it lies on many new rows, `low` and `high`; and where a test
    with so many rows will see it, `test_low` and `test_high`.

    The luck of which rows it learns from is what is left of the spread of the draws when the luck of those that judged is
    taken out. How sure the mean is depends on how many rows there are; on the test, its own luck comes on top.
    """
    random = np.random.RandomState(1)
    judged = max(2, round(JUDGED * len(truth)))
    scores = []
    for _ in range(DRAWS):
        order = dealt(truth, len(truth), random)
        scores.append(learn(order[judged:], order[:judged]))
    mean = float(np.mean(scores))
    each = max(mean * (1 - mean), 0.01)  # variance of one row that is right or wrong
    learned = max(0.0, float(np.var(scores)) - each / judged) + each / len(truth)
    ends = {"": learned, "test_": learned + each / tested}
    found = {"mean": mean}
    for name, variance in ends.items():
        reach = WIDE * float(np.sqrt(variance))
        found |= {f"{name}low": max(0.0, mean - reach), f"{name}high": min(1.0, mean + reach)}
    return found


def read(folder: Path) -> dict[str, Any] | None:
    """What to expect of the prepared rows in this folder; None where that was not looked for."""
    try:
        return home.read_json(folder / FILE)
    except FileNotFoundError:
        return None


def told(found: Mapping[str, Any]) -> list[Sentence]:
    """What to expect in plain words."""
    low, high, guess = (round(100 * found[name]) for name in ("low", "high", "guess"))
    sentences = [mark(
        "With {rows:,} answered rows besides the test ({rarest:,} of the rarest answer), expect between {low} and {high} right "
        "answers of 100; always answering “{common}” would get {guess}.",
        rows=found["rows"], rarest=found["rarest"], low=low, high=high, common=found["common"][:60], guess=guess,
    )]  # fmt: skip
    if found["tested"] < FEW_TESTED:
        sentences.append(mark(
            "The test has {tested} rows only, so its figure may lie anywhere between {low} and {high}.",
            tested=found["tested"], low=round(100 * found["test_low"]), high=round(100 * found["test_high"]),
        ))  # fmt: skip
    return sentences
