"""What all kinds of shared pages have in common: reading what a form sent, and what an answer is made of."""

from collections.abc import Callable, Mapping
from typing import Any

from core import inquiry
from core.inquiry import Field
from pages.parts.markup import Markup, tag

LONGEST = 5_000  # characters of a text
# What the browser draws: `is` says as what, see share.js; `text` is never read as markup.
Part = dict[str, Any]
Ask = Callable[[dict[str, Any]], dict[str, Any]]


class RefusedError(Exception):
    """What was sent cannot be answered; `found` says what is the matter, as `core.inquiry.trouble` does."""

    def __init__(self, found: list[dict[str, Any]]):
        super().__init__(found)
        self.found = found


def read(given: Any, fields: Mapping[str, Field]) -> dict[str, Any]:
    """The values that were sent. Raises RefusedError if they are none of these fields."""
    values, found = inquiry.read_row(given, fields)
    if found:
        raise RefusedError(found)
    return values


def text_box(
    name: str, label: str, value: str = "", most: int = LONGEST, placeholder: str | None = None
) -> Markup:
    """A labelled box for a text."""
    box = tag(
        "textarea",
        value,
        id=f"box-{name}",
        rows=5,
        maxlength=most,
        placeholder=placeholder,
        data_name=name,
        data_kind="text",
    )
    return tag("div", tag("label", label, for_=f"box-{name}"), box, class_="field wide")


def options(name: str, label: str, values: list[str]) -> Markup:
    """A labelled list to choose from."""
    box = tag(
        "select",
        *(tag("option", one, value=one) for one in values),
        id=f"box-{name}",
        data_name=name,
        data_kind="category",
    )
    return tag("div", tag("label", label, for_=f"box-{name}"), box, class_="field")


def fields_of(*boxes: Markup) -> Markup:
    """Several controls, as they stand in the form."""
    return tag("div", *boxes, class_="fields")
