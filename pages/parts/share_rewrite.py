"""A page that is shared, for a model that turns texts into others."""

from typing import Any

from core import home, inquiry, shares
from core.runs import Run
from core.shares import Share
from core.words import say
from pages.parts import named, rewriting_use
from pages.parts.markup import Markup
from pages.parts.share_parts import Ask, Part, fields_of, read, text_box

TEXT, LONGEST, BEAMS = "text", 1_000, 4
FIELDS = {TEXT: inquiry.text_field(TEXT)}


def offered(run: Run) -> list[dict[str, Any]]:
    """Texts of the test."""
    texts = next(iter(home.read_json(run.folder / "samples.json")["columns"].values()))
    return [{TEXT: text[:LONGEST]} for text in dict.fromkeys(texts) if text.strip()][: shares.MOST_EXAMPLES]


def seen() -> str:
    """What whoever opens the page gets to see."""
    return say("The page shows the names of both columns and what you wrote here.")


def form(run: Run, share: Share) -> Markup:
    """A box for the text."""
    source = (run.recipes() or {})["columns"][0]["column"]
    begin = share.examples[0][TEXT] if share.examples else ""
    return fields_of(
        text_box(TEXT, say("A text like those of “{column}”", column=named.cut(source)), begin, LONGEST)
    )


def examples(run: Run, share: Share) -> list[dict[str, Any]]:
    """Texts to try."""
    return [dict(row) for row in share.examples]


def answer(run: Run, given: Any, ask: Ask) -> list[Part]:
    """The likeliest text, what should be known of it, and other wordings."""
    text = (read(given, FIELDS)[TEXT] or "")[:LONGEST]
    if not text.strip():
        return [{"is": "line", "text": say("What a text becomes appears here.")}]
    said = ask({"folder": str(run.folder), "rewrite": text, "beams": BEAMS})
    first, *others = said["alternatives"]
    target = (run.recipes() or {})["target"]["column"]
    found: list[Part] = [
        {"is": "note", "text": say("As a text of “{column}”", column=named.cut(target))},
        {"is": "head", "text": first["text"] or "–"},
        {"is": "note", "text": rewriting_use.how_likely(first)},
        *({"is": "line", "text": warning} for warning in rewriting_use.warnings(said)),
    ]
    shown = [one["text"] for one in others if one["text"] not in ("", first["text"])]
    if shown:
        found.append({"is": "note", "text": say("Other wordings")})
        found.append({"is": "list", "items": [{"text": one} for one in shown]})
    return found
