"""A run that was taken away as one file opens again: looked through before anything of it is used, and asked before it is kept.

Nothing in the file is ever run: arrays hold numbers only, as many as they say, and a Keras model may name only those classes of Keras
that we use, and ours. The weights inside `model.keras` are not looked at: it is passed on in exports, and never loaded here.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from core import answer, foreign, home, projects, recipes, runs
from core.errors import FileError, UserError
from core.runs import Run, carried
from core.spec import Spec
from core.words import Sentence, mark

MOST_BYTES, MOST_FILES = 4_000_000_000, 500  # unpacked
MOST_JSON = 200_000_000
NEEDED = {
    "spec.json",
    "state.json",
    "results.json",
    "recipes.json",
    "samples.json",
    "model.onnx",
    "model.keras",
}
TOLERANCE = 1e-4  # of a probability, or of an amount's size: other processors round otherwise
BROKEN = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    RecursionError,
)
_PIECE = 1 << 20


@dataclass(frozen=True)
class Opened:
    """A run from elsewhere, as it stands here now.

    Args:
        run: Its id here.
        project: The project that was made for it.
        rows: Sample rows that were asked, all of which it answers as it did where it comes from.
    """

    run: Run
    project: projects.Project
    rows: int


def open_run(path: Path) -> Opened:
    """The run in the file, with a project of its own.

    Raises:
        FileError: If it is no such file, or damaged, or from a newer version, or holds what may not be opened.
    """
    making = home.folder("runs", f".{home.new_id()}")
    try:
        _unpack(path, making)
        spec = _spec(path, making)
        _check_model(path, making)
        rows = _asked(path, making)
        return _kept(spec, making, rows)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _refuse(what: Sentence, why: Exception | None = None) -> NoReturn:
    fix = mark("Take the file that “The whole run” gave on the page Use, as it was downloaded.")
    raise FileError(what, fix) from why


def _unpack(path: Path, folder: Path) -> None:
    """Put the files into the folder, none that is not listed, and every one as its mark says."""
    name = path.name[:80]
    try:
        with zipfile.ZipFile(path) as packed:
            inside = {entry.filename: entry for entry in packed.infolist()}
            if carried.ABOUT not in inside:
                _refuse(mark("“{name}” is a zip, but no run.", name=name))
            marks = _listed(name, _read(packed, inside[carried.ABOUT]))
            if marks.keys() | {carried.ABOUT} != inside.keys() or len(inside) != len(packed.infolist()):
                _refuse(mark("“{name}” does not hold the files that it lists.", name=name))
            left = MOST_BYTES
            for file, expected in marks.items():
                left -= _copied(packed, inside[file], folder / file, expected, left, name)
    except FileError:
        raise
    except BROKEN as error:
        _refuse(mark("“{name}” is damaged or cut off.", name=name), error)


def _read(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with packed.open(entry) as file:
        return file.read(_PIECE)


def _listed(name: str, text: bytes) -> dict[str, str]:
    """Each file with its mark. Raises FileError where the list is none of ours."""
    about = json.loads(text)
    if about["version"] > carried.VERSION:
        raise FileError(
            mark("“{name}” comes from a newer Modelyard.", name=name),
            mark("Update this one, then open the file again."),
        )
    marks = about["files"]
    if about["kind"] != "run" or len(marks) > MOST_FILES or not marks.keys() >= NEEDED:
        _refuse(mark("“{name}” holds no whole run.", name=name))
    if not all(carried.belongs(file) and isinstance(value, str) for file, value in marks.items()):
        _refuse(mark("“{name}” lists files that a run does not have.", name=name))
    return marks


def _copied(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path, expected: str, most: int, name: str
) -> int:
    """Unpack one file, never more of it than is allowed; how many bytes it has."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        _refuse(mark("“{name}” is packed in a way that Modelyard does not use.", name=name))
    to.parent.mkdir(exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with packed.open(entry) as source, to.open("wb") as target:
        while piece := source.read(_PIECE):
            size += len(piece)
            if size > most or (to.suffix in (".json", ".jsonl") and size > MOST_JSON):
                _refuse(mark("“{name}” unpacks to more than a run can hold.", name=name))
            digest.update(piece)
            target.write(piece)
    if digest.hexdigest() != expected:
        _refuse(mark("“{name}” was changed: “{file}” in it is not as it was.", name=name, file=to.name))
    return size


def _spec(path: Path, folder: Path) -> Spec:
    """What was asked. Raises FileError where it cannot be read, or where it asks for what is not there."""
    try:
        state = runs.Run("", folder).state()
        if state.name not in ("done", "stopped"):
            _refuse(mark("“{name}” holds a run that has not ended.", name=path.name[:80]))
        return Spec.from_json(home.read_json(folder / "spec.json"))
    except FileError:
        raise
    except (UserError, *BROKEN) as error:
        _refuse(mark("“{name}” holds no whole run.", name=path.name[:80]), error)


def _check_model(path: Path, folder: Path) -> None:
    """Refuse classes that are neither Keras's nor ours, and arrays that are not what they say."""
    name = path.name[:80]
    try:
        for file in (folder / "model.keras", *folder.glob("*.npz")):
            with zipfile.ZipFile(file) as packed:
                if sum(entry.file_size for entry in packed.infolist()) > MOST_BYTES:
                    _refuse(mark("“{name}” unpacks to more than a run can hold.", name=name))
        for file in (*folder.glob("*.npz"), *folder.glob("*.npy")):
            foreign.check_arrays(file)
        others = foreign.classes(folder / "model.keras")
    except FileError:
        raise
    except BROKEN as error:
        _refuse(mark("“{name}” is damaged or cut off.", name=name), error)
    if others:
        _refuse(
            mark(
                "The model in “{name}” holds “{what}”, which is neither Keras's nor ours.",
                name=name,
                what=others[0][:80],
            )
        )


def _asked(path: Path, folder: Path) -> int:
    """Sample rows that the model answers as it did where it comes from. Raises FileError where it does not."""
    try:
        kept = home.read_json(folder / "samples.json")
        model = answer.Model.open(folder)
        if (
            "columns" not in kept
            or model.writer
            or model.writes
            or model.tastes
            or model.stored
            or "series" in model.recipes
        ):
            return 0  # these are asked with more than rows, and their exports prove themselves
        if model.pictures:
            return 0  # pictures are looked for where the run came from
        said = recipes.answer_table(model.recipes, model.answer(kept["columns"]))
        expected = recipes.answer_table(model.recipes, kept["answers"])
        same = all(_same(said[name], expected[name]) for name in expected)
    except Exception as error:  # ONNX Runtime's errors have no class in common but this
        _refuse(mark("The model in “{name}” gives no answers.", name=path.name[:80]), error)
    if not same:
        _refuse(
            mark("The model in “{name}” answers otherwise than where it comes from.", name=path.name[:80])
        )
    return len(next(iter(kept["columns"].values())))


def _same(said: Iterable[Any], expected: Iterable[Any]) -> bool:
    return all(_alike(one, other) for one, other in zip(said, expected, strict=True))


def _alike(one: Any, other: Any) -> bool:
    if isinstance(other, str) or other is None:
        return one == other
    return abs(float(one) - float(other)) <= TOLERANCE * max(1.0, abs(float(other)))


def _kept(spec: Spec, folder: Path, rows: int) -> Opened:
    """The run at its place, in a project of its own. The project's table is there as soon as somebody brings the same one."""
    id = home.new_id()
    project = projects.create(spec.name or spec.goal.target, spec.data)
    project = projects.change(project, goal=spec.goal.to_json(), template=spec.template, kinds={})
    asked = replace(spec, project=project.id, starts_from="", continues={})
    home.write_json(folder / "spec.json", {**asked.to_json(), "run": id})
    place = home.folder("runs") / id
    try:
        folder.rename(place)
    except OSError:
        projects.delete(project.id)
        raise
    return Opened(Run(id, place), project, rows)
