"""A run is its folder: made once, found by its id or its path.

spec.json             what was asked, written once
state.json            where it stands, and why (`core.runs.states`)
events.jsonl          what happened (`core.runs.events`)
stop  pause           empty files: somebody asks the worker to stop, or to pause until the file is gone
discard               an empty file: somebody asks the supervisor to remove all this
look                  an empty file: somebody asks for the sizes of weights and gradients, once
checkpoint.npz        all that it takes to go on at the very step (`core.runs.checkpoint`), or to continue once it has ended
made_with.json        what else went into it: hashes, settings, device, versions (`core.runs.made_with`)
interruptions.json    how often it was interrupted without coming further
best.weights.npz      the best weights so far
notice.json           what came of telling an address that it has ended (`core.notices`)
log.txt               what the worker's libraries said
answered.npz          what a yes-or-no model answered to validation and test rows (`core.results.kept`)
model.onnx.data       weights of a network that is too large for one ONNX file
model.keras model.onnx recipes.json samples.json results.json exports/    what came out
"""

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core import home
from core.errors import RunError
from core.runs import checkpoint, events, made_with, states
from core.runs.states import State
from core.spec import Spec
from core.words import mark

FILES = (
    "spec.json", "state.json", "events.jsonl", "stop", "pause", "log.txt", "best.weights.npz", "model.keras",
    "model.onnx", "model.onnx.data", "recipes.json", "samples.json", "results.json", "checkpoint.npz", ".checkpoint.npz",
    "answered.npz", "interruptions.json", "made_with.json", "look", "notice.json", "discard",
)  # fmt: skip
FOLDERS = ("exports", "shown_pictures")  # no names that folders of somebody's own may have
LOOK, DISCARD = "look", "discard"
_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")


@dataclass(frozen=True)
class Run:
    """One training run; everything about it is read from its folder when asked for."""

    id: str
    folder: Path

    def spec(self) -> Spec:
        """What was asked."""
        return Spec.from_json(home.read_json(self.folder / "spec.json"))

    def state(self) -> State:
        """Where it stands now."""
        return states.read(self.folder)

    def events(self, after: int = 0) -> tuple[list[events.Event], int]:
        """What happened since byte `after`, and the byte to ask from next time."""
        return events.read(self.folder, after)

    def results(self) -> dict[str, Any] | None:
        """How good it is on the test rows, or None as long as nobody knows."""
        return self._json("results.json")

    def recipes(self) -> dict[str, Any] | None:
        """How rows become numbers for this model, or None as long as there is no model."""
        return self._json("recipes.json")

    def proof(self, format: str) -> dict[str, Any] | None:
        """How exactly an export of this format answered like the model, or None if there is none yet."""
        return self._json(f"exports/{format}.proof.json")

    def asked_at(self) -> float:
        """When it was asked for, in seconds since 1970."""
        return (self.folder / "spec.json").stat().st_mtime

    def stop_asked(self) -> bool:
        """Whether somebody asked it to stop."""
        return (self.folder / "stop").exists()

    def pause_asked(self) -> bool:
        """Whether somebody asked it to pause, and nobody since to go on."""
        return (self.folder / "pause").exists()

    def discard_asked(self) -> bool:
        """Whether somebody asked to remove it."""
        return (self.folder / DISCARD).exists()

    def withdrawn(self) -> bool:
        """Whether it was taken out of the line, so that it has ended without a model and can be queued again."""
        return self.state().name == "stopped" and not (self.folder / "results.json").exists()

    def goes_on_from(self) -> int | None:
        """The epoch in which it would go on, if it has ended badly or was withdrawn and can; None otherwise."""
        unfinished = self.state().name in ("crashed", "failed") or self.withdrawn()
        about = checkpoint.about(self.folder) if unfinished else None
        return about and about["position"]["epoch"]

    def _json(self, name: str) -> dict[str, Any] | None:
        try:
            return home.read_json(self.folder / name)
        except FileNotFoundError:
            return None


def create(spec: Spec, folder: Path | None = None) -> Run:
    """A new run that waits, in the workspace or in a folder of the user's own.

    Raises:
        RunError: Where the user's folder holds a run already.
    """
    id = home.new_id()
    place = home.folder("runs", id) if folder is None else folder.expanduser().resolve()
    if (place / "spec.json").exists():
        raise RunError(
            mark("The folder “{folder}” already holds a run.", folder=str(place)),
            mark("Name a folder that is empty or that does not exist yet."),
        )
    place.mkdir(parents=True, exist_ok=True)
    if folder is not None:
        home.write_json(home.folder("runs") / f"{id}.json", {"folder": str(place)})
    states.write_first(place)
    spec = replace(spec, versions=dict(spec.versions) or made_with.versions())
    home.write_json(place / "spec.json", {**spec.to_json(), "run": id})
    return Run(id, place)


def load(id: str) -> Run:
    """The run with this id. Raises RunError if there is none; pages ask with what stands in their address."""
    place = home.folder("runs") / id if _ID.fullmatch(id) else None
    if place and not place.is_dir() and place.with_name(f"{id}.json").exists():
        place = Path(home.read_json(place.with_name(f"{id}.json"))["folder"])
    if place is None or not (place / "spec.json").exists():
        raise RunError(
            mark("There is no run “{id}” here.", id=id[:80]),
            mark("Take one from the list of runs, or train a new one."),
        )
    return Run(id, place)


def find(id_or_folder: str | Path) -> Run:
    """The run with this id or in this folder. Raises RunError if there is none."""
    place = Path(id_or_folder).expanduser()
    if not _ID.fullmatch(str(id_or_folder)) and (place / "spec.json").exists():
        place = place.resolve()
        return Run(home.read_json(place / "spec.json").get("run", place.name), place)
    return load(str(id_or_folder))


def everything(project: str = "", discarded: bool = False) -> list[Run]:
    """All runs, or one project's, the latest first.

    Args:
        discarded: Whether those are among them that are being removed.
    """
    root = home.folder("runs")
    ids = {path.stem for path in root.iterdir() if _ID.fullmatch(path.stem)}
    runs = [run for run in map(_maybe, sorted(ids, reverse=True)) if run]
    runs = [run for run in runs if discarded or not run.discard_asked()]
    return [run for run in runs if not project or _project(run) == project]


def delete(run: Run) -> None:
    """Remove the run and all that it made, and nothing else. Raises RunError while it trains."""
    if not run.state().ended:
        raise RunError(
            mark("This run has not ended yet."),
            mark("Stop it first, then delete it."),
        )
    erase(run)


def erase(run: Run) -> None:
    """Remove the run whose process has ended, wherever it stands."""
    if run.folder.parent == home.folder("runs"):
        shutil.rmtree(run.folder)
    else:
        _remove_ours(run.folder)
    (home.folder("runs") / f"{run.id}.json").unlink(missing_ok=True)


def _remove_ours(folder: Path) -> None:
    """Remove a run from a folder of the user's own, where other things may lie beside it."""
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _maybe(id: str) -> Run | None:
    try:
        return load(id)
    except RunError:  # a folder half made or moved away: no run of ours
        return None


def _project(run: Run) -> str:
    return home.read_json(run.folder / "spec.json").get("project", "")
