"""Pictures of the test rows for Results, chosen once and kept small beside the run, with where the network looked.

shown_pictures/<number>.png        a picture as the network saw it
shown_pictures/<number>_heat.png   the same, warmer where it looked
shown_pictures/shown.json          what was said of each, and which of them are the worst and the most doubtful
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core import home
from core.recipes import answers
from core.thumbnails import png

FOLDER = "shown_pictures"
MOST_OF_A_CELL, MOST_CELLS = 6, 40
WORST, DOUBTFUL = 12, 12
SHARPEST = 96  # places on the longer side from which on a picture is shown as it is
WARM = np.array([[255, 214, 0], [230, 57, 0]], np.float64)  # a little, and much
COVER = 0.65  # of the picture, where it looked most

Heat = Callable[[np.ndarray], tuple[str, np.ndarray] | None]


@dataclass(frozen=True)
class Said:
    """What was said of the test rows.

    Args:
        true: The true answer of each.
        answer: What the network said.
        chance: How likely it took its answer to be; None where it says amounts.
        miss: How far off each answer was: larger is worse.
        doubt: How doubtful each answer was: larger is more; None where it says amounts.
    """

    true: Sequence[Any]
    answer: Sequence[Any]
    chance: np.ndarray | None
    miss: np.ndarray
    doubt: np.ndarray | None


def said(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, texts: Sequence[str]) -> Said:
    """What was said of the test rows, as people read it.

    Args:
        target: The target's recipe.
        truth: The encoded target.
        outputs: The network's, [rows, units].
        texts: The target as it stands in the table.
    """
    given = answers({"target": target}, outputs)
    answer = list(given["prediction"])
    true = [str(text).strip() for text in texts]
    chances = np.asarray(given["probabilities"], float) if given.get("probabilities") is not None else None
    if chances is None:
        known = np.asarray(truth, float).reshape(len(truth), -1)[:, 0]
        miss = np.abs(known - np.asarray(outputs, float).reshape(len(truth), -1)[:, 0])
        return Said(true, answer, None, miss, None)
    classes = truth.reshape(len(truth)).astype(int)
    first, second = np.sort(chances, axis=1)[:, :-3:-1].T
    names = list(target["classes"])
    return Said(
        [names[place] for place in classes], answer, chances.max(1),
        1 - chances[np.arange(len(classes)), classes], 1 - (first - second),
    )  # fmt: skip


def chosen(told: Said) -> dict[str, list[int]]:
    """Test rows by why they are shown: the worst, the most doubtful, and some of each cell of the confusion matrix.

    In a cell come first those of which it was surest. Where there are more than `MOST_CELLS` cells, the fullest count.
    """
    wrong = np.array([one != other for one, other in zip(told.true, told.answer, strict=True)])
    order = np.argsort(-told.miss, kind="stable")
    if told.chance is None or told.doubt is None:
        return {"worst": order[:WORST].tolist(), "doubtful": [], "cells": []}
    cells: dict[tuple[Any, Any], list[int]] = {}
    for row in np.argsort(-told.chance, kind="stable").tolist():
        cells.setdefault((told.true[row], told.answer[row]), []).append(row)
    fullest = sorted(cells.values(), key=len, reverse=True)[:MOST_CELLS]
    return {
        "worst": [row for row in order.tolist() if wrong[row]][:WORST],
        "doubtful": np.argsort(-told.doubt, kind="stable")[:DOUBTFUL].tolist(),
        "cells": sorted(row for cell in fullest for row in cell[:MOST_OF_A_CELL]),
    }


def write(
    folder: Path, pictures: np.ndarray, names: Sequence[str], told: Said, rows: Sequence[int], heat: Heat
) -> None:
    """Write the chosen pictures into the run's folder, and of the worst and the most doubtful where it looked.

    Args:
        pictures: As the network saw them, uint8 [rows, height, width, channels].
        names: What each is called.
        rows: Each test row's number in the data set.
        heat: From places among the test rows to the way in which it was found out where the network looked, and that,
            [places, height, width] from 0 to 1; None where it cannot be found out.
    """
    groups = chosen(told)
    places = sorted({place for group in groups.values() for place in group})
    looked = sorted({*groups["worst"], *groups["doubtful"]})
    found = heat(np.array(looked)) if looked else None
    warm = dict(zip(looked, found[1], strict=True)) if found else {}
    out = folder / FOLDER
    out.mkdir(exist_ok=True)
    for place in places:
        picture = enlarged(np.asarray(pictures[place]))
        (out / f"{place}.png").write_bytes(png(picture))
        if place in warm:
            (out / f"{place}_heat.png").write_bytes(png(warmed(picture, warm[place])))
    entries = [
        {
            "place": place, "row": int(rows[place]), "name": str(names[place]), "true": told.true[place],
            "said": told.answer[place], "chance": None if told.chance is None else round(float(told.chance[place]), 4),
            "heat": place in warm,
        }
        for place in places
    ]  # fmt: skip
    home.write_json(out / "shown.json", {**groups, "way": found[0] if found else "", "pictures": entries})


def read(folder: Path) -> dict[str, Any] | None:
    """What is shown of a run's test pictures, each with the `path` of its file; None where it has none."""
    try:
        found = home.read_json(folder / FOLDER / "shown.json")
    except FileNotFoundError:
        return None
    for one in found["pictures"]:
        one["path"] = folder / FOLDER / f"{one['place']}.png"
        one["heat_path"] = folder / FOLDER / f"{one['place']}_heat.png" if one["heat"] else None
    return found


def enlarged(picture: np.ndarray) -> np.ndarray:
    """The picture with every place repeated until its longer side has `SHARPEST` places, so that small ones stay sharp."""
    times = max(1, -(-SHARPEST // max(picture.shape[:2])))
    return picture.repeat(times, axis=0).repeat(times, axis=1)


def warmed(picture: np.ndarray, heat: np.ndarray) -> np.ndarray:
    """The picture in colour, warmer where the heat is, uint8 [height, width, 3]."""
    from PIL import Image  # noqa: PLC0415 - gate: only runs with pictures need Pillow

    height, width = picture.shape[:2]
    grown = Image.fromarray(np.asarray(heat, np.float32)).resize((width, height), Image.Resampling.BICUBIC)
    amount = np.clip(np.asarray(grown, float), 0, 1)[:, :, None]
    colour = WARM[0] + (WARM[1] - WARM[0]) * amount
    plain = np.broadcast_to(picture, (height, width, 3)).astype(float)
    return np.round(plain + (colour - plain) * COVER * amount).astype(np.uint8)
