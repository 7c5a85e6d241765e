"""After the test: texts that come twice are looked for among all rows with an answer, and kept for Results."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.prepare import Prepared
from core.recipes import answers
from core.results import same_texts
from core.split import SIDES

if TYPE_CHECKING:
    from pandas import DataFrame


def keep(
    folder: Path, prepared: Prepared, table: "DataFrame"
) -> Callable[[Mapping[str, np.ndarray], np.ndarray, np.ndarray], None] | None:
    """What has to be called with the test rows' inputs, truth and outputs; None where the model reads more than one text.

    Args:
        table: All rows of the data set.
    """
    column, target = same_texts.only_column(prepared.recipes), prepared.recipes["target"]
    if column is None:
        return None

    def write(inputs: Mapping[str, np.ndarray], truth: np.ndarray, outputs: np.ndarray) -> None:
        rows = np.concatenate([prepared.rows(side) for side in SIDES])
        order = np.argsort(rows, kind="stable")
        tests = np.repeat([side == "test" for side in SIDES], [len(prepared.rows(side)) for side in SIDES])
        labels = [text.strip() for text in table[target["column"]].iloc[rows[order]].tolist()]
        right = None
        if "classes" in target:
            said = answers({"target": target}, outputs)["prediction"]
            true = np.asarray(truth).reshape(len(truth)).astype(int)
            right = np.array([target["classes"][one] == other for one, other in zip(true, said, strict=True)])
        same_texts.write(
            folder, table[column].iloc[rows[order]].tolist(), labels, rows[order], tests[order], right,
            classes="classes" in target,
        )  # fmt: skip

    return write
