"""The loss on the rows that it learns from leaps up again and again."""

from core.signs import _changes
from core.signs._examples import falling, flat, history, jumping
from core.signs._history import History
from core.signs._sign import Evidence, Sign
from core.words import mark

LABEL = mark("Unstable")
HUSHES = ("still_learning", "plateau")
LEAP = 0.15  # of the loss of guessing, from one epoch to the next
FEWEST_LEAPS, SHARE = 2, 0.1
RECENT = 20  # what was long ago and has calmed down is not said while it trains

EXAMPLES = {
    "seen": [
        history(jumping(12), falling(12, 0.5)),
        history(jumping(30), falling(30, 0.5), "done"),
        history(jumping(12), falling(12, 0.5), guess=None),
    ],
    "not_seen": [
        history(falling(30, noise=0.02), falling(30)),  # noise as usual
        history([*jumping(12), *flat(30, 0.5)], falling(42, 0.5)),  # it has calmed down
        history([*falling(8), 0.9, *falling(8)], falling(17)),  # once is no habit
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    if history.count < 4:
        return None
    first = 1 if history.over else max(1, history.count - RECENT)
    train, most = history.train, LEAP * history.scale
    leaps = [place for place in range(first, history.count) if train[place] - train[place - 1] > most]
    if len(leaps) < max(FEWEST_LEAPS, SHARE * (history.count - first)):
        return None
    sentence = mark(
        "Its steps seem too large: in {leaps:,} of {epochs:,} epochs the loss leapt up on the very rows that it learns from.",
        leaps=len(leaps), epochs=history.count - first + 1,
    )  # fmt: skip
    evidence = Evidence("loss", history.epochs[leaps[0]]["epoch"], history.epochs[leaps[-1]]["epoch"])
    return Sign(sentence, evidence, (_changes.smaller_steps(), _changes.clipping()), "warn", 10)
