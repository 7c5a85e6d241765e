"""A run that has ended goes on as a new run: for more epochs or minutes, exactly as if it had never ended."""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.errors import RunError
from core.runs import checkpoint, events, states
from core.runs.events import Journal
from core.runs.folder import Run, create, delete
from core.spec import TRAINING, Spec
from core.words import Sentence, mark, say

OF_THE_OTHER = (
    "resumed",
    "message",
    "failed",
    "end",
)  # events that tell of the other run's fate, not of what it learned
SHARE_FOR_LEARNING = 0.85  # of the minutes; the rest is for testing, see `core.worker.train`


def can_continue(run: Run) -> bool:
    """Whether the run has ended well and kept the state in which it was."""
    return run.state().name in ("done", "stopped") and checkpoint.exists(run.folder)


def seen(run: Run) -> int:
    """How many whole epochs the run had seen when it ended. Raises RunError where its last state is gone."""
    return _whole_epochs(_about(run)["position"])


def continued(run: Run, epochs: int | None = None, minutes: float | None = None, name: str = "") -> Run:
    """A new run that waits to go on where this one ended; nothing of this one changes.

    What comes out is, bit for bit, what one run with the new limits would have come to from the beginning, on the same
    device and version. Only a learning rate that falls over all epochs knows their number: with more epochs it rises
    again and falls towards the new last one.

    Args:
        epochs: At most so many in all, those seen before included; by itself as many again.
        minutes: Likewise; by itself as many as the other run was allowed, on top of those that it took.
        name: What the new run is called.

    Raises:
        RunError: Where the run has not ended well or its last state is gone, or where it has seen so much already.
        SettingError: For a number outside its limits.
    """
    about, spec = _about(run), run.spec()
    limits = _limits(about, epochs, minutes)
    origin = {"run": run.id, "epoch": about["position"]["epoch"], "spent": about["spent"]}
    name = name or say("{run}, continued", run=spec.name)
    made = create(
        replace(spec, training={**spec.training, **limits}, continues=origin, name=name, versions={})
    )
    try:
        about = {
            **about,
            "settings": {**about["settings"], **limits},
            "position": {**about["position"], "ended_by": ""},
            "continues": run.id,
            "journal": _journal(run, made, spec, about, limits),
        }
        checkpoint.copy(run.folder, made.folder, about)
    except OSError:  # a full disk: nothing is left of what would have been half a run
        states.step(made.folder, "stopped")
        delete(made)
        raise
    return made


def _about(run: Run) -> dict[str, Any]:
    if run.state().name not in ("done", "stopped"):
        raise RunError(
            mark("This run has not come to a good end, and only what has can be continued."),
            mark("Wait until it ends; if it was interrupted, let it go on."),
        )
    found = checkpoint.about(run.folder)
    if found is None:
        raise RunError(
            mark(
                "The state in which “{run}” ended was not kept, so it cannot be continued.",
                run=_name(run.spec(), run),
            ),
            mark("Train again and start from its weights instead."),
        )
    return found


def _limits(about: Mapping[str, Any], epochs: int | None, minutes: float | None) -> dict[str, Any]:
    """The new run's epochs, minutes and, where patience would end it at once, patience; all checked."""
    settings, spent, whole = about["settings"], about["spent"], _whole_epochs(about["position"])
    if epochs is None:
        epochs = min(max(settings["epochs"], 2 * whole), TRAINING["epochs"].high)
    if minutes is None:
        minutes = min(settings["minutes"] + math.ceil(spent / 6) / 10, TRAINING["minutes"].high)
    limits = {"epochs": TRAINING["epochs"].check(epochs), "minutes": TRAINING["minutes"].check(minutes)}
    if limits["epochs"] <= whole:
        raise RunError(
            mark("It has seen all rows {count} time already.", plural="It has seen all rows {count:,} times already.",
                 count=whole),
            mark("Ask for more than {count:,} epochs in all.", count=whole),
        )  # fmt: skip
    if limits["minutes"] * 60 * SHARE_FOR_LEARNING <= spent:
        raise RunError(
            mark("It has trained for {minutes:.1f} minutes already.", minutes=spent / 60),
            mark("Allow it more minutes than that in all, with some left for testing."),
        )
    waited = whole - about["best"]["epoch"]
    if waited >= settings["patience"]:
        limits["patience"] = min(waited + settings["patience"], TRAINING["patience"].high)
    return limits


def _whole_epochs(position: Mapping[str, Any]) -> int:
    return position["epoch"] - bool(position["open"])


def _journal(run: Run, made: Run, spec: Spec, about: Mapping[str, Any], limits: Mapping[str, Any]) -> int:
    """Begin the new run's journal with what the other one told until its last state; the byte behind it."""
    before, _ = events.read(run.folder, until=about["journal"])
    with (made.folder / events.NAME).open("wb") as file:
        for event in before:
            if event["kind"] in OF_THE_OTHER:
                continue
            if event["kind"] == "begin":
                event |= limits
            file.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    with Journal(made.folder) as journal:
        epoch = about["position"]["epoch"]
        journal.write("resumed", epoch=epoch, text=told(_name(spec, run), epoch).to_json())
        return journal.place


def told(name: str, epoch: int) -> Sentence:
    """Where a run goes on that continues the one of this name."""
    return mark("It continues “{run}”, which had come to epoch {epoch}.", run=name, epoch=epoch)


def _name(spec: Spec, run: Run) -> str:
    return spec.name or run.id


def can_lend(run: Run) -> bool:
    """Whether another run can start from this one's best weights."""
    return run.state().ended and (run.folder / "best.weights.npz").exists()


def reads_alike(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two runs turn a row into the same numbers, so that weights of one mean the same in the other.

    Args:
        old: The whole of `recipes.json`, like `new`; what is predicted may differ.
    """
    return all(old[part] == new[part] for part in ("version", "inputs", "columns"))
