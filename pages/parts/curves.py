"""A run's events become curves: read bit by bit as they are appended, and thinned before they are sent."""

from array import array
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from core.runs import Event, Run
from core.runs.events import Follower

MOST_POINTS = 1_000
FEWER_POINTS = 600  # after thinning, so that a while only what is new has to be sent
MOST_KEPT = 100_000
MOST_ROWS_KEPT = 200
MOST_RUNS = 32
AFTER_TRAINING = ("once_more", "exporting", "testing")
OWN = ("at", "kind", "epoch", "step", "seconds", "best", "spent")


class Line:
    """Values at steps, as many as ever come, and at most `MOST_POINTS` of them to be drawn.

    What is drawn grows at its end, as densely as it was thinned before; so only a little has to be sent.

    Args:
        changed: How often what is drawn was chosen anew.
    """

    def __init__(self) -> None:
        self._at, self._values = array("q"), array("d")
        self._group: list[tuple[int, float]] = []  # those of which the extremes will be drawn
        self._grouped = 1
        self._count = 0
        self.at: list[int] = []
        self.values: list[float] = []
        self.changed = 0

    def __len__(self) -> int:
        return len(self._at)

    @property
    def latest(self) -> tuple[int, float] | None:
        """The last step and its value, whether it is drawn already or not."""
        return (self._at[-1], _short(self._values[-1])) if self._at else None

    def append(self, step: int, value: float) -> None:
        """One more value, later than all before."""
        self._at.append(step)
        self._values.append(value)
        self._count += 1
        self._group.append((step, value))
        if len(self._group) >= self._grouped:
            self._draw_group()
        if len(self._at) > MOST_KEPT:
            self._at, self._values = self._thinned(MOST_KEPT // 2)
        if len(self.at) > MOST_POINTS:
            at, values = self._thinned(FEWER_POINTS)
            self.at, self.values = at.tolist(), [_short(value) for value in values]
            self.changed, self._group = self.changed + 1, []
            self._grouped = 2 * self._count // FEWER_POINTS

    def _draw_group(self) -> None:
        """The least and the greatest of these, in their order."""
        extremes = {min(self._group, key=_value), max(self._group, key=_value)}
        for step, value in sorted(extremes):
            self.at.append(step)
            self.values.append(_short(value))
        self._group = []

    def _thinned(self, points: int) -> tuple[array, array]:
        """So many of all values, peaks kept.

        Source: Van Der Donckt et al., "MinMaxLTTB", IEEE VIS 2023.
        """
        import numpy as np  # noqa: PLC0415 - the start page needs no arrays
        from tsdownsample import MinMaxLTTBDownsampler  # noqa: PLC0415 - as above

        at, values = np.array(self._at), np.array(self._values)
        kept = MinMaxLTTBDownsampler().downsample(at.astype(np.float64), values, n_out=points)
        return array("q", at[kept].tobytes()), array("d", values[kept].tobytes())


@dataclass
class Curves:
    """What has happened in one run so far.

    Args:
        run: The run that is followed.
        begin: Its first event: device, rows, steps per epoch, epochs, weights, minutes; empty before.
        losses: The training loss at steps.
        rates: The learning rate at the steps where it changed.
        epochs: One event for each epoch.
        last: The last event of each kind.
        rows: What the watched rows were answered: the first and the last event, and some evenly in between.
        happened: What a person should know of the training: that it was interrupted, that the disk was full.
        step: How many steps were told of.
    """

    run: Run
    begin: Event = field(default_factory=dict)
    losses: Line = field(default_factory=Line)
    rates: Line = field(default_factory=Line)
    epochs: list[Event] = field(default_factory=list)
    last: dict[str, Event] = field(default_factory=dict)
    rows: list[Event] = field(default_factory=list)
    happened: list[Event] = field(default_factory=list)
    step: int = 0
    _rate: tuple[int, float] | None = None
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
                self.rows = []
                self.begin, self.losses, self.rates, self.epochs = {}, Line(), Line(), []
                self.last, self.happened, self.step, self._rate = {}, [], 0, None
            for event in found:
                self._take(event)
            return self._anew, self._follower.place

    def _take(self, event: Event) -> None:
        kind = event["kind"]
        if kind in ("resumed", "message") and self.last.get("stage", {}).get("stage") not in AFTER_TRAINING:
            self.happened.append(event)
        self.last[kind] = event
        if kind == "begin":
            self.begin, self.step = event, 0
        elif kind == "epoch":
            self.epochs.append(event)
        elif kind == "rows":
            self._take_rows(event)
        elif kind == "steps":
            self._take_steps(event)

    def _take_rows(self, event: Event) -> None:
        self.rows.append(event)
        if len(self.rows) > MOST_ROWS_KEPT:
            best = self.best
            kept = {id(self.rows[0]), id(event), *(id(one) for one in self.rows[::2])}
            if best:  # its answers are shown at the end
                kept |= {id(one) for one in self.rows if one["epoch"] == best["epoch"]}
            self.rows = [one for one in self.rows if id(one) in kept]

    def _take_steps(self, event: Event) -> None:
        """Spread the event's losses evenly over the steps since the last such event."""
        losses, end = event["losses"], event["step"]
        width = (end - self.step) / max(len(losses), 1)
        for place, loss in enumerate(losses, start=1):
            if loss is not None:
                self.losses.append(round(self.step + place * width), loss)
        self._take_rate(end, event.get("learning_rate"))
        self.step = end

    def _take_rate(self, end: int, rate: float | None) -> None:
        """Kept as soon as it changes for the first time; a line that stays level says nothing."""
        if rate is None:
            return
        if self._rate is None:
            self._rate = (end, rate)
        elif len(self.rates) or rate != self._rate[1]:
            if not len(self.rates):
                self.rates.append(*self._rate)
                self.rates.append(max(self.step, self._rate[0] + 1), self._rate[1])
            self.rates.append(end, rate)

    @property
    def metric(self) -> str:
        """The metric watched beside the loss, or empty."""
        return str(self.begin.get("metric") or "")

    @property
    def metrics(self) -> list[str]:
        """All metrics that are measured, the one watched first."""
        measured = [
            name.removeprefix("val_") for name in (self.epochs[-1] if self.epochs else {}) if name not in OWN
        ]
        found = dict.fromkeys([*([self.metric] if self.metric else []), *measured])
        return [name for name in found if name != "loss"]

    @property
    def best(self) -> Event | None:
        """The best epoch so far."""
        return next((e for e in reversed(self.epochs) if e.get("best")), None)

    def picture(self) -> dict[str, Any]:
        """What the browser draws: at most a thousand points for each curve."""
        with self._lock:
            rows, best, metrics = _spread(self.epochs), self.best, self.metrics
            curves = [f"{side}{name}" for name in ("loss", *metrics) for side in ("", "val_")]
            return {
                "drawn": [self._anew, self.losses.changed, self.rates.changed],
                "perEpoch": self.begin.get("steps_per_epoch") or 1,
                "steps": {"at": list(self.losses.at), "loss": list(self.losses.values)},
                "latest": self.losses.latest,
                "rates": {"at": list(self.rates.at), "rate": list(self.rates.values)},
                "epochs": {
                    "epoch": [row["epoch"] for row in rows],
                    "step": [row.get("step") for row in rows],
                    **{name: [_short(row.get(name)) for row in rows] for name in curves},
                },
                "best": best and best["epoch"],
            }


def _value(point: tuple[int, float]) -> float:
    return point[1]


def _short(value: float | None) -> float | None:
    """As many digits as can be seen."""
    return None if value is None else float(f"{value:.6g}")


def _spread(epochs: list[Event]) -> list[Event]:
    """At most `MOST_POINTS` epochs, evenly chosen, the last and the best among them."""
    every = -(-len(epochs) // MOST_POINTS) if epochs else 1
    best = next((i for i in reversed(range(len(epochs))) if epochs[i].get("best")), -1)
    return [e for i, e in enumerate(epochs) if i % every == 0 or i in (len(epochs) - 1, best)]


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
