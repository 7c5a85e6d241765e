"""It has ended well, and its best epoch was kept."""

from core.signs._examples import falling, flat, history
from core.signs._history import History
from core.signs._sign import Sign
from core.signs._trend import short
from core.words import mark

LABEL = mark("Done")
HUSHES = ()
FEWEST = 4

EXAMPLES = {
    "seen": [
        history(falling(22), [*falling(10, 0.44, 0.0), *flat(12, 0.455)], "done"),
        history(falling(22), [*falling(10, 0.44, 0.0), *flat(12, 0.455)], "stopped", guess=None),
    ],
    "not_seen": [
        history(falling(22), falling(22)),
        history(falling(22), falling(22), "crashed"),
        history(falling(2), falling(2), "done"),
        history([], [], "stopped"),
    ],
}


def look(history: History) -> Sign | None:
    if not history.well or history.count < FEWEST:
        return None
    values = {"epoch": history.best_epoch, "best": short(history.val[history.best])}
    sentence = mark(
        "Epoch {epoch:,} was the best, with a loss of {best:,} on rows that it does not learn from. That state was kept.",
        **values,
    )
    return Sign(sentence, None, (), "good", 70)  # the chart marks the best epoch anyway
