"""When training ends or waits, and the clock that counts only the time in which it trains."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.words import Sentence, mark


class Clock:
    """Seconds that have counted so far.

    Args:
        spent: What had counted before an interruption.
    """

    def __init__(self, spent: float = 0.0):
        self._began = time.monotonic() - spent

    def seconds(self) -> float:
        return time.monotonic() - self._began

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Inside, no time counts."""
        stopped = time.monotonic()
        try:
            yield
        finally:
            self._began += time.monotonic() - stopped


def nobody() -> str:
    """Nothing from outside asks for an end."""
    return ""


@dataclass(frozen=True)
class Limits:
    """When training ends if nothing else ends it, and when it waits.

    Args:
        epochs: At most so many.
        patience: So many without a better one end it.
        seconds: On the clock of the run, from its beginning.
        stop: A file; once it is there, training ends and keeps the best.
        outside: What else asks for an end: `alone`, `leave` or nothing, see `REASONS`.
        pause: A file; as long as it is there, training waits.
        gives_way: Whether the process leaves when training waits, so that others can use the device.
    """

    epochs: int
    patience: int
    seconds: float
    stop: Path
    outside: Callable[[], str] = nobody
    pause: Path | None = None
    gives_way: bool = False

    def reached(self, clock: Clock) -> str:
        """What asks for an end right now: `stop`, `alone`, `leave`, `minutes` or nothing."""
        return self.asked() or ("minutes" if clock.seconds() > self.seconds else "")

    def asked(self) -> str:
        """Who asks for an end right now: `stop`, `alone`, `leave` or nobody."""
        return "stop" if self.stop.exists() else self.outside()

    def paused(self) -> bool:
        """Whether training is to wait right now."""
        return self.pause is not None and self.pause.exists() and not self.asked()


@dataclass(frozen=True)
class Outcome:
    """How training ended: the epochs seen, the best of them, why it ended, and the seconds it took."""

    epochs: int
    best_epoch: int
    ended_by: str
    seconds: float


# Besides these there are two after which the run has not ended and goes on from its checkpoint: the process has to go,
# or it goes because training waits.
GOING = ("leave", "pause")
REASONS: dict[str, Sentence] = {
    "epochs": mark("It has seen all rows as often as it was allowed to."),
    "patience": mark("It no longer improved on the validation rows."),
    "minutes": mark("Its time was over."),
    "solved": mark("Its weights are solved exactly, so there is nothing to learn step by step."),
    "stop": mark("You stopped it."),
    "alone": mark("The program that started it has ended."),
}
