"""Even on the rows that it learns from it is little better than always giving the same answer."""

from core.signs import _changes
from core.signs._examples import falling, flat, history
from core.signs._history import History
from core.signs._sign import Evidence, Sign
from core.signs._trend import short
from core.words import mark

LABEL = mark("Learns little")
HUSHES = ("plateau",)
FEWEST, FEWEST_SINCE, LITTLE = 8, 4, 0.93

EXAMPLES = {
    "seen": [
        history(flat(14, 0.558), [0.566, *flat(13, 0.568)], "done"),
        history(flat(14, 0.558), [0.56, *flat(13, 0.568)]),
    ],
    "not_seen": [
        history(falling(14), falling(14), "done"),
        history(flat(14), flat(14), "done"),  # nothing at all: stuck
        history(flat(6, 0.558), flat(6, 0.568)),  # too early
        history(flat(14, 0.558), flat(14, 0.568), guess=None),
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    guess, val_guess = history.train_guess, history.val_guess
    if guess is None or val_guess is None or history.count < FEWEST or history.wild:
        return None
    if history.coming or (not history.over and history.since_best < FEWEST_SINCE):
        return None
    train, val = history.train[history.best], history.val[history.best]
    if train < LITTLE * guess or val < LITTLE * val_guess or history.no_better:
        return None
    sentence = mark(
        "Even on the rows it learns from the loss is {train:,}, and always giving the same answer would be "
        "at {guess:,}. A larger network may find more, if there is more in these columns.",
        train=short(train), guess=short(guess),
    )  # fmt: skip
    evidence = Evidence("loss", history.epochs[0]["epoch"], history.last_epoch)
    return Sign(sentence, evidence, (_changes.larger_network(), _changes.larger_steps()), "neutral", 50)
