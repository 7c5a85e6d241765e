"""It has not got better for some epochs, nor clearly worse."""

from core.signs._examples import falling, flat, history, noisy
from core.signs._history import RECENT, History
from core.signs._sign import Evidence, Sign
from core.signs._trend import falls, short
from core.words import mark

LABEL = mark("No longer improving")
HUSHES = ()
FEWEST, FEWEST_SINCE = 4, 3

EXAMPLES = {
    "seen": [
        history(falling(16), [*falling(10, 0.44, 0.0), *flat(6, 0.455)]),
        history(falling(16), [*falling(10, 0.44, 0.0), *flat(6, 0.455)], guess=None),
    ],
    "not_seen": [
        history(falling(12), noisy(12, lambda e: 0.58 - 0.01 * e)),
        history(falling(16), [*falling(10, 0.44, 0.0), *flat(6, 0.455)], "done"),
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    if history.over or history.count < FEWEST:
        return None
    if history.since_best < FEWEST_SINCE:
        return None if falls(history.val[-RECENT:]) else _hardly(history)
    left = history.begin.get("patience", 0) - history.since_best
    values = {"epoch": history.best_epoch, "best": short(history.val[history.best])}
    if 0 < left <= history.begin.get("epochs", 0) - history.last_epoch:
        sentence = mark(
            "Epoch {epoch:,} was the best so far (loss {best:,} on rows that it does not learn from). If that stays so, it ends "
            "after epoch {end:,} and keeps that state.",
            **values, end=history.last_epoch + left,
        )  # fmt: skip
    else:
        sentence = mark(
            "Epoch {epoch:,} was the best so far (loss {best:,} on rows that it does not learn from). That state is kept.",
            **values,
        )
    return Sign(sentence, Evidence("val_loss", history.best_epoch, history.last_epoch), (), "neutral", 65)


def _hardly(history: History) -> Sign:
    sentence = mark(
        "It hardly changes at the moment: epoch {epoch:,} was the best so far, with a loss of {best:,} on rows that it "
        "does not learn from.",
        epoch=history.best_epoch, best=short(history.val[history.best]),
    )  # fmt: skip
    first = history.epochs[max(history.count - RECENT, 0)]["epoch"]
    return Sign(sentence, Evidence("val_loss", first, history.last_epoch), (), "neutral", 65)
