"""The knob that a block of the user's own has: the layers that it holds, as plain data that may come from anywhere."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import SettingError
from core.fields import Field
from core.layers import SHELF
from core.layers._made import is_name
from core.words import Sentence, mark

MOST_PARTS = 200  # with those of blocks inside
DEEPEST = 5  # blocks inside blocks
MOST_INPUTS = 16
MOST_LETTERS = 200_000  # of all their settings as text
KEYS = {"name", "kind", "inputs", "fields"}
IN = re.compile(r"in_[1-9]\d*")


@dataclass(frozen=True, kw_only=True)
class Parts(Field):
    """The layers inside a block as plain data, each after those that feed it; the last gives the block's answer.

    They may come from anywhere: only their form is checked here, their settings when they are measured.
    """

    def check(self, value: Any) -> list[dict[str, Any]]:
        """The layers. Raises SettingError with the first thing that is wrong with them."""
        why = trouble(value)
        if why is not None:
            raise SettingError(
                mark("This block cannot be used: {why}.", why=why),
                mark("Take the block out, or make it again from layers of a drawing."),
            )
        return value

    def allows(self, value: Any) -> bool:
        return trouble(value) is None

    def limits(self) -> Sentence:
        return mark("1 to {most} layers, each fed by layers before it", most=MOST_PARTS)

    def wrong_values(self) -> list[Any]:
        part = {"name": "a", "kind": "dense", "inputs": ["in_1"], "fields": {}}
        return [
            [], {}, "parts", [1], [part, part], [{**part, "kind": "no_such"}], [{**part, "kind": "output"}],
            [{**part, "inputs": ["a"]}], [{**part, "inputs": []}], [{**part, "fields": []}], [part] * (MOST_PARTS + 1),
            [{**part, "more": 1}], [{**part, "name": "in_1"}],
        ]  # fmt: skip


def trouble(parts: Any, depth: int = 1) -> Sentence | None:
    """What is wrong with the form of these layers, as the end of a sentence; None where nothing is.

    Args:
        depth: How many blocks they are in.
    """
    if depth > DEEPEST:
        return mark("blocks stand in blocks more than {deepest} deep", deepest=DEEPEST)
    if not isinstance(parts, list) or not parts:
        return mark("it holds no list of layers")
    if count(parts) > MOST_PARTS:
        return mark("it holds more than {most} layers", most=MOST_PARTS)
    known: set[str] = set()
    fed: set[str] = set()
    for part in parts:
        if (why := _form(part)) or (why := _place(part, known)):
            return why
        known.add(part["name"])
        fed |= set(part["inputs"])
        if "parts" in part["fields"] and (why := trouble(part["fields"]["parts"], depth + 1)):
            return why
    unused = [number for number in range(1, inputs_of(parts) + 1) if f"in_{number}" not in fed]
    if unused:
        return mark("nothing in it reads what comes in as number {number}", number=unused[0])
    idle = [part["name"] for part in parts[:-1] if part["name"] not in fed]
    return mark("its layer “{name}” leads nowhere", name=idle[0]) if idle else None


def count(parts: Any, depth: int = 1) -> int:
    """How many layers these are, those inside blocks of the user's own included."""
    if not isinstance(parts, list) or depth > DEEPEST:
        return 0
    fields = [part.get("fields") for part in parts if isinstance(part, dict)]
    inner = [values.get("parts") for values in fields if isinstance(values, dict)]
    return len(parts) + sum(count(more, depth + 1) for more in inner)


def inputs_of(parts: list[Mapping[str, Any]]) -> int:
    """How many links come into a block of these layers, whose form is known to be right."""
    numbers = [int(name[3:]) for part in parts for name in part["inputs"] if IN.fullmatch(name)]
    return max(numbers, default=0)


def _form(part: Any) -> Sentence | None:
    if not isinstance(part, dict) or set(part) != KEYS:
        return mark("one of its layers is not given as name, kind, inputs and settings")
    name, kind, inputs, fields = part["name"], part["kind"], part["inputs"], part["fields"]
    if not is_name(name):
        return mark("one of its layers is called “{name}”", name=str(name)[:80])
    if not isinstance(kind, str) or kind not in SHELF or kind in {"input", "output"}:
        return mark("its layer “{name}” is of the kind “{kind}”, which cannot stand in a block",
                    name=name, kind=str(kind)[:80])  # fmt: skip
    if not isinstance(inputs, list) or not inputs or not all(isinstance(i, str) for i in inputs):
        return mark("nothing feeds its layer “{name}”", name=name)
    if not isinstance(fields, dict) or not _small(fields):
        return mark("the settings of its layer “{name}” have the wrong form", name=name)
    return None


def _small(fields: dict[Any, Any]) -> bool:
    """Whether these settings can be kept as JSON of a bearable size."""
    try:
        text = json.dumps(fields, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return len(text) <= MOST_LETTERS and all(isinstance(name, str) for name in fields)


def _place(part: Mapping[str, Any], known: set[str]) -> Sentence | None:
    name, (least, most) = part["name"], SHELF[part["kind"]].INPUTS
    if name in known or IN.fullmatch(name):
        return mark("two of its layers are called “{name}”", name=name)
    if not least <= len(part["inputs"]) <= most:
        return mark("its layer “{name}” is fed by {count} layers", name=name, count=len(part["inputs"]))
    for before in part["inputs"]:
        if IN.fullmatch(before):
            if len(before) > 5 or int(before[3:]) > MOST_INPUTS:
                return mark("more than {most} layers feed it", most=MOST_INPUTS)
        elif before not in known:
            return mark("its layer “{name}” is fed by “{before}”, which does not come before it",
                        name=name, before=before[:80])  # fmt: skip
    return None
