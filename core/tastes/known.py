"""Facts about both sides of a table of who had what: from tables beside it, or from its own columns."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core import recommending
from core.goal import Tastes
from core.tastes import facts
from core.tastes.apart import TRAIN, Sides
from core.tastes.events import Events
from core.tastes.facts import Facts

MOST_ROWS = 2_000_000  # of the table of who had what, in whose own columns facts are looked for


def about(events: Events, tastes: Tastes, data_id: str) -> tuple[Facts, Facts]:
    """What is known about the items and about the persons.

    Args:
        data_id: The data set of who had what; empty looks at no columns of its own.

    Raises:
        DataError: If a table of facts does not fit.
    """
    items = _of(tastes.items, tastes.item, events.items, fresh=True)
    persons = _of(tastes.persons, tastes.person, events.persons)
    if data_id and len(events.row) <= MOST_ROWS and (items is None or persons is None):
        own_items, own_persons = _own(events, tastes, data_id)
        items, persons = items or own_items, persons or own_persons
    return items or facts.nothing(len(events.items) + 1), persons or facts.nothing(len(events.persons) + 1)


def _of(data_id: str, column: str, names: Sequence[str], fresh: bool = False) -> Facts | None:
    from core import datasets  # noqa: PLC0415 - gate to pandas

    if not data_id:
        return None
    kinds = datasets.profile(data_id).kinds
    return facts.joined(datasets.table(data_id, list(kinds)), kinds, column, names, fresh)


def _own(events: Events, tastes: Tastes, data_id: str) -> tuple[Facts, Facts]:
    """Columns beside the roles that are always the same for an item, or for a person."""
    from core import datasets  # noqa: PLC0415 - gate to pandas

    roles = {tastes.person, tastes.item, tastes.time, tastes.rating}
    kinds = {name: kind for name, kind in datasets.profile(data_id).kinds.items() if name not in roles}
    if not kinds:
        return facts.nothing(len(events.items) + 1), facts.nothing(len(events.persons) + 1)
    table = datasets.table(data_id, list(kinds))
    found = facts.constant(table, kinds, events.row, events.item, len(events.items) + 1)
    rest = table.drop(columns=list(found.names))
    return found, facts.constant(rest, kinds, events.row, events.person, len(events.persons) + 1)


def write(folder: Path, items: Facts, persons: Facts, events: Events, sides: Sides) -> None:
    """Write `facts.npz`: `items` [codes, width], `persons` likewise, `trained`, which codes of items have trained, and `values`, which
    of the numbers of items stand for a value or a word, bool [width]."""
    trained = np.zeros(len(events.items) + 1, np.float32)
    trained[np.unique(events.item[sides.side == TRAIN])] = 1.0
    values = [made["as"] != "number" for made in items.recipe for _ in range(recommending.width(made))]
    np.savez(
        folder / recommending.FACTS, items=items.numbers, persons=persons.numbers, trained=trained,
        values=np.array(values, bool),
    )  # fmt: skip


def told(folder: Path) -> np.ndarray:
    """Which values and words each item has, packed, uint8 [codes, bytes]; see `recommending.fitting`."""
    found = read(folder)
    return np.packbits(found["items"][:, found["values"]] > 0, axis=1)


def read(folder: Path) -> dict[str, np.ndarray]:
    """What `write` has written."""
    with np.load(folder / recommending.FACTS, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}
