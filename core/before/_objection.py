"""What speaks against a start, and the clicks that put it right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.words import Sentence

SEVERITIES = ("cannot", "worry", "note")


@dataclass(frozen=True)
class Change:
    """A change of the question that puts an objection right with one click.

    Args:
        label: What the button says.
        training: Settings of `core.spec.TRAINING` by name; None is automatic.
        device: The device to choose, empty for automatic; None leaves it as it is.
    """

    label: Sentence
    training: Mapping[str, Any] = field(default_factory=dict)
    device: str | None = None


@dataclass(frozen=True)
class Objection:
    """Something that speaks against a start.

    Args:
        severity: `cannot` where the start cannot work, `worry` where it will most likely be regretted, and `note`
            where it is good to know.
        what: What is the matter.
        fix: What to do now.
        changes: Clicks that put it right, the best one first.
    """

    severity: str
    what: Sentence
    fix: Sentence
    changes: tuple[Change, ...] = ()
