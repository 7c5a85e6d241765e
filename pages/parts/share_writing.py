"""A page that is shared, for a model that writes on."""

import secrets
from typing import Any

from core import inquiry
from core.runs import Run
from core.shares import Share
from core.words import say
from pages.parts.markup import Markup, tag
from pages.parts.share_parts import Ask, Part, fields_of, read, text_box

BEGINNING, DARING = "beginning", "daring"
LONGEST, LENGTH = 1_000, 300  # characters of a beginning, and that are written
LEAST, USUAL, MOST = 0.0, 0.7, 1.5


def offered(run: Run) -> list[dict[str, Any]]:
    """None: its texts may be the sharer's own."""
    return []


def seen() -> str:
    """What whoever opens the page gets to see."""
    return say(
        "The page shows what you wrote here. What it writes may hold whole pieces of the texts that it learned from."
    )


def form(run: Run, share: Share) -> Markup:
    """A box for the beginning, and how daring it may be."""
    slider = tag("input", id="box-daring", type="range", min=LEAST, max=MOST, step=0.1, value=USUAL, data_name=DARING, data_kind="number",
                 aria_describedby="daring-hint")  # fmt: skip
    hint = tag(
        "p",
        say("Left: it keeps to what is likeliest. Right: it dares rare turns."),
        id="daring-hint",
        class_="hint",
    )
    return fields_of(
        text_box(
            BEGINNING,
            say("The beginning"),
            most=LONGEST,
            placeholder=say("Leave it empty, and it begins by itself."),
        ),
        tag("div", tag("label", say("How daring"), for_="box-daring"), slider, hint, class_="field wide"),
    )


def examples(run: Run, share: Share) -> list[dict[str, Any]]:
    """None."""
    return []


def answer(run: Run, given: Any, ask: Ask) -> list[Part]:
    """The beginning, and what comes after it; another text each time."""
    values = read(
        given,
        {BEGINNING: inquiry.text_field(BEGINNING), DARING: inquiry.number_field(DARING, LEAST, USUAL, MOST)},
    )
    begin = (values[BEGINNING] or "")[:LONGEST]
    settings = {
        "beginning": begin,
        "temperature": values[DARING],
        "length": LENGTH,
        "seed": secrets.randbelow(2**31),
    }
    said = ask({"folder": str(run.folder), "write": {"settings": settings, "before": [], "count": LENGTH}})
    return [{"is": "text", "text": begin + said["text"]}]
