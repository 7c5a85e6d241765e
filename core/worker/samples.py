"""A few rows as raw text with the network's own answers: what every export is proved with."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import home, recipes

if TYPE_CHECKING:
    from pandas import DataFrame

ROWS = 20
NEVER_SEEN = "never seen before"


def write(
    folder: Path,
    made: dict[str, Any],
    table: "DataFrame",
    predict: Callable[[dict[str, np.ndarray]], np.ndarray],
) -> None:
    """Write `samples.json`: columns of text, one row without any value, one with values never seen, and answers."""
    names = [recipe["column"] for recipe in made["columns"]]
    columns = {name: [*table[name].iloc[:ROWS], "", NEVER_SEEN] for name in names}
    said = recipes.answers(made, predict(recipes.encode(made, columns)))
    chances = said.get("probabilities")
    answers = {
        "prediction": said["prediction"],
        "probabilities": None if chances is None else chances.tolist(),
    }
    home.write_json(folder / "samples.json", {"columns": columns, "answers": answers})
