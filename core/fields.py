"""One knob: its label, help, default and limits. It checks a value, says its limits in a sentence, and invents wrong values.

The same field draws the widget (`pages.parts.form`), checks what a terminal or a file says, and feeds the tests.
`None` as a value means *automatic* where `auto` is true: it follows from the data until somebody sets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from core.errors import SettingError
from core.words import Sentence, mark


@dataclass(frozen=True, kw_only=True)
class Field:
    """What every knob has.

    Args:
        label: What the user sees beside it.
        help: One plain sentence: what more or less of it changes.
        default: The value until somebody sets it; None where `auto`.
        auto: Whether None is a value, meaning "follows from the data".
        main: Whether it belongs to the few that are shown first.
        when: Other fields' values under which this one is shown, such as `{"use_bias": True}`.
    """

    label: Sentence
    help: Sentence
    default: Any = None
    auto: bool = False
    main: bool = False
    when: Mapping[str, Any] | None = None

    def check(self, value: Any) -> Any:
        """The value in its proper type. Raises SettingError where it is outside the limits."""
        if value is None and self.auto:
            return None
        if not self.allows(value):
            shown = repr(value) if isinstance(value, str) else str(value)
            raise SettingError(
                mark("“{label}” is {value}.", label=self.label, value=shown[:80]),
                mark("Set it to {limits}.", limits=self.limits()),
            )
        return self.clean(value)

    def allows(self, value: Any) -> bool:
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        return value

    def limits(self) -> Sentence:
        """What it may be, as the end of the sentence "Set it to …"."""
        raise NotImplementedError

    def wrong_values(self) -> list[Any]:
        """Values that `check` must refuse."""
        raise NotImplementedError


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < inf


@dataclass(frozen=True, kw_only=True)
class Whole(Field):
    """A whole number between `low` and `high`, both allowed."""

    low: int
    high: int

    def allows(self, value: Any) -> bool:
        return _is_number(value) and value == int(value) and self.low <= value <= self.high

    def clean(self, value: Any) -> int:
        return int(value)

    def limits(self) -> Sentence:
        return mark("a whole number from {low:,} to {high:,}", low=self.low, high=self.high)

    def wrong_values(self) -> list[Any]:
        return [self.low - 1, self.high + 1, self.low + 0.5, "many", True, float("nan"), [1]]


@dataclass(frozen=True, kw_only=True)
class Decimal(Field):
    """A number between `low` and `high`, both allowed; `step` is what one click of the widget adds."""

    low: float
    high: float
    step: float = 0.1

    def allows(self, value: Any) -> bool:
        return _is_number(value) and self.low <= value <= self.high

    def clean(self, value: Any) -> float:
        return float(value)

    def limits(self) -> Sentence:
        return mark("a number from {low:g} to {high:g}", low=self.low, high=self.high)

    def wrong_values(self) -> list[Any]:
        return [self.low - 1, self.high + 1, "some", True, float("nan"), {}]


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a few: `options` maps each value to what the user reads."""

    options: Mapping[Any, Sentence]

    def allows(self, value: Any) -> bool:
        return isinstance(value, (str, int, float)) and not isinstance(value, bool) and value in self.options

    def limits(self) -> Sentence:
        return mark("one of: {options}", options=list(self.options))

    def wrong_values(self) -> list[Any]:
        return ["no such option", -17, ["relu"], {}]


@dataclass(frozen=True, kw_only=True)
class Switch(Field):
    """On or off."""

    def allows(self, value: Any) -> bool:
        return isinstance(value, bool)

    def limits(self) -> Sentence:
        return mark("on or off (true or false)")

    def wrong_values(self) -> list[Any]:
        return ["yes", 2, []]


@dataclass(frozen=True, kw_only=True)
class Numbers(Field):
    """A short list of whole numbers, such as the sizes of a shape."""

    low: int
    high: int
    longest: int = 8

    def allows(self, value: Any) -> bool:
        return (
            isinstance(value, (list, tuple))
            and 0 < len(value) <= self.longest
            and all(_is_number(v) and v == int(v) and self.low <= v <= self.high for v in value)
        )

    def clean(self, value: Any) -> list[int]:
        return [int(v) for v in value]

    def limits(self) -> Sentence:
        return mark(
            "up to {longest} whole numbers from {low:,} to {high:,}",
            longest=self.longest, low=self.low, high=self.high,
        )  # fmt: skip

    def wrong_values(self) -> list[Any]:
        return [[], [self.low - 1], ["a"], 3, [1] * (self.longest + 1)]


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """A short line of text."""

    longest: int = 60

    def allows(self, value: Any) -> bool:
        return isinstance(value, str) and 0 < len(value.strip()) <= self.longest and value.isprintable()

    def limits(self) -> Sentence:
        return mark("a line of 1 to {longest} letters", longest=self.longest)

    def wrong_values(self) -> list[Any]:
        return ["", "  ", "a" * (self.longest + 1), "two\nlines", 3, None, ["a"]]


Fields = Mapping[str, Field]


def defaults(fields: Fields) -> dict[str, Any]:
    """Every field's value while nobody has set it."""
    return {name: field.default for name, field in fields.items()}


def check_all(fields: Fields, values: Mapping[str, Any]) -> dict[str, Any]:
    """All fields' values, checked, with defaults for those that are not given.

    Raises:
        SettingError: At the first value outside its limits, or for a name that is no field.
    """
    for name in values:
        if name not in fields:
            raise SettingError(
                mark("There is no setting called “{name}” here.", name=str(name)[:80]),
                mark("Take one of these: {names}.", names=list(fields)),
            )
    return {name: field.check(values.get(name, field.default)) for name, field in fields.items()}
