"""The part of the moving panel in which somebody asks this browser to tell when the training has ended."""

from typing import Any

from core import notices
from core.runs import Run
from core.words import say
from pages.parts import ended_route
from pages.parts.curves import Curves


def words() -> dict[str, str]:
    """The box to tick, and why it cannot be ticked."""
    return {
        "toggle": say("Tell me when it is done"),
        "on": say("This browser will tell you, also while you look at another tab. Leave this page open."),
        "blocked": say(
            "This browser blocks messages from this page. Allow them in its settings, then tick the box again."
        ),
        "missing": say(
            "This browser shows messages only for addresses that begin with https:// or localhost."
        ),
    }


def told(run: Run, followed: Curves) -> dict[str, Any]:
    """Whether it has ended and how, and where a page in the background learns of it."""
    ended = run.state().ended
    return {
        "run": run.id,
        "ended": ended,
        "text": str(notices.sentence(run)) if ended else "",
        "url": ended_route.address(run.id),
    }
