"""There are too few epochs to say anything."""

from core.signs._examples import falling, history
from core.signs._history import History
from core.signs._sign import Sign
from core.words import mark

LABEL = mark("Too early to say")
HUSHES = ()
FEWEST = 4

EXAMPLES = {
    "seen": [
        history([], []),
        history(falling(2), falling(2)),
        history(falling(2), falling(2), "done"),
    ],
    "not_seen": [history(falling(6), falling(6)), history([], [], "queued"), history([], [], "failed")],
}


def look(history: History) -> Sign | None:
    if history.count >= FEWEST or not history.begin or history.state in ("queued", "failed", "crashed"):
        return None
    if history.begin.get("solved"):  # one step is all there is
        return None
    if history.over:
        sentence = mark(
            "It ended after {count} epoch: too few to say how it learns.",
            plural="It ended after {count:,} epochs: too few to say how it learns.", count=history.count,
        )  # fmt: skip
    elif not history.count:
        sentence = mark("Nothing can be said before the first epoch has ended.")
    else:
        sentence = mark(
            "{count} epoch so far is too little to say how it learns.",
            plural="{count:,} epochs so far are too few to say how it learns.", count=history.count,
        )  # fmt: skip
    return Sign(sentence, None, (), "neutral", 90)
