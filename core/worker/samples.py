"""A few rows as raw text with the network's own answers: what every export is proved with."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np

from core import generate, home, pixels, ranking, recipes, recommending, rewrite, windows
from core.pictures import Archive
from core.prepare import Prepared

if TYPE_CHECKING:
    from pandas import DataFrame

ROWS = 20
SERIES = 3
BEGINNING, WRITTEN = 40, 60  # characters
SETTINGS = ("temperature", "length", "seed")  # of what is written on, as columns beside the beginnings
NEVER_SEEN = "never seen before"
FOLDER = "samples"  # in the run's folder, and in exports


def write(
    folder: Path,
    made: dict[str, Any],
    table: "DataFrame",
    predict: Callable[[dict[str, np.ndarray]], np.ndarray],
    pictures: Archive | None = None,
) -> None:
    """Write `samples.json`: columns of text, one row without any value, one with values never seen, and answers.

    Pictures are copied into the folder `samples`, and the rows then name these copies. Of pictures alone there are only
    real ones: without a picture there is nothing to answer from.
    """
    kinds = {recipe["column"]: recipe["kind"] for recipe in made["columns"]}
    only_pictures = set(kinds.values()) == {"image"}
    columns = {
        name: [*table[name].iloc[:ROWS], *([] if only_pictures else ["", NEVER_SEEN])] for name in kinds
    }
    copied: dict[str, bytes] = {}
    for name in [name for name, kind in kinds.items() if kind == "image"]:
        columns[name] = _copies(columns[name], pictures, copied)
    for name, content in copied.items():
        (folder / FOLDER).mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    arrays = recipes.encode(made, columns, pixels.pictures(copied.get))
    said = recipes.answers(made, predict(arrays))
    plain = {name: values if isinstance(values, list) else values.tolist() for name, values in said.items()}
    answers = {"probabilities": None, **plain}
    home.write_json(folder / "samples.json", {"columns": columns, "answers": answers})


def write_series(
    folder: Path,
    made: dict[str, Any],
    table: "DataFrame",
    predict: Callable[[dict[str, np.ndarray]], np.ndarray],
) -> None:
    """Write `samples.json` of a forecast: the latest rows of a few series, and what comes next in each."""
    series, columns = made["series"], {recipe["column"]: [] for recipe in made["columns"]}
    everything = {name: table[name].tolist() for name in columns}
    history = series["back"] + max(series["season"], *series["lags"], 0) + 2
    for grid in windows.grids(made, everything, recipes.read_values)[:SERIES]:
        for row in dict.fromkeys(grid["rows"][-history:].tolist()):
            for name, texts in columns.items():
                texts.append(everything[name][row])
    rows = windows.latest(made, columns, predict, recipes.read_values)
    names = windows.answer_names(made)
    answers = {name: [row[name] for row in rows] for name in names}
    home.write_json(
        folder / "samples.json", {"columns": columns, "answers": {**answers, "probabilities": None}}
    )


def write_replies(folder: Path, made: dict[str, Any], table: "DataFrame", network: Any) -> None:
    """Write `samples.json` of a model that finds answers: some questions, one without any text and one never asked.

    Args:
        network: The questions' tower, as Keras has it.
    """
    names = dict.fromkeys(recipe["column"] for recipe in made["columns"])
    columns = {name: [*table[name].iloc[:ROWS], "", NEVER_SEEN] for name in names}
    arrays = recipes.encode(made, columns)
    points = network.predict([arrays[tensor.name] for tensor in network.inputs], verbose=0)
    answers = ranking.answers(made, ranking.load(folder), points, columns)
    home.write_json(
        folder / "samples.json", {"columns": columns, "answers": {**answers, "probabilities": None}}
    )


def write_rewritten(folder: Path, made: dict[str, Any], table: "DataFrame", network: Any) -> None:
    """Write `samples.json` of a model that turns texts into others: some texts, an empty one and one never seen.

    Args:
        network: As for `core.rewrite.answers`, as Keras has it.
    """
    column = made["columns"][0]["column"]
    texts = [*table[column].iloc[:ROWS], "", NEVER_SEEN]
    said = rewrite.lines(rewrite.answers(made, network, texts))
    answers = {name: [line[name] for line in said] for name in rewrite.answer_names()}
    home.write_json(
        folder / "samples.json", {"columns": {column: texts}, "answers": {**answers, "probabilities": None}}
    )


def write_tastes(
    folder: Path,
    made: dict[str, Any],
    stored: dict[str, Any],
    network: Callable[[dict[str, np.ndarray]], np.ndarray],
) -> None:
    """Write `samples.json` of a model that recommends: the items for some persons, and for one whom it does not know.

    Args:
        network: As Keras has it.
    """
    persons = [*stored["persons"][:ROWS], NEVER_SEEN]
    rows = recommending.lines(made, stored, network, persons)
    answers = {name: [row[name] for row in rows] for name in recommending.answer_names(made)}
    home.write_json(
        folder / "samples.json", {"columns": {made["target"]["person"]: persons}, "answers": answers}
    )


def write_on(folder: Path, prepared: Prepared, network: generate.Whole) -> None:
    """Write `samples.json` of a network that writes: beginnings, settings, and the text that it makes of each.

    Args:
        network: As Keras has it.
    """
    target, seen = prepared.recipes["target"], prepared.facts["writing"]["test"]
    stream = np.load(prepared.folder / "stream.npy", mmap_mode="r", allow_pickle=False)
    first, second = (
        generate.text(target, stream[seen + at : seen + at + BEGINNING]) for at in (0, BEGINNING)
    )
    long = WRITTEN + target["length"]  # so that some of the beginning is no longer seen
    asked = [
        ("", 0.0, WRITTEN, 1),
        (first, 0.0, long, 1),
        (second, 0.8, WRITTEN, 1),
        (second, 0.8, WRITTEN, 2),
    ]
    written = [
        generate.text(target, list(generate.write(network, target, one, length, temperature, seed=seed)))
        for one, temperature, length, seed in asked
    ]
    settings = {name: [str(one[place]) for one in asked] for place, name in enumerate(SETTINGS, start=1)}
    home.write_json(folder / "samples.json", {
        "columns": {target["column"]: [one[0] for one in asked], **settings},
        "answers": {"prediction": written, "probabilities": None},
    })  # fmt: skip


def _copies(names: list[str], pictures: Archive | None, copied: dict[str, bytes]) -> list[str]:
    """The names under which these pictures are copied; what lies in no archive keeps its name."""
    made = []
    for name in names:
        content = pictures.find(name) if pictures else None
        if content is None:
            made.append(name)
            continue
        made.append(f"{FOLDER}/{len(copied):03d}{PurePosixPath(name).suffix.lower()}")
        copied[made[-1]] = content
    return made
