"""What can go wrong that a user can put right: always two sentences, what is the matter and what to do now.

    UserError
    ├── FileError      a file cannot be read as what it says it is
    ├── DataError      the table, or a column of it, cannot be used like this
    ├── SettingError   a value in a form is outside its limits
    ├── GraphError     the drawing does not fit together; knows the layer
    ├── RunError       a run cannot start, go on, or be found
    └── ExportError    a model cannot be taken away in this format

Anything else that is raised is our fault and is shown as such.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.words import Sentence


class UserError(Exception):
    """Something that the user can put right.

    Args:
        what: What is the matter, with the value, under the label that the user sees.
        fix: What to do now.
    """

    def __init__(self, what: Sentence, fix: Sentence):
        super().__init__(what, fix)
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.what} {self.fix}"

    def to_json(self) -> dict[str, Any]:
        """Plain data that crosses a process border; `UserError.from_json` reads it."""
        return {"what": self.what.to_json(), "fix": self.fix.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "UserError":
        return UserError(Sentence.from_json(data["what"]), Sentence.from_json(data["fix"]))


class FileError(UserError):
    """A file cannot be read as what it says it is."""


class DataError(UserError):
    """The table, or a column of it, cannot be used like this."""


class SettingError(UserError):
    """A value in a form is outside its limits."""


@dataclass(frozen=True)
class Mend:
    """A change to the drawing that puts an error right with one click; `core.graph.mended` carries it out.

    Args:
        label: What the button says.
        steps: Plain data, one for each change: `{"do": …, "layer": …, …}`, see `core.graph.mend`. A layer kind
            leaves out `layer`, which is then the layer that the error belongs to.
    """

    label: Sentence
    steps: tuple[Mapping[str, Any], ...]


class GraphError(UserError):
    """The drawing does not fit together; `layer` names the layer that causes it, or is empty.

    Args:
        mends: One-click changes that put it right.
        brief: The matter for a place where the layer is seen anyway, if `what` names it.
    """

    def __init__(
        self,
        what: Sentence,
        fix: Sentence,
        layer: str = "",
        mends: Sequence[Mend] = (),
        brief: Sentence | None = None,
    ):
        super().__init__(what, fix)
        self.brief = brief or what
        self.layer = layer
        self.mends = tuple(mends)


class RunError(UserError):
    """A run cannot start, go on, or be found."""


class ExportError(UserError):
    """A model cannot be taken away in this format."""
