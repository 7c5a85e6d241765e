"""It is no better than always giving the same answer."""

from core.signs import _changes
from core.signs._examples import falling, flat, history, noisy
from core.signs._history import History
from core.signs._sign import Evidence, Sign
from core.signs._trend import short
from core.words import mark

LABEL = mark("Stuck")
HUSHES = (
    "overfitting", "by_heart", "underfitting", "plateau", "done", "rare_answers", "still_learning", "ended_early",
    "too_early",
)  # fmt: skip
FEWEST = 6

EXAMPLES = {
    "seen": [
        history(flat(12), flat(12)),
        history([40.0, *flat(14)], flat(15), "done"),
        history(
            noisy(20, lambda e: 0.6 - 0.015 * e), noisy(20, lambda e: 0.575 + 0.01 * e, 0.001)
        ),  # by heart alone
    ],
    "not_seen": [
        history(flat(12), flat(12), guess=None),  # nobody knows what guessing would be
        history(flat(4), flat(4)),  # too early
        history(flat(12, 0.55), falling(12)),
        history(
            noisy(12, lambda e: 0.72 - 0.004 * e), noisy(12, lambda e: 0.73 - 0.004 * e, 0.001)
        ),  # only slow
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    if history.val_guess is None or history.count < (FEWEST if not history.over else 4):
        return None
    if not history.no_better:
        return None
    if history.coming and not (
        history.wild and history.over
    ):  # after wild steps, coming back to guessing is no progress
        return None
    best = history.val[history.best]
    values = {"epochs": history.count, "best": short(best), "guess": short(history.val_guess)}
    evidence = Evidence("val_loss", history.epochs[0]["epoch"], history.last_epoch)
    if history.wild:
        sentence = mark(
            "Its first steps were far too large, and after {epochs:,} epochs its loss of {best:,} is no better "
            "than the {guess:,} of always giving the same answer.",
            **values,
        )
        return Sign(sentence, evidence, (_changes.smaller_steps(), _changes.clipping()), "warn", 9)
    if history.train_guess and min(history.train) < 0.9 * history.train_guess:
        sentence = mark(
            "It has learned nothing that holds for other rows: after {epochs:,} epochs its loss of {best:,} there is no better "
            "than the {guess:,} of always giving the same answer. These columns may not tell what you ask.",
            **values,
        )
        return Sign(sentence, evidence, (_changes.more_dropout(), _changes.smaller_network()), "warn", 20)
    sentence = mark(
        "After {epochs:,} epochs its loss of {best:,} is no better than the {guess:,} of always giving the same "
        "answer. These columns may not tell what you ask, or its steps do not fit.",
        **values,
    )
    return Sign(sentence, evidence, (_changes.larger_steps(), _changes.larger_network()), "warn", 20)
