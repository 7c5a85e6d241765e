"""The loss grew beyond all numbers, and the run stopped."""

from core.signs import _changes
from core.signs._examples import falling, history, jumping
from core.signs._history import History
from core.signs._sign import Evidence, Sign
from core.words import mark

LABEL = mark("Beyond all numbers")
# What `core.worker.loop` says then; a test compares the two.
GREW = "In epoch {epoch:,} the loss grew beyond all numbers."
HUSHES = (
    "overfitting", "by_heart", "unstable", "stuck", "slow", "underfitting", "rare_answers", "ended_early", "too_early",
)  # fmt: skip
_FAILED = {"what": {"text": GREW, "values": {"epoch": 6}}}

EXAMPLES = {
    "seen": [
        history(jumping(5), falling(5), "failed", failed=_FAILED),
        history([], [], "failed", failed={"what": {"text": GREW, "values": {"epoch": 1}}}),
    ],
    "not_seen": [
        history(
            falling(5), falling(5), "failed", failed={"what": {"text": "The disk is full.", "values": {}}}
        ),
        history(jumping(5), falling(5)),
        history([], []),
    ],
}


def look(history: History) -> Sign | None:
    what = history.last.get("failed", {}).get("what", {})
    if history.state != "failed" or what.get("text") != GREW:
        return None
    epoch = int(what["values"]["epoch"])
    good = bool(history.count) and not history.no_better
    changes = (_changes.smaller_steps(good), _changes.clipping(good))
    if not good:
        sentence = mark(
            "Its steps were so large that the loss grew beyond all numbers in epoch {epoch:,}, and nothing before that is worth "
            "keeping.",
            epoch=epoch,
        )  # fmt: skip
    else:
        sentence = mark(
            "Its steps were so large that the loss grew beyond all numbers in epoch {epoch:,}. The state of epoch {best:,} was "
            "kept, and the next run can begin with it.",
            epoch=epoch, best=history.best_epoch,
        )  # fmt: skip
    first = history.best_epoch if good else epoch - 1
    evidence = Evidence("loss", first, max(epoch, first)) if history.count else None
    return Sign(sentence, evidence, changes, "warn", 0)
