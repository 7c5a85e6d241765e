"""It knows the rows that it learns from, and little about any others."""

from core.signs import _changes
from core.signs._examples import falling, history, noisy, turning
from core.signs._history import History
from core.signs._sign import Evidence, Sign
from core.signs._trend import last, short
from core.words import mark

LABEL = mark("Learned by heart")
HUSHES = ("overfitting", "plateau")
FEWEST_SINCE, WORSE, FAR_BELOW, VERY_FAR_BELOW = 4, 0.10, 0.35, 0.15

EXAMPLES = {
    "seen": [
        history(noisy(24, lambda e: 0.45 * 0.85**e), turning(24, at=6, by=0.03)),
        history(noisy(24, lambda e: 0.45 * 0.85**e), turning(24, at=6, by=0.03), "done", guess=None),
    ],
    "not_seen": [
        history(noisy(16, lambda e: 0.45 - 0.012 * e), turning(16)),  # it only begins to
        history(noisy(24, lambda e: 0.45 * 0.8**e), noisy(24, lambda e: 0.47 * 0.8**e)),  # others are as good
        history(falling(16), falling(16)),
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    if history.count < 5 or history.since_best < FEWEST_SINCE:
        return None
    if not (history.ratio < FAR_BELOW and history.lost > WORSE) and not history.ratio < VERY_FAR_BELOW:
        return None
    if not history.matters(last(history.val) - last(history.train)):
        return None
    values = {
        "train": short(last(history.train)), "now": short(last(history.val)), "epoch": history.best_epoch,
        "best": short(history.val[history.best]),
    }  # fmt: skip
    running = mark(
        "The loss is {train:,} on the rows it learns from, but {now:,} on others, where it was best in epoch {epoch:,} with "
        "{best:,}: it learns single rows instead of what they have in common.",
        **values,
    )
    kept = mark(
        "At the end the loss was {train:,} on the rows it learns from, but {now:,} on others: it had learned single rows "
        "instead of what they have in common. The state of epoch {epoch:,} was kept, with {best:,} on others.",
        **values,
    )
    return Sign(
        kept if history.well else running,
        Evidence("val_loss", history.best_epoch + 1, history.last_epoch),
        (_changes.more_dropout(), _changes.smaller_network(), _changes.more_decay()),
        "neutral" if history.well else "warn", 76 if history.as_usual else 38,
    )  # fmt: skip
