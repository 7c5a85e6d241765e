"""A page that is shared, for a model that recommends: a few items that somebody liked, and what else suits them."""

from typing import Any

from core import home, inquiry, recommending
from core.runs import Run
from core.shares import Share
from core.words import say
from pages.parts import named
from pages.parts.markup import Markup, joined, tag
from pages.parts.share_parts import Ask, Part, fields_of, read

PLACES = ("first", "second", "third", "fourth", "fifth")
LETTERS, MOST_OFFERED = 30_000, 1_500  # of the items that the page proposes, so that it stays small
MOST, LONGEST = 10, 300
FIELDS = {name: inquiry.text_field(name) for name in PLACES}


def offered(run: Run) -> list[dict[str, Any]]:
    """None: what persons had is nobody's business."""
    return []


def seen() -> str:
    """What whoever opens the page gets to see."""
    return say(
        "The page shows the names of your items and what you wrote here, but no person and nothing of what anybody had."
    )


def _items(run: Run) -> list[str]:
    return home.read_json(run.folder / recommending.NAMES)["items"]


def form(run: Run, share: Share) -> Markup:
    """A few boxes that propose items."""
    left, some = LETTERS, []
    for name in _items(run)[:MOST_OFFERED]:
        left -= len(name) + 20
        if left < 0:
            break
        some.append(tag("option", value=name))
    boxes = [
        tag("div", tag("label", say("Liked: {number}", number=number), for_=f"box-{name}"),
            tag("input", id=f"box-{name}", type="text", list="items", maxlength=LONGEST, data_name=name, data_kind="text"), class_="field")
        for number, name in enumerate(PLACES, start=1)
    ]  # fmt: skip
    return joined(fields_of(*boxes), tag("datalist", *some, id="items"))


def examples(run: Run, share: Share) -> list[dict[str, Any]]:
    """None."""
    return []


def answer(run: Run, given: Any, ask: Ask) -> list[Part]:
    """Ten items with what speaks for each; which of the items that were named nobody knows."""
    liked = list(
        dict.fromkeys(
            text.strip()[:LONGEST] for text in read(given, FIELDS).values() if text and text.strip()
        )
    )
    known = set(_items(run))
    had, strange = [one for one in liked if one in known], [one for one in liked if one not in known]
    said = ask({"folder": str(run.folder), "recommend": {"person": "", "had": had, "most": MOST}})
    found: list[Part] = [
        {"is": "note", "text": say("“{name}” is not known here.", name=named.cut(one))} for one in strange
    ]
    told = (
        say("What suits whoever liked these:")
        if had
        else say("Nothing chosen yet: this is what suits most persons.")
    )
    items = [{"text": one["item"], "note": _because(one["because"])} for one in said["shown"]]
    return [*found, {"is": "line", "text": told}, {"is": "list", "items": items}]


def _because(names: list[str]) -> str:
    return say("because of {items}", items=", ".join(named.cut(name) for name in names)) if names else ""
