"""Events become sequences on disk: what `core.prepare` does for rows, for recommending.

Beside the files of every prepared folder there are `events.npz` (`person`, `item`, `time` or nothing, `row`, `liked`, `side`, the
persons who are asked about, `validation` and `test`, and where there are ratings `rating` and `rated`, their sides) and `names.json`. Three inputs can be read: `past`, what somebody had
lately, in order; `person`, who it is; and `had`, all that somebody had, one number for each item.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import home, recipes, recommending
from core.goal import Goal, Split, Tastes
from core.tasks import recommend
from core.tastes import known
from core.tastes.apart import TEST, TRAIN, VALIDATION, Sides, divided
from core.tastes.events import Events, read
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

EVENTS = "events.npz"
LONGEST, SHORTEST = 100, 8  # items that are looked back at
MOST_CELLS = 60_000_000  # of `had`: persons times items
SIDES = {"train": TRAIN, "validation": VALIDATION, "test": TEST}


def make(
    table: "DataFrame",
    goal: Goal,
    folder: Path,
    data_id: str = "",
    tell: Callable[[float, Sentence], None] = lambda share, text: None,
) -> None:
    """Write a prepared folder's files, as `core.prepare.make` does.

    Args:
        table: Every cell as text, empty where missing; at least the goal's columns.

    Raises:
        DataError: If there is nothing to learn from.
    """
    tastes = goal.tastes or Tastes(goal.inputs[0] if goal.inputs else "", goal.target)
    tell(0.1, mark("Reading who had what"))
    events = read(table, tastes, time.time() / 86_400)
    of_items, of_persons = known.about(events, tastes, data_id)
    events = replace(
        events,
        items=[*events.items, *of_items.fresh],
        notes=(*events.notes, *of_items.notes, *of_persons.notes),
    )
    tell(0.4, mark("Keeping apart what came last"))
    sides = divided(events, goal.split)
    length = _length(events, sides)
    codes, persons = len(events.items) + 1, len(events.persons) + 1
    target = {
        "column": goal.target, "as": "items", "person": tastes.person, "items": codes - 1, "persons": persons - 1,
        "share": 0.0, "half": 0.0, "ordered": events.time is not None, "facts": list(of_persons.recipe),
        "told": [made for made in of_items.recipe if made["as"] != "number"],
    }  # fmt: skip
    had = codes * persons <= MOST_CELLS
    tell(0.6, mark("Turning rows into numbers"))
    counts = _write(folder, events, sides, length, codes, had, of_persons.numbers)
    made = _recipes(goal, target, tastes.person, length, codes, persons, had, of_persons.width)
    known.write(folder, of_items, of_persons, events, sides)
    keys = {
        "person": events.person,
        "item": events.item,
        "row": events.row,
        "liked": events.liked,
        "side": sides.side,
    }
    when = {} if events.time is None else {"time": events.time}
    if events.rating is not None:
        when |= {"rating": events.rating, "rated": _rated(events, goal.split)}
    np.savez(folder / EVENTS, **keys, **when, validation=sides.validation, test=sides.test)
    home.write_json(
        folder / recommending.NAMES, {"persons": list(events.persons), "items": list(events.items)}
    )
    np.savez(folder / "split.npz", **{name: events.row[sides.side == side] for name, side in SIDES.items()})
    home.write_json(folder / "recipes.json", made)
    home.write_json(folder / "facts.json", {
        "data": data_id, "task": goal.task, "target": goal.target,
        "rows": {**counts, "test": len(sides.test), "left_out": len(table) - len(events.row)},
        "columns": 1, "inputs": made["inputs"], "output": {"units": codes, "activation": recommend.ACTIVATION}, "classes": None,
        "tastes": {
            "events": len(events.person), "persons": persons - 1, "items": codes - 1, "ordered": events.time is not None,
            "by": goal.split.by, "length": length, "item_facts": of_items.width, "person_facts": of_persons.width,
            "fresh": len(of_items.fresh), "given": bool(tastes.items or tastes.persons), "described": {"items": list(of_items.names), "persons": list(of_persons.names)}, "notes": [note.to_json() for note in events.notes],
        },
    })  # fmt: skip
    tell(1.0, mark("Ready"))


def _rated(events: Events, split: Split) -> np.ndarray:
    """On which side each event's rating is: what was not liked is rated too, and would be missed by a test of the liked ones."""
    return divided(replace(events, liked=np.ones(len(events.person), bool)), split).side


def _length(events: Events, sides: Sides) -> int:
    """How many items are looked back at: all that nine of ten persons have, within limits."""
    counts = np.bincount(events.person[sides.side == TRAIN])
    return int(np.clip(np.quantile(counts[counts > 0], 0.9), SHORTEST, LONGEST))


def _write(
    folder: Path, events: Events, sides: Sides, length: int, codes: int, had: bool, facts: np.ndarray
) -> dict[str, int]:
    """The arrays of training and validation rows, and how many rows each side has."""
    chosen = sides.side == TRAIN
    inputs, truth = windows(events.person[chosen], events.item[chosen], length)
    if had:
        inputs["had"] = full(events.person[chosen], events.item[chosen], inputs["person"][:, 0], codes)
    if facts.shape[1]:
        inputs["person_facts"] = facts[inputs["person"][:, 0]]
    _save(folder, "train", inputs, truth)
    asked, answers = questions(events, sides.side, sides.validation, VALIDATION, length)
    if had:
        asked["had"] = full(events.person[chosen], events.item[chosen], sides.validation, codes)
    if facts.shape[1]:
        asked["person_facts"] = facts[sides.validation]
    _save(folder, "validation", asked, answers)
    return {"train": len(truth), "validation": len(answers)}


def _save(folder: Path, side: str, inputs: dict[str, np.ndarray], truth: np.ndarray) -> None:
    for name, array in inputs.items():
        np.save(folder / f"{side}_{name}.npy", array)
    np.save(folder / f"{side}_y.npy", truth)


def windows(person: np.ndarray, item: np.ndarray, length: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """What was had up to each place and what came next there, in pieces of a length: inputs by name, and codes [rows, length].

    Long histories become several rows; 0 fills up in front, and stands before the first item of each person.

    Args:
        person: Codes, rising.
        item: Codes, of each person in order.

    Example:
        >>> inputs, coming = windows(np.array([1, 1, 1]), np.array([7, 8, 9]), 2)
        >>> inputs["past"].tolist(), coming.tolist()
        ([[7, 8], [0, 0]], [[8, 9], [0, 7]])
    """
    starts = np.flatnonzero(np.r_[True, np.diff(person) != 0])
    counts = np.diff(np.r_[starts, len(person)])
    pieces = -(-counts // length)
    # From a person's end: the last piece is full, the first one holds what is left.
    owner = np.repeat(np.arange(len(starts)), pieces)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    last = (starts + counts)[owner] - number * length
    places = last[:, None] - length + np.arange(length)
    first = starts[owner][:, None]
    coming = np.where(places >= first, item[np.maximum(places, 0)], 0).astype(np.int32)
    before = np.where(places > first, item[np.maximum(places - 1, 0)], 0).astype(np.int32)
    return {"past": before, "person": person[starts[owner]][:, None].astype(np.int32)}, coming


def full(person: np.ndarray, item: np.ndarray, asked: np.ndarray, codes: int) -> np.ndarray:
    """All that each of some persons had, float32 [asked, codes]."""
    return recommending.counts(pasts(person, item, asked), codes)


def pasts(person: np.ndarray, item: np.ndarray, asked: np.ndarray) -> list[np.ndarray]:
    """The items of each of some persons, in their order.

    Args:
        person: Codes, rising.
    """
    begins, ends = np.searchsorted(person, asked), np.searchsorted(person, asked, side="right")
    return [item[begin:end] for begin, end in zip(begins, ends, strict=True)]


def questions(
    events: Events, side: np.ndarray, asked: np.ndarray, wanted: int, length: int
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """What some persons had before a side, and what they had on it: inputs by name, and codes as `recommend.parted` reads them.

    Args:
        asked: Codes of persons, rising.
        wanted: The side that is asked about; those before it are known.
    """
    had, right = side_pasts(events, side, asked, wanted)
    width = max(len(r) + len(k) for r, k in zip(right, had, strict=True))
    truth = np.zeros((len(asked), width), np.int32)
    for row, (r, k) in enumerate(zip(right, had, strict=True)):
        truth[row, : len(r)], truth[row, len(r) : len(r) + len(k)] = r, -k
    return {"past": recommending.latest(had, length), "person": asked[:, None].astype(np.int32)}, truth


def side_pasts(
    events: Events, side: np.ndarray, asked: np.ndarray, wanted: int
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """What each of some persons had liked before a side, and what on it."""
    before, on = (side >= 0) & (side < wanted), side == wanted
    return pasts(events.person[before], events.item[before], asked), pasts(
        events.person[on], events.item[on], asked
    )


def _recipes(
    goal: Goal,
    target: dict[str, Any],
    column: str,
    length: int,
    codes: int,
    persons: int,
    had: bool,
    facts: int,
) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "past": {"shape": [length], "dtype": "int32", "vocabulary": codes},
        "person": {"shape": [1], "dtype": "int32", "vocabulary": persons},
    }
    if had:
        inputs["had"] = {"shape": [codes], "dtype": "float32"}
    if facts:
        inputs["person_facts"] = {"shape": [facts], "dtype": "float32"}
    columns = [
        {"column": column, "kind": "taste", "input": name, "parse": {"as": "text"}, "features": []}
        for name in inputs
    ]
    return {
        "version": recipes.VERSION,
        "task": goal.task,
        "target": target,
        "inputs": inputs,
        "columns": columns,
    }


def read_events(folder: Path) -> tuple[Events, Sides]:
    """The events of a prepared folder, and their sides."""
    names = home.read_json(folder / recommending.NAMES)
    with np.load(folder / EVENTS, allow_pickle=False) as file:
        found = {name: file[name] for name in file.files}
    events = Events(
        found["person"],
        found["item"],
        found.get("time"),
        found["row"],
        names["persons"],
        names["items"],
        found["liked"],
        rating=found.get("rating"),
    )
    return events, Sides(found["side"], found["validation"], found["test"], found.get("rated"))
