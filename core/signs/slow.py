"""It gets better with every epoch, but so slowly that it will not arrive."""

from core.signs import _changes
from core.signs._examples import falling, flat, history, noisy
from core.signs._history import History
from core.signs._sign import Evidence, Sign
from core.signs._trend import falls, short
from core.words import mark

LABEL = mark("Too slow")
HUSHES = ("still_learning", "ended_early", "underfitting", "done", "rare_answers", "too_early")
FEWEST, NEAR = 8, 0.97

EXAMPLES = {
    "seen": [
        history(noisy(12, lambda e: 0.72 - 0.004 * e), noisy(12, lambda e: 0.73 - 0.004 * e, 0.001)),
        history(
            noisy(30, lambda e: 0.7 - 0.001 * e),
            noisy(30, lambda e: 0.7 - 0.001 * e, 0.0005),
            "done",
            epochs=30,
        ),
    ],
    "not_seen": [
        history(falling(12), falling(12)),
        history(flat(12), flat(12)),  # stuck, which is another matter
        history(noisy(5, lambda e: 0.7 - 0.01 * e), noisy(5, lambda e: 0.7 - 0.01 * e, 0.001)),  # too early
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    if history.val_guess is None or history.count < FEWEST or history.wild:
        return None
    now = history.val[history.best]
    if not history.coming or now < NEAR * history.val_guess or not falls(history.val):
        return None
    sentence = mark(
        "It learns, but in {epochs:,} epochs the loss only came from {first:,} to {now:,}, where always giving the "
        "same answer would be at {guess:,}.",
        epochs=history.count, first=short(history.val[0]), now=short(now), guess=short(history.val_guess),
    )  # fmt: skip
    changes = (_changes.larger_steps(), _changes.longer(history.last_epoch, max(history.count, 10)))
    evidence = Evidence("val_loss", history.epochs[0]["epoch"], history.last_epoch)
    return Sign(sentence, evidence, changes, "warn", 25)
