"""What another program may ask a model: each field with its kind, its usual values and an example, and what is refused and why.

This file needs only Python and `recipes.py` beside it, because every web service that is exported carries a copy of it: the app
itself and a service outside take the same requests and refuse the same ones, in the same words.

A value that is not known is None. A field that is left out or misspelt is refused, because it would silently count as not known.
"""

import base64
import binascii
import difflib
import json
import math
from dataclasses import dataclass
from typing import Any

if __package__:
    from core import recipes
else:  # outside, these files lie in one folder
    import recipes

LARGEST = recipes.LARGEST
LONGEST = 100_000  # characters of one text
SHOWN, KNOWN = 60, 30  # characters of a wrong value, and known values of a category, that are told
TOLD = 10  # mistakes in one request
FAR = 4_000_000  # days since 1970, beyond the year 9999
PICTURE = "<the picture's file in base64>"
NEEDED = object()  # the default of a field that has to be sent
NO_JSON = ("The body is not JSON.", "Send an object in JSON, such as the example.")
NO_OBJECT = (
    "The body should be an object in JSON.",
    "Send one such as the example, with the header “Content-Type: application/json”.",
)
NO_LIST = ("“rows” should be a list.", 'Send {"rows": [{…}, {…}]}.')
NO_ROW = ("There is no row.", "Send at least one in “rows”.")


class WrongError(ValueError):
    """A value that is refused: what is the matter with it, and what to do now."""

    def __init__(self, what, fix):
        super().__init__(f"{what} {fix}")
        self.what, self.fix = what, fix


@dataclass(frozen=True)
class Field:
    """One field of a row.

    Args:
        kind: `number`, `category`, `date`, `text`, `picture` or `setting`.
        check: From a value as JSON carries it to the value that is answered; raises WrongError.
        schema: The same as JSON Schema tells it.
        about: The same in words.
        default: What counts where the field is left out; `NEEDED` where it must not be.
        usual: Between which numbers most of the training rows lay.
        values: The values of a category that training saw.
    """

    name: str
    kind: str
    check: Any
    schema: dict
    about: str
    example: Any = None
    default: Any = NEEDED
    usual: tuple = ()
    values: tuple = ()


def fields(made, example):
    """By name, the fields of a row.

    Args:
        made: The whole of `recipes.json`.
        example: A row's values by name.
    """
    target = made["target"]
    if made["task"] == "next_token":
        return _by_name([_words(target["column"], {}, example.get(target["column"])), *_writing()])
    if target.get("as") == "items":
        person = target["person"]
        told = target["facts"] if "person_facts" in made["inputs"] else ()  # what somebody new is known by
        first = _category(person, {"features": [{"values": []}]}, example.get(person))
        return _by_name([first, *_columns(reversed(told), example), *_recommending()])
    return _by_name(_columns(made["columns"], example))


def most_rows(made):
    """How many rows one request may have."""
    return 20 if made["task"] == "next_token" else 200 if made["target"].get("as") == "rewrite" else 10_000


def _by_name(found):
    return {field.name: field for field in found}


def _columns(several, example):
    first = {}
    for recipe in several:
        first.setdefault(recipe["column"], recipe)
    return [_kind(recipe)(name, recipe, example.get(name)) for name, recipe in first.items()]


def _kind(recipe):
    parsed = recipe["parse"]["as"]
    if parsed == "text":
        return _category if recipe["features"][0]["make"] == "lookup" else _words
    return {"number": _number, "date": _date, "picture": _picture}[parsed]


def shown(value):
    """A value as a sentence quotes it: short, and free of what cannot be sent."""
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    text = text.encode("utf-8", "replace").decode()
    return f"“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”"


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(name, value, example):
    if not isinstance(value, str):
        kind = (
            "a list or an object"
            if isinstance(value, list | dict)
            else "true or false"
            if isinstance(value, bool)
            else "a number"
        )
        raise WrongError(
            f"“{name}” should be a text, and is {kind}.",
            f"Write it in quotes, such as {shown(example)}, or null.",
        )
    if len(value) > LONGEST:
        raise WrongError(f"“{name}” has {len(value):,} characters.", f"Send {LONGEST:,} at most.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise WrongError(
            f"“{name}” holds half of a character.", "Send text that is whole in UTF-8."
        ) from None
    return value


def _number(name, recipe, example):
    low, high = usual(recipe)
    near = example if example is not None else low

    def check(value):
        if value is None:
            return None
        if not _is_number(value):
            raise WrongError(
                f"“{name}” should be a number, and is {shown(value)}.",
                f"Write it without quotes, such as {near:g}, or null.",
            )
        if not abs(value) <= LARGEST:  # not a number and infinite are neither
            raise WrongError(
                f"“{name}” is no number that can be reckoned with.", f"Write one such as {near:g}, or null."
            )
        return float(value)

    schema = {"type": ["number", "null"], "minimum": -LARGEST, "maximum": LARGEST}
    about = f"A number, usually between {low:g} and {high:g}." if low < high else "A number."
    return Field(name, "number", check, schema, about, example, usual=(low, high))


def usual(recipe):
    """Between which numbers most of the training rows lay, as far as the recipe knows."""
    for feature in recipe["features"]:
        ends = feature.get("edges") or feature.get("x")
        if ends:
            return ends[0], ends[-1]
    for feature in recipe["features"]:
        if feature["make"] == "scale":
            low, high = feature["mean"] - 2 * feature["scale"], feature["mean"] + 2 * feature["scale"]
            return max(low, feature.get("low", low)), min(high, feature.get("high", high))
    return recipe["fill"], recipe["fill"]


def _category(name, recipe, example):
    known = [value for value in recipe["features"][0]["values"] if value]
    places = set(known)

    def check(value):
        if value is None:
            return None
        if _is_number(value) and abs(value) <= LARGEST:
            texts = [str(value), *([str(int(value))] if abs(value) < 1e15 and value == int(value) else [])]
            return next((text for text in texts if text in places), texts[-1])
        return _text(name, value, example or (known or ["…"])[0])

    more = f" and {len(known) - KNOWN:,} more" if len(known) > KNOWN else ""
    listed = ", ".join(shown(value) for value in known[:KNOWN])
    about = (
        f"One of {listed}{more}. Others are accepted, and count as never seen."
        if known
        else "A name, as in the table."
    )
    schema = {"type": ["string", "number", "null"], "maxLength": LONGEST}
    return Field(name, "category", check, schema, about, example, values=tuple(known))


def _date(name, recipe, example):
    form = recipe["parse"].get("format", "iso")

    def check(value):
        if value is None or value == "":
            return None
        text = str(value) if _is_number(value) else _text(name, value, example)
        if abs(recipes.read_date(text, recipe["parse"])) < FAR:
            return text
        days = recipes.read_date(text, {"format": "iso"})  # as other programs write dates
        if math.isnan(days):
            raise WrongError(
                f"“{name}” should be a date, and is {shown(value)}.",
                f"Write it like {shown(example)}, or null.",
            )
        if form in ("seconds", "milliseconds"):
            return str(int(days * recipes.DAY) * (1 if form == "seconds" else 1000))
        return recipes.datetime.fromtimestamp(days * recipes.DAY, recipes.UTC).strftime(form)

    schema = {"type": ["string", "number", "null"], "maxLength": LONGEST}
    return Field(
        name, "date", check, schema, f"A date as in training ({form}), or as ISO 8601 writes it.", example
    )


def _words(name, recipe, example):
    def check(value):
        return None if value is None else _text(name, value, example)

    return Field(name, "text", check, {"type": ["string", "null"], "maxLength": LONGEST}, "A text.", example)


def _picture(name, recipe, example):
    def check(value):
        if value is None:
            return None
        if not isinstance(value, str):
            raise WrongError(
                f"“{name}” should be a picture in base64.",
                "Read the picture's file, and send its bytes in base64.",
            )
        try:
            return base64.b64decode(
                value.partition(",")[2] if value.startswith("data:") else value, validate=True
            )
        except (binascii.Error, ValueError):
            raise WrongError(
                f"“{name}” is not base64.", "Read the picture's file, and send its bytes in base64."
            ) from None

    schema = {"type": ["string", "null"], "contentEncoding": "base64"}
    return Field(
        name,
        "picture",
        check,
        schema,
        "A picture's file (PNG, JPEG, WebP, …) in base64.",
        PICTURE if example else None,
    )


def _chosen(name, kind, low, high, default, about):
    """A setting beside the columns; without it, its default."""

    def check(value):
        fits = (
            isinstance(value, bool)
            if kind is bool
            else _is_number(value) and low <= value <= high and value == kind(value)
        )
        if not fits:
            within = (
                "true or false"
                if kind is bool
                else f"a {'whole ' * (kind is int)}number from {low} to {high}"
            )
            raise WrongError(f"“{name}” is {shown(value)}.", f"Write {within}, or leave it out.")
        return kind(value)

    types = {int: "integer", float: "number", bool: "boolean"}
    schema = {"type": types[kind], **({} if kind is bool else {"minimum": low, "maximum": high})}
    return Field(name, "setting", check, schema, about, default, default)


def _writing():
    return [
        _chosen("length", int, 0, 2000, 400, "Characters to write."),
        _chosen("temperature", float, 0.0, 5.0, 0.7, "How daring; 0 always takes the likeliest."),
        _chosen("seed", int, 0, 2**31 - 1, 1, "The same seed writes the same text."),
        _chosen("top_k", int, 0, 10_000, 0, "Choose among so many at most; 0 for all."),
        _chosen(
            "top_p", float, 0.01, 1.0, 1.0, "Choose among the likeliest that together come to this share."
        ),
    ]


def _recommending():
    return [
        _chosen("most", int, 1, 1000, 10, "How many items."),
        _chosen(
            "keep_seen", bool, 0, 1, False, "Whether items that this person had already may be among them."
        ),
    ]


def text_field(name):
    """A field for a text that is no column."""
    return _words(name, {}, None)


def number_field(name, low, default, high):
    """A field for a number within limits that is no column."""
    return _chosen(name, float, low, high, default, "")


def missing(name):
    """A field that has to be sent was left out."""
    return f"The field {shown(name)} is missing.", "Send it, with null where its value is not known."


def unknown(name, names):
    """There is no such field; which one was meant, if one is near."""
    near = difflib.get_close_matches(str(name)[:200], names, 1)
    listed = ", ".join(map(shown, list(names)[:20]))
    return (
        f"There is no field {shown(name)}.",
        f"Did you mean {shown(near[0])}?" if near else f"Leave it out; the fields are {listed}.",
    )


def too_many(most):
    """There are more rows than one request may have."""
    return f"There are more than {most:,} rows.", "Send them in several requests."


def trouble(what, fix, row=None, name=None):
    """What is the matter and what to do, with its place in the request."""
    place = {} if row is None else {"row": row}
    return {"what": what, "fix": fix, **place, **({} if name is None else {"field": shown(name)[1:-1]})}


def refusal(found):
    """What is answered to a request with these troubles."""
    return {"detail": " ".join(f"{one['what']} {one['fix']}" for one in found[:1]), "errors": found[:TOLD]}


def read_row(given, asked, number=None):
    """A row's values by name and, if any, what is the matter with them.

    Args:
        given: The row as JSON carries it.
        asked: The `fields` of a row.
        number: Of the row, where there are several.
    """
    if not isinstance(given, dict):
        return {}, [trouble(*NO_OBJECT, number)]
    found = [
        trouble(*unknown(name, list(asked)), number, name)
        for name in list(given)[: len(asked) + TOLD]
        if name not in asked
    ]
    values = {}
    for name, field in asked.items():
        if name not in given and field.default is NEEDED:
            found.append(trouble(*missing(name), number, name))
            continue
        try:
            values[name] = field.check(given[name]) if name in given else field.default
        except WrongError as error:
            found.append(trouble(error.what, error.fix, number, name))
    return values, found


def read_rows(given, asked, most):
    """The values of all rows of a body `{"rows": […]}` and, if any, what is the matter with them."""
    if not isinstance(given, dict):
        return [], [trouble(*NO_OBJECT)]
    others = [trouble(*unknown(name, ["rows"]), None, name) for name in list(given)[:TOLD] if name != "rows"]
    rows = given.get("rows")
    if "rows" not in given:
        return [], [*others, trouble(*missing("rows"), None, "rows")]
    if not isinstance(rows, list):
        return [], [*others, trouble(*NO_LIST, None, "rows")]
    if not rows or len(rows) > most:
        return [], [*others, trouble(*(too_many(most) if rows else NO_ROW), None, "rows")]
    made = []
    for number, row in enumerate(rows):
        values, found = read_row(row, asked, number)
        made.append(values)
        others += found
        if len(others) >= TOLD:
            break
    return made, others


def nested(said, target):
    """One answer as JSON carries it: the chances in an object of their own, None for what is no number."""
    said = {
        name: None if value != value or value in (float("inf"), -float("inf")) else value
        for name, value in said.items()
    }
    chances = {name: said.pop(f"p_{name}") for name in target.get("classes") or target.get("labels") or []}
    return {**said, "probabilities": chances} if chances else said
