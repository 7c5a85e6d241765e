"""The loss falls on for rows that it learns from, and rises for others.

Source: Prechelt, "Early Stopping – But When?" (1998), section 2: the generalization loss, here with a test for its trend.
"""

from itertools import pairwise
from statistics import median

from core.signs import _changes
from core.signs._examples import falling, flat, history, noisy, turning
from core.signs._history import History
from core.signs._sign import Change, Evidence, Sign
from core.signs._trend import last, rises, short
from core.words import mark

LABEL = mark("Begins to learn by heart")
HUSHES = ("plateau",)
FEWEST_SINCE, WORSE, MUCH_WORSE, BEYOND_NOISE = 4, 0.02, 0.05, 4
STILL_FALLS = 0.99  # of the training loss at the best epoch

EXAMPLES = {
    "seen": [
        history(noisy(16, lambda e: 0.45 - 0.012 * e), turning(16)),
        history(noisy(22, lambda e: 0.45 - 0.008 * e), turning(22, at=10, by=0.004), "done"),
        history(noisy(16, lambda e: 0.45 - 0.012 * e), turning(16), guess=None),
    ],
    "not_seen": [
        history(falling(16), falling(16, 0.44)),  # both fall
        history(falling(9), turning(9)),  # too short to tell from chance
        history(falling(30), flat(30, 0.44, 0.01)),  # only noise
        history(flat(16, 0.44, 0.001), turning(16)),  # what it learns from does not get better either
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    if history.count < 5 or history.since_best < FEWEST_SINCE or history.lost < WORSE:
        return None
    best, train = history.best, last(history.train)
    if not rises(history.val[best:]) or train > STILL_FALLS * history.train[best]:
        return None
    changes = [abs(later - before) for before, later in pairwise(history.val[best:])]
    rise = last(history.val) - history.val[best]
    if rise < BEYOND_NOISE * median(changes) or not history.matters(rise):
        return None
    values = {
        "train": short(train), "best": short(history.val[best]), "now": short(last(history.val)),
        "since": history.best_epoch + 1, "epoch": history.best_epoch,
    }  # fmt: skip
    begins = mark(
        "On the rows it learns from the loss goes on falling ({train:,}), on others it has "
        "risen since epoch {since:,}, from {best:,} to {now:,}.",
        **values,
    )
    kept = mark(
        "From epoch {since:,} on it learned rows by heart: the loss fell to {train:,} on those it learns from and rose "
        "from {best:,} to {now:,} on others. The state of epoch {epoch:,} was kept.",
        **values,
    )
    mild = history.as_usual or (history.well and history.lost < MUCH_WORSE)
    return Sign(
        kept if history.well else begins,
        Evidence("val_loss", history.best_epoch + 1, history.last_epoch),
        _helps(history), "neutral" if history.well else "warn", 75 if mild else 40,
    )  # fmt: skip


def _helps(history: History) -> tuple[Change, ...]:
    changes = (_changes.more_dropout(), _changes.more_decay(), _changes.smaller_network())
    late = history.ended_by in ("epochs", "minutes") and history.since_best > 20
    return (_changes.fewer_epochs(history.best_epoch), *changes) if late else changes
