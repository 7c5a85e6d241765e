"""A page that is shared, as one small file of HTML that loads nothing, sets no cookie and leads nowhere."""

import base64
import hashlib
import json
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.runs import Run
from core.shares import Share
from core.words import Sentence, language, say
from pages.parts import share_kinds
from pages.parts.markup import Markup, tag

HERE = Path(__file__).parent


@lru_cache
def _style() -> Markup:
    return Markup((HERE / "share.css").read_text(encoding="utf-8"))


@lru_cache
def _script() -> Markup:
    return Markup((HERE / "share.js").read_text(encoding="utf-8"))


@lru_cache
def headers() -> dict[str, str]:
    """What the browser is told beside the page: to run and load nothing but what stands in it, and to tell nobody."""
    rules = {
        "default-src": "'none'", "script-src": _hash(_script()), "style-src": _hash(_style()), "img-src": "data: blob:",
        "connect-src": "'self'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'",
    }  # fmt: skip
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in rules.items()),
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page(share: Share, run: Run) -> str:
    """The page that answers."""
    kind = share_kinds.of(run)
    paragraphs = [tag("p", part) for part in share.words.split("\n") if part.strip()]
    form = tag(
        "form",
        kind.form(run, share),
        tag("div", tag("button", say("Get the answer"), type="submit", id="ask"), class_="actions"),
        autocomplete="off", aria_label=say("What you know"),
    )  # fmt: skip
    answer = tag(
        "section",
        tag("h2", say("Answer"), id="answer-title"),
        tag("div", tag("p", say("Fill in what you know, then press “Get the answer”."), class_="note"), id="answer", aria_live="polite"),
        aria_labelledby="answer-title", class_="card",
    )  # fmt: skip
    words = {
        "busy": say("Answering …"),
        "failed": say("The answer did not arrive. Check your connection and try again."),
    }
    told = tag(
        "div",
        tag("header", tag("h1", share.title), *paragraphs),
        tag("noscript", tag("p", say("This page needs JavaScript to send what you fill in."), class_="card")),
        _examples(kind.examples(run, share)),
        tag("main", tag("section", form, class_="card"), answer),
        _results(run) if share.results else None,
        _foot(share),
        class_="page", data_words=json.dumps(words, ensure_ascii=False),
    )  # fmt: skip
    return _whole(share.title, told, tag("script", _script()))


def gone(share: Share | None) -> str:
    """What is shown where there is nothing (any more)."""
    if share is None:
        title, text = (
            say("There is nothing here"),
            say("Look whether the link is whole, or ask whoever sent it."),
        )
    elif share.withdrawn is not None:
        title, text = say("This page was withdrawn"), say("Ask whoever sent you the link for a new one.")
    elif share.over:
        title, text = say("The time of this page is up"), say("Ask whoever sent you the link for a new one.")
    else:
        title, text = (
            say("The model of this page was deleted"),
            say("Ask whoever sent you the link for a new one."),
        )
    return _whole(title, tag("div", tag("header", tag("h1", title), tag("p", text)), class_="page"))


def _whole(title: str, *body: Markup | None) -> str:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex, nofollow"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("link", rel="icon", href="data:,"),
        tag("title", title),
        tag("style", _style()),
    )
    return "<!doctype html>" + tag("html", head, tag("body", *body), lang=language().replace("_", "-"))


def _examples(rows: list[dict[str, Any]]) -> Markup | None:
    """Buttons that fill the form."""
    if not rows:
        return None
    buttons = [
        tag("button", say("Example {number}", number=number), type="button", class_="example", data_row=json.dumps(row, ensure_ascii=False))
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip
    return tag("nav", tag("span", say("Try")), *buttons, class_="examples", aria_label=say("Examples"))


def _results(run: Run) -> Markup | None:
    sentences = (run.results() or {}).get("sentences", ())
    if not sentences:
        return None
    told = (tag("li", str(Sentence.from_json(one))) for one in sentences)
    return tag("section", tag("h2", say("How good it is")), tag("ul", *told), class_="card results")


def _foot(share: Share) -> Markup:
    day = time.strftime("%Y-%m-%d", time.localtime(share.ends)) if share.ends else ""
    ends = say("This page can be opened until {day}.", day=day) if day else None
    told = (
        say("A model answers here that learned from examples. It can be wrong: do not decide by it alone."),
        say("What you fill in is answered and not kept."),
        ends,
        say("Made with Modelyard."),
    )
    return tag("footer", *(tag("p", one) for one in told if one))
