"""A page that is shared, for a model that finds answers in a list: a question, and what it says."""

from typing import Any

from core import inquiry
from core.runs import Run
from core.shares import Share
from core.words import say
from pages.parts import replies_use
from pages.parts.markup import Markup
from pages.parts.share_parts import Ask, Part, fields_of, read, text_box

QUESTION = "question"
FIELDS = {QUESTION: inquiry.text_field(QUESTION)}


def offered(run: Run) -> list[dict[str, Any]]:
    """A few questions of the table that are no part of its training."""
    return [{QUESTION: text} for text in replies_use.some_questions(run)]


def seen() -> str:
    """What whoever opens the page gets to see."""
    return say(
        "The page shows what you wrote here. Whoever asks long enough may get to read every answer of your list."
    )


def form(run: Run, share: Share) -> Markup:
    """A box for the question."""
    begin = share.examples[0][QUESTION] if share.examples else ""
    return fields_of(text_box(QUESTION, say("Your question"), begin, replies_use.LONGEST_ASKED))


def examples(run: Run, share: Share) -> list[dict[str, Any]]:
    """Questions to try."""
    return [dict(row) for row in share.examples]


def answer(run: Run, given: Any, ask: Ask) -> list[Part]:
    """What it says, how sure it is, and what lies near where it does not know."""
    question = (read(given, FIELDS)[QUESTION] or "").strip()
    if not question:
        return [{"is": "line", "text": say("Write a question first.")}]
    said = replies_use.answered(run, question[: replies_use.LONGEST_ASKED], ask)
    found: list[Part] = [{"is": "text", "text": said["text"] or replies_use.unknown(said["nearest"])}]
    if said["score"] is not None:
        found.append({"is": "note", "text": replies_use.sure(run, said["score"], bool(said["text"]))})
    if not said["text"] and said["nearest"]:
        found.append({"is": "line", "text": say("Is it one of these?")})
        found.append({"is": "list", "items": [{"text": one} for one in said["nearest"]]})
    return found
