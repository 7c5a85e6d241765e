"""It gets better on rows that it does not learn from."""

from core.signs._examples import falling, flat, history, noisy, turning
from core.signs._history import RECENT, History
from core.signs._sign import Evidence, Sign
from core.signs._trend import falls, short
from core.words import mark

LABEL = mark("Still learning")
HUSHES = ()
MOST_SINCE = 2

EXAMPLES = {
    "seen": [
        history(falling(4), [0.49, 0.466, 0.451, 0.441]),
        history(falling(12), noisy(12, lambda e: 0.58 - 0.01 * e)),
        history(falling(12), noisy(12, lambda e: 0.58 - 0.01 * e), guess=None),
    ],
    "not_seen": [
        history(falling(3), [0.49, 0.466, 0.451]),  # too early
        history(falling(12), turning(12, at=5)),
        history(falling(40), flat(40, 0.44)),
        history(falling(12), noisy(12, lambda e: 0.58 - 0.01 * e), "done"),
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    if history.over or history.count < 4 or history.since_best > MOST_SINCE:
        return None
    recent = history.val[-RECENT:]
    if not falls(recent):
        return None
    sentence = mark(
        "In the last {epochs:,} epochs the loss on rows that it does not learn from fell from {before:,} to "
        "{now:,}.",
        epochs=len(recent) - 1, before=short(recent[0]), now=short(recent[-1]),
    )  # fmt: skip
    evidence = Evidence("val_loss", history.epochs[-len(recent)]["epoch"], history.last_epoch)
    return Sign(sentence, evidence, (), "good", 60)
