"""What the user wants to know: the target, the inputs, the task, and which rows are kept apart for the test."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Split:
    """How rows are divided into training, validation and test rows.

    Args:
        by: `"chance"` (stratified by the target where it has classes), `"time"` (the latest rows are the test),
            `"given"` (a column says it for each row), `"group"` (rows with the same value of a column stay together), `"order"` (texts as they stand: the last ones are the test), or
            `"last"` (of what each person did, the latest is the test).
        time_column: The date column that orders the rows, if `by` is `"time"`.
        validation: Share of rows that choose when to stop, 0 to 1.
        test: Share of rows that nobody looks at before Results, 0 to 1.
        seed: The same table and seed give the same rows on every machine.
        column: The column that says train, validation or test, if `by` is `"given"`; what it leaves open is drawn. If `by` is
            `"group"`, the column whose values stay together.
    """

    by: str = "chance"
    time_column: str = ""
    validation: float = 0.15
    test: float = 0.15
    seed: int = 1
    column: str = ""


@dataclass(frozen=True)
class Forecast:
    """Which next values are wanted.

    Args:
        time: The column that says when each row was; empty where the rows as they stand are one step each.
        by: The columns whose values together name a series; none where all rows are one.
        steps: How many of the next values.
    """

    time: str = ""
    by: tuple[str, ...] = ()
    steps: int = 12


@dataclass(frozen=True)
class Tastes:
    """Who did what, where items are to be recommended.

    Args:
        person: The column that names who did something.
        item: The column that names with what: it is the goal's target.
        time: The column that says when; empty where nothing does.
        rating: The column that says how much it was liked; empty where every row counts alike.
        least: The rating from which on a row counts as liked; 0 where all do.
        items: The data set with facts about the items; empty where there is none.
        persons: The data set with facts about the persons; empty where there is none.
    """

    person: str
    item: str
    time: str = ""
    rating: str = ""
    least: float = 0.0
    items: str = ""
    persons: str = ""


@dataclass(frozen=True)
class Goal:
    """One question put to one data set.

    Args:
        target: The column whose answer is wanted.
        task: An item of the shelf `core.tasks`.
        inputs: The columns that the answer is made from, in the table's order.
        kinds: The kind of every column used (an item of the shelf `core.columns`), the user's changes included.
        split: Which rows train, validate and test.
        forecast: What the task `forecast` needs to know beside that; None for all others.
        tastes: What the task `recommend` needs to know; None for all others.
        picture_side: Places on the longer side of pictures as the network sees them; 0 where that follows from them.
        tokenizer: An item of the shelf `core.tokenizers`, for all columns of texts; empty where that follows from them.
    """

    target: str
    task: str
    inputs: tuple[str, ...]
    kinds: Mapping[str, str]
    split: Split = field(default_factory=Split)
    forecast: Forecast | None = None
    picture_side: int = 0
    tokenizer: str = ""
    tastes: Tastes | None = None

    @property
    def columns(self) -> list[str]:
        """All columns that have to be read, each once."""
        more = (self.forecast.time, *self.forecast.by) if self.forecast else ()
        if self.tastes:
            more = (self.tastes.person, self.tastes.item, self.tastes.time, self.tastes.rating)
        split = (self.split.time_column, self.split.column)
        return [name for name in dict.fromkeys([self.target, *self.inputs, *split, *more]) if name]

    def to_json(self) -> dict[str, Any]:
        found = {**asdict(self), "inputs": list(self.inputs), "kinds": dict(self.kinds)}
        if self.tastes is None:
            found.pop("tastes")
        if self.forecast is None:
            found.pop("forecast")
        else:
            found["forecast"]["by"] = list(self.forecast.by)
        return found

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Goal":
        return cls(
            target=data["target"],
            task=data["task"],
            inputs=tuple(data["inputs"]),
            kinds=dict(data["kinds"]),
            split=Split(**data["split"]),
            forecast=_forecast(data.get("forecast")),
            picture_side=data.get("picture_side", 0),
            tokenizer=data.get("tokenizer", ""),
            tastes=Tastes(**data["tastes"]) if data.get("tastes") else None,
        )


def _forecast(data: Mapping[str, Any] | None) -> Forecast | None:
    return Forecast(data["time"], tuple(data["by"]), int(data["steps"])) if data else None
