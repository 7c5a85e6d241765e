"""What the user wants to know: the target, the inputs, the task, and which rows are kept apart for the test."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Split:
    """How rows are divided into training, validation and test rows.

    Args:
        by: `"chance"` (stratified by the target where it has classes), `"time"` (the latest rows are the test), or
            `"given"` (a column says it for each row).
        time_column: The date column that orders the rows, if `by` is `"time"`.
        validation: Share of rows that choose when to stop, 0 to 1.
        test: Share of rows that nobody looks at before Results, 0 to 1.
        seed: The same table and seed give the same rows on every machine.
        column: The column that says train, validation or test, if `by` is `"given"`; what it leaves open is drawn.
    """

    by: str = "chance"
    time_column: str = ""
    validation: float = 0.15
    test: float = 0.15
    seed: int = 1
    column: str = ""


@dataclass(frozen=True)
class Goal:
    """One question put to one data set.

    Args:
        target: The column whose answer is wanted.
        task: An item of the shelf `core.tasks`.
        inputs: The columns that the answer is made from, in the table's order.
        kinds: The kind of every column used (an item of the shelf `core.columns`), the user's changes included.
        split: Which rows train, validate and test.
        picture_side: Places on the longer side of pictures as the network sees them; 0 where that follows from them.
    """

    target: str
    task: str
    inputs: tuple[str, ...]
    kinds: Mapping[str, str]
    split: Split = field(default_factory=Split)
    picture_side: int = 0

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "inputs": list(self.inputs), "kinds": dict(self.kinds)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Goal":
        return cls(
            target=data["target"],
            task=data["task"],
            inputs=tuple(data["inputs"]),
            kinds=dict(data["kinds"]),
            split=Split(**data["split"]),
            picture_side=data.get("picture_side", 0),
        )
