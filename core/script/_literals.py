"""Plain values and calls as Python text; what a user has written never leaves its literal."""

import json
import re
from collections.abc import Mapping
from typing import Any

from core.layers import Made
from core.layers._keras import keras_defaults

WIDE = 100
NUMBERS = re.compile(r"[\d, ]+\]")


def value(plain: Any) -> str:
    """The value as Python writes it, text in double quotes.

    Example:
        >>> value({"form": ["relu", (3,), True]})
        '{"form": ["relu", (3,), True]}'
    """
    if isinstance(plain, str):
        # With a single quote inside, Python takes double quotes around, unless there are some inside as well.
        quoted = repr("'" + plain)
        return f'"{quoted[2:]}' if quoted[0] == '"' else repr(plain)
    if isinstance(plain, Mapping):
        return "{" + ", ".join(f"{value(key)}: {value(item)}" for key, item in plain.items()) + "}"
    if isinstance(plain, list):
        return f"[{', '.join(map(value, plain))}]"
    if isinstance(plain, tuple):
        return f"({', '.join(map(value, plain))}{',' if len(plain) == 1 else ''})"
    if plain is None or isinstance(plain, (bool, int, float)):
        return repr(plain)
    raise TypeError(f"a {type(plain).__name__} is no plain value")


def created(made: Made, name: str) -> tuple[str, list[str]]:
    """The class, and those arguments that differ from Keras's own.

    Example:
        >>> created(Made("Dense", {"units": 8, "use_bias": True}), "hidden")
        ('keras.layers.Dense', ['8', 'name="hidden"'])
    """
    known = {} if made.own else keras_defaults().get(made.name, {})
    needs = known.get("needs", [])
    arguments = {argument: made.arguments[argument] for argument in needs if argument in made.arguments}
    arguments |= {key: plain for key, plain in made.arguments.items() if not _by_itself(known, key, plain)}
    shown = []
    for argument, plain in arguments.items():
        # Wrapped layers are called as in the app, so that weights find their places.
        text = _whole(*created(plain, f"{name}_{argument}")) if isinstance(plain, Made) else value(plain)
        shown.append(text if needs == [argument] else f"{argument}={text}")
    return f"{'' if made.own else 'keras.layers.'}{made.name}", [*shown, f"name={value(name)}"]


def _by_itself(known: Mapping[str, Any], argument: str, plain: Any) -> bool:
    """Whether Keras takes the same where the argument is left out."""
    if argument not in known.get("defaults", {}):
        return False
    if isinstance(plain, str) and known["saved"].get(argument) == plain:
        return True  # such as "linear", which Keras's layers call None
    if isinstance(plain, Made):
        return False
    return json.dumps(known["defaults"][argument]) == json.dumps(plain)


def _whole(called: str, arguments: list[str]) -> str:
    return f"{called}({', '.join(arguments)})"


def statement(start: str, *calls: list[str]) -> str:
    """A statement that calls, and calls what comes out; broken over several lines where it is long.

    Example:
        >>> statement("h = Dense", ["8"], ["x"])
        'h = Dense(8)(x)'
    """
    line = start + "".join(f"({', '.join(arguments)})" for arguments in calls)
    if len(line) <= WIDE:
        return line
    first, *rest = calls
    ends = "".join(f"({', '.join(arguments)})" for arguments in rest)
    if len(ends) >= WIDE:
        ends = "".join(_lines(arguments) for arguments in rest)
    return start + _lines(first) + ends


def _lines(arguments: list[str]) -> str:
    """One argument on each line."""
    return "(\n" + "".join(f"    {_broken(argument)},\n" for argument in arguments) + ")"


def _broken(argument: str) -> str:
    """A list of numbers that is too long for one line has one on each."""
    name, equals, numbers = argument.partition("=[")
    if len(argument) + 5 <= WIDE or not equals or not NUMBERS.fullmatch(numbers):
        return argument
    return f"{name}=[\n" + "".join(f"        {one},\n" for one in numbers[:-1].split(", ")) + "    ]"
