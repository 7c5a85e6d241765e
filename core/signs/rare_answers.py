"""Rare answers are hardly ever given, or hardly ever rightly."""

from core.signs import _changes
from core.signs._examples import falling, flat, history
from core.signs._history import History
from core.signs._sign import Evidence, Sign
from core.signs._trend import last
from core.words import mark

LABEL = mark("Rare answers missed")
HUSHES = ()
FEWEST, FEWEST_RUNNING, FAR_BELOW, FOUND = 5, 12, 0.6, 0.05

EXAMPLES = {
    "seen": [
        history(falling(12), falling(12), val_f1=[0.0] * 12),
        history(
            falling(12), falling(12), "done", val_accuracy=flat(12, 0.9), val_balanced_accuracy=flat(12, 0.4)
        ),
    ],
    "not_seen": [
        history(falling(12), falling(12), val_f1=flat(12, 0.55)),
        history(falling(3), falling(3), val_f1=[0.0] * 3),  # too early
        history(falling(12), falling(12), val_accuracy=flat(12, 0.8), val_balanced_accuracy=flat(12, 0.7)),
        history(falling(12), falling(12)),
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    if history.count < (FEWEST if history.over else FEWEST_RUNNING):
        return None
    known = history.epochs[-1]
    first, last_epoch = history.epochs[-3]["epoch"], history.last_epoch
    if known.get("val_f1") is not None and last(history.curve("val_f1")) < FOUND:
        sentence = mark(
            "It hardly ever gives the answer that you ask for: among the rows it does not learn from it finds almost none "
            "of those, although it may rank them well."
        )
        evidence = Evidence("val_f1", first, last_epoch)
        return Sign(sentence, evidence, (_changes.class_weights(),), "neutral", 55)
    if known.get("val_balanced_accuracy") is None or known.get("val_accuracy") is None:
        return None
    each, all_rows = last(history.curve("val_balanced_accuracy")), last(history.curve("val_accuracy"))
    if each > FAR_BELOW * all_rows:
        return None
    sentence = mark(
        "Rare answers are mostly missed: {all_rows:.0%} of all rows come out right, but only {each:.0%} where every answer "
        "counts alike.",
        all_rows=all_rows, each=each,
    )  # fmt: skip
    evidence = Evidence("val_balanced_accuracy", first, last_epoch)
    return Sign(sentence, evidence, (_changes.class_weights(),), "neutral", 55)
