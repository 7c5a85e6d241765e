"""It was still getting better when it had to end."""

from core.signs import _changes
from core.signs._examples import falling, history, noisy, turning
from core.signs._history import History
from core.signs._sign import Evidence, Sign
from core.signs._trend import falls, short
from core.words import mark

LABEL = mark("Ended too early")
HUSHES = ("done", "too_early")
FEWEST, WORTH = 3, 0.005  # how much better it became in the last quarter, at least

EXAMPLES = {
    "seen": [
        history(falling(8), noisy(8, lambda e: 0.6 - 0.02 * e, 0.001), "done", epochs=8),
        history(falling(4), [0.49, 0.466, 0.451, 0.441], "done", epochs=4),
        history(falling(8), noisy(8, lambda e: 0.6 - 0.02 * e, 0.001), "stopped"),
    ],
    "not_seen": [
        history(falling(8), noisy(8, lambda e: 0.6 - 0.02 * e, 0.001)),  # it still trains
        history(falling(60), falling(60, noise=0.0), "done", epochs=60),  # nothing more to gain
        history(falling(20), turning(20), "done", epochs=20),
        history(falling(8), noisy(8, lambda e: 0.6 - 0.02 * e, 0.001), "failed"),
        history([], [], "stopped"),
    ],
}


def look(history: History) -> Sign | None:
    if history.ended_by not in ("epochs", "minutes", "stop") or history.count < FEWEST:
        return None
    window = min(history.count, max(4, history.count // 4))
    recent = history.val[-window:]
    if history.since_best > max(1, history.count // 20) or 1 - min(recent) / max(recent[0], 1e-12) < WORTH:
        return None
    if not (falls(recent) if window > 3 else recent == sorted(recent, reverse=True)):
        return None
    values = {"epochs": window - 1, "before": short(recent[0]), "now": short(min(recent))}
    said = {
        "epochs": mark("It was still getting better when its epochs were used up: in the last {epochs:,} the loss on "
                       "other rows fell from {before:,} to {now:,}.", **values),
        "minutes": mark("It was still getting better when its time was over: in the last {epochs:,} epochs the loss on "
                        "other rows fell from {before:,} to {now:,}.", **values),
        "stop": mark("It was still getting better when you stopped it: in the last {epochs:,} epochs the loss on other "
                     "rows fell from {before:,} to {now:,}.", **values),
    }  # fmt: skip
    more = max(history.count, 10)
    longer = (
        _changes.longer(history.last_epoch, more) if history.ended_by == "epochs" else _changes.more_time()
    )
    changes = (longer,) if history.wild else (longer, _changes.larger_steps())
    evidence = Evidence("val_loss", history.epochs[-window]["epoch"], history.last_epoch)
    return Sign(said[history.ended_by], evidence, changes, "neutral", 45)
