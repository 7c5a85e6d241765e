"""A run's events become curves: read bit by bit as they are appended, and thinned before they are sent."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from core.runs import Event, Run
from core.runs.events import Follower

MOST_POINTS = 1_000
MOST_RUNS = 32
AFTER_TRAINING = ("exporting", "testing")


@dataclass
class Curves:
    """What has happened in one run so far.

    Args:
        run: The run that is followed.
        begin: Its first event: device, rows, steps per epoch, epochs, weights, minutes; empty before.
        steps: Places on the axis of epochs, and the training loss at each.
        epochs: One event for each epoch.
        last: The last event of each kind.
        happened: What a person should know of the training: that it was interrupted, that the disk was full.
        step: How many steps were told of.
    """

    run: Run
    begin: Event = field(default_factory=dict)
    steps: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    epochs: list[Event] = field(default_factory=list)
    last: dict[str, Event] = field(default_factory=dict)
    happened: list[Event] = field(default_factory=list)
    step: int = 0
    _follower: Follower | None = None
    _anew: int = 0
    _lock: Lock = field(default_factory=Lock)

    def follow(self) -> tuple[int, int]:
        """Read what is new; what this gives changes with every event.

        A run that goes on after an interruption has cut its events back to its checkpoint: then all begins anew.
        """
        with self._lock:
            self._follower = self._follower or Follower(self.run.folder)
            found, anew = self._follower.read()
            if anew:
                self._anew += 1
                self.begin, self.steps, self.epochs, self.last = {}, ([], []), [], {}
                self.happened, self.step = [], 0
            for event in found:
                self._take(event)
            return self._anew, self._follower.place

    def _take(self, event: Event) -> None:
        kind = event["kind"]
        self.last[kind] = event
        if kind == "begin":
            self.begin, self.step = event, 0
        elif kind in ("resumed", "message") and self.last.get("stage", {}).get("stage") not in AFTER_TRAINING:
            self.happened.append(event)
        elif kind == "epoch":
            self.epochs.append(event)
        elif kind == "steps":
            self._take_steps(event)

    def _take_steps(self, event: Event) -> None:
        """Spread the event's losses evenly over the steps since the last such event."""
        losses, end = event["losses"], event["step"]
        width = (end - self.step) / max(len(losses), 1)
        each_epoch = max(self.begin.get("steps_per_epoch") or 1, 1)
        for place, loss in enumerate(losses, start=1):
            if loss is not None:
                self.steps[0].append(round((self.step + place * width) / each_epoch, 5))
                self.steps[1].append(loss)
        self.step = end

    @property
    def metric(self) -> str:
        """The metric watched beside the loss, or empty."""
        return str(self.begin.get("metric") or "")

    @property
    def best(self) -> Event | None:
        """The best epoch so far."""
        return next((e for e in reversed(self.epochs) if e.get("best")), None)

    def picture(self) -> dict[str, Any]:
        """What the browser draws: at most a thousand points for each curve."""
        names = ["loss", "val_loss", *([self.metric, f"val_{self.metric}"] if self.metric else [])]
        with self._lock:
            x, y = _thinned(*self.steps)
            rows = _spread(self.epochs)
            best = self.best
        return {
            "steps": [x, y],
            "epochs": [[r["epoch"] for r in rows], *([r.get(n) for r in rows] for n in names)],
            "metric": self.metric,
            "best": best and best["epoch"],
        }


def _thinned(x: list[float], y: list[float]) -> tuple[list[float], list[float]]:
    """At most `MOST_POINTS` of the points, peaks kept.

    Source: Van Der Donckt et al., "MinMaxLTTB", IEEE VIS 2023.
    """
    if len(y) <= MOST_POINTS:
        return list(x), list(y)
    import numpy as np  # noqa: PLC0415 - the start page needs no arrays
    from tsdownsample import MinMaxLTTBDownsampler  # noqa: PLC0415 - as above

    kept = MinMaxLTTBDownsampler().downsample(np.asarray(y, dtype=np.float64), n_out=MOST_POINTS).tolist()
    return [x[i] for i in kept], [y[i] for i in kept]


def _spread(epochs: list[Event]) -> list[Event]:
    """At most `MOST_POINTS` epochs, evenly chosen, the last and the best among them."""
    every = -(-len(epochs) // MOST_POINTS) if epochs else 1
    return [e for i, e in enumerate(epochs) if i % every == 0 or i == len(epochs) - 1 or e.get("best")]


_followed: OrderedDict[str, Curves] = OrderedDict()
_guard = Lock()


def of(run: Run) -> Curves:
    """The run's curves, shared by all viewers, with everything read that is there."""
    with _guard:
        found = _followed.setdefault(str(run.folder), Curves(run))
        _followed.move_to_end(str(run.folder))
        while len(_followed) > MOST_RUNS:
            _followed.popitem(last=False)
    found.follow()
    return found
