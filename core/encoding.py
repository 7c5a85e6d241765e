"""Fitted recipes are given their places in the network's inputs, and a table of text becomes its arrays."""

import os
import re
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import compact, pixels, recipes, split
from core.layers import LONGEST_NAME
from core.pictures import Archive
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame, Series

Progress = Callable[[float, Sentence], None]
TABLE = ("numbers", "categories", "texts")  # the inputs that columns of a table share
TEXTS_AT_ONCE = 4_096
PICTURES_AT_ONCE = 256
SECONDS_BETWEEN = 1.0
BYTES_WIDE = (
    100_000_000  # of numbers in bins that are written as the network reads them; more are kept compactly
)


def wire(columns: list[dict[str, Any]]) -> dict[str, Any]:
    """Give each category its stretch of the one shared table, and say which inputs the network gets.

    Numbers share one input, categories another and the pieces of texts a third; each column of pictures is an input of
    its own, and each view of a column of texts (`core.columns.text.views`), which is made when a network reads it.
    """
    inputs: dict[str, Any] = {}
    wired, vocabulary = [], 0
    for column in columns:
        if column["kind"] == "image":
            column = {**column, "input": _input_name(column["column"], [*inputs, *TABLE])}
            inputs[column["input"]] = {"shape": list(pixels.shape(column["parse"])), "dtype": "uint8"}
            wired.append(column)
            continue
        if "view" in column:
            name = _input_name(
                f"{column['column'][: LONGEST_NAME - 12]} {column['view']}", [*inputs, *TABLE], column["view"]
            )
            inputs[name] = {
                "shape": column["shape"], "dtype": "int32", "vocabulary": column["vocabulary"],
                "view": column["view"], "of": column["column"],
            }  # fmt: skip
            wired.append(
                {key: value for key, value in column.items() if key not in ("view", "shape", "vocabulary")}
                | {"input": name}
            )
            continue
        if column["input"] == "categories":
            column = {**column, "start": vocabulary}
            vocabulary += 1 + len(column["features"][0]["values"])
        wired.append(column)
        dtype = "uint8" if column["input"] == "texts" else "float32"
        wide = inputs.setdefault(column["input"], {"shape": [0], "dtype": dtype})
        width = 1 if column["input"] == "categories" else recipes.width(column)
        wide["shape"][0] += width
        if column["input"] == "numbers":
            wide.setdefault("groups", []).append(width)
    if vocabulary:
        inputs["categories"].update(dtype="int32", vocabulary=vocabulary)
    order = sorted(inputs, key=lambda name: (*TABLE, name).index(name))
    return {"inputs": {name: inputs[name] for name in order}, "columns": wired}


def plain(made: Mapping[str, Any]) -> dict[str, Any]:
    """The recipes without the views of texts that are made only when a network reads them."""
    return part(made, [name for name, entry in made["inputs"].items() if "view" not in entry])


def part(made: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The recipes for these of the network's inputs only."""
    return {
        **made,
        "inputs": {name: entry for name, entry in made["inputs"].items() if name in names},
        "columns": [column for column in made["columns"] if column["input"] in names],
    }


def _input_name(column: str, taken: list[str], otherwise: str = "picture") -> str:
    """What the network's input is called: like the column, as far as layers may be called so.

    Example:
        >>> _input_name("photo (front)", ["photo_front"])
        'photo_front_2'
    """
    plain = re.sub(r"\W+", "_", column, flags=re.ASCII).strip("_")[: LONGEST_NAME - 4]
    name = plain if plain and not plain[0].isdigit() else f"{otherwise}_{plain}".strip("_")
    numbers = (f"{name}_{number}" for number in count(2))
    return next(one for one in (name, *islice(numbers, len(taken))) if one not in taken)


def encode(
    made: Mapping[str, Any], table: "DataFrame", pictures: Archive | None = None
) -> dict[str, np.ndarray]:
    """The network's inputs for a table of text, an array each; as `recipes.encode`, but faster.

    Args:
        made: The whole of `recipes.json`.
        pictures: What the table's pictures lie in.
    """
    arrays = {
        name: np.empty((len(table), *entry["shape"]), entry["dtype"])
        for name, entry in made["inputs"].items()
    }
    _fill(made, table, arrays, pictures, lambda share, text: None)
    return arrays


def kept(made: Mapping[str, Any], rows: int) -> dict[str, int]:
    """By how many numbers a row is kept, for each input of which so many rows are kept compactly (`core.compact`)."""
    width = made["inputs"].get("numbers", {"shape": [0]})["shape"][0]
    return {"numbers": compact.spread(made, "numbers").kept} if rows * width * 4 > BYTES_WIDE else {}


def opened(made: Mapping[str, Any], name: str, folder: Path, side: str) -> "np.ndarray | compact.Wide":
    """An input's file, read as needed."""
    path = folder / f"{side}_{name}.npy"
    if path.exists():
        return np.load(path, mmap_mode="r", allow_pickle=False)
    kept = np.load(_kept_at(path), mmap_mode="r", allow_pickle=False)
    return compact.Wide(kept, compact.spread(made, name))


def _kept_at(path: Path) -> Path:
    return path.with_suffix(".kept.npy")


def write(
    made: Mapping[str, Any],
    table: "DataFrame",
    folder: Path,
    side: str,
    pictures: Archive | None,
    tell: Progress,
) -> np.ndarray:
    """Write one array for each input, column by column, so that memory holds one column at a time.

    Returns:
        Which rows could be read; the files hold only these.
    """
    paths = {name: folder / f"{side}_{name}.npy" for name in made["inputs"]}
    shapes = {name: tuple(entry["shape"]) for name, entry in made["inputs"].items()}
    for name, width in kept(made, len(table)).items():
        paths[name], shapes[name] = _kept_at(paths[name]), (width,)
    arrays = {
        name: np.lib.format.open_memmap(
            paths[name], "w+", np.dtype(entry["dtype"]), (len(table), *shapes[name])
        )
        for name, entry in made["inputs"].items()
    }
    good = _fill(made, table, arrays, pictures, tell)
    for name, array in arrays.items():
        array.flush()
        if not good.all():
            _keep(array, good, paths[name])
    return good


def readable(
    made: Mapping[str, Any], table: "DataFrame", pictures: Archive | None, tell: Progress
) -> np.ndarray:
    """Which rows have no picture that cannot be read; of these pictures nothing is kept."""
    good = np.ones(len(table), bool)
    for recipe in made["columns"]:
        if recipe["kind"] == "image":
            good &= _pictures(recipe, table[recipe["column"]].tolist(), pictures, None, tell)
    return good


def _keep(array: np.ndarray, good: np.ndarray, path: Path) -> None:
    """The same file with these rows only."""
    rows = np.flatnonzero(good)
    shorter = path.with_suffix(".shorter")
    kept = np.lib.format.open_memmap(shorter, "w+", array.dtype, (len(rows), *array.shape[1:]))
    for at in range(0, len(rows), 4_096):
        kept[at : at + 4_096] = array[rows[at : at + 4_096]]
    kept.flush()
    os.replace(shorter, path)


def _fill(
    made: Mapping[str, Any],
    table: "DataFrame",
    arrays: dict[str, np.ndarray],
    pictures: Archive | None,
    tell: Progress,
) -> np.ndarray:
    filled = dict.fromkeys(arrays, 0)
    good = np.ones(len(table), bool)
    for recipe in made["columns"]:
        name = recipe["input"]
        if recipe["kind"] == "image":
            good &= _pictures(recipe, table[recipe["column"]].tolist(), pictures, arrays[name], tell)
            continue
        if recipe["kind"] == "text":
            filled[name] = _texts(recipe, table[recipe["column"]], arrays[name], filled[name])
            continue
        # Each different text is read once: columns repeat themselves, and reading is what takes long.
        codes, values = split.distinct(table[recipe["column"]].to_numpy())
        is_wide = arrays[name].shape[1:] == tuple(made["inputs"][name]["shape"])
        encoded = (recipes if is_wide else compact).encode_column(recipe, values)
        end = filled[name] + encoded.shape[1]
        arrays[name][:, filled[name] : end] = encoded[codes]
        filled[name] = end
    return good


def _texts(recipe: Mapping[str, Any], texts: "Series", array: np.ndarray, begin: int) -> int:
    """Write a column of texts some rows at a time, since what is made of them is wide; where the next one begins."""
    end = begin + recipes.width(recipe)
    for at in range(0, len(texts), TEXTS_AT_ONCE):
        some = texts.iloc[at : at + TEXTS_AT_ONCE].tolist()
        array[at : at + TEXTS_AT_ONCE, begin:end] = recipes.encode_column(recipe, some)
    return end


def _pictures(
    recipe: Mapping[str, Any],
    names: list[str],
    pictures: Archive | None,
    array: np.ndarray | None,
    tell: Progress,
) -> np.ndarray:
    """Read all pictures into the array, several at once; which rows are good. A cell without a name is good: it is empty."""
    began = told = time.monotonic()
    good = np.ones(len(names), bool)

    def one(place: int) -> None:
        content = pictures.find(names[place]) if pictures and names[place] else None
        picture = pixels.read(content, recipe["parse"]) if content else None
        good[place] = picture is not None or not names[place]
        if array is not None:
            array[place] = recipe["fill"] if picture is None else picture

    with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="reads pictures") as workers:
        for at in range(0, len(names), PICTURES_AT_ONCE):
            list(workers.map(one, range(at, min(at + PICTURES_AT_ONCE, len(names)))))
            done = min(at + PICTURES_AT_ONCE, len(names))
            now = time.monotonic()
            if now - told < SECONDS_BETWEEN and done < len(names):
                continue
            told, left = now, (now - began) / done * (len(names) - done)
            tell(done / len(names), mark(
                "Reading pictures: {done:,} of {count:,}, {seconds:,} seconds left",
                done=done, count=len(names), seconds=round(left),
            ))  # fmt: skip
    return good
