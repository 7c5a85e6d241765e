"""How many steps the next call takes, and by which way: what is measured on a run's first steps decides.

The steps by which a way is tried are fixed numbers, and real steps of the training: nothing is done twice, and a run
whose choice is known, because it goes on or is repeated, takes every step by the same way and so comes to the same bits.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core import home
from core.words import Sentence, mark

FIRST, MEASURED, TRIED = 4, 16, 32  # steps by which each stage has ended
AT_ONCE = 4  # steps in a measured call
GAIN = 0.6  # share of a step's time that XLA usually saves, where it saves anything
BETTER = 0.97  # of the plain time, that the compiled one has to stay below


@dataclass(frozen=True)
class Chosen:
    """What was chosen, and what it rests on.

    Args:
        tried: Whether XLA was tried; None while that is open.
        fast: Whether it is used from step `TRIED` on; None while that is open.
        plain_seconds: A step without it, 0 where nobody measured.
        fast_seconds: A step with it.
        compile_seconds: What compiling took.
    """

    tried: bool | None = None
    fast: bool | None = None
    plain_seconds: float = 0.0
    fast_seconds: float = 0.0
    compile_seconds: float = 0.0

    def words(self) -> Sentence:
        """The choice and its reason."""
        if not self.tried:
            return mark(
                "Steps are not compiled: for so few steps, or for layers of this kind, it would not pay."
            )
        if not self.plain_seconds:
            return mark("Steps are compiled, as you asked.")
        times = {"plain": 1e3 * self.plain_seconds, "fast": 1e3 * self.fast_seconds}
        if self.fast:
            return mark(
                "Steps are compiled: {fast:,.2f} ms for each instead of {plain:,.2f} ms, after {seconds:,.1f} s of compiling.",
                seconds=self.compile_seconds, **times,
            )  # fmt: skip
        return mark("Steps are not compiled: {fast:,.2f} ms for each instead of {plain:,.2f} ms.", **times)


class Pace:
    """Decides call by call.

    Args:
        expected_steps: That the run will most likely take in all.
        compile_seconds: What compiling will cost, most likely; infinite where it must not be tried.
        known: What was chosen before, for this run or for one just like it.
        decided: Called once with what was chosen, if it was not known.
    """

    def __init__(
        self,
        expected_steps: int,
        compile_seconds: float,
        known: Chosen | None = None,
        decided: Callable[[Chosen], None] = lambda chosen: None,
    ):
        self.expected_steps, self.compile_seconds, self.decided = expected_steps, compile_seconds, decided
        self.chosen = known or Chosen()
        self._step_seconds = 0.0  # the usual length of a step lately
        self._best: dict[str, float] = {}

    def next(self, taken: int, seconds: float) -> tuple[int, bool]:
        """How many steps to take now, and whether compiled.

        Args:
            taken: Steps that the run has taken so far.
            seconds: How long a call is meant to last.
        """
        self._decide(taken)
        ends = next((end for end in (FIRST, MEASURED, TRIED) if taken < end), None)
        tried, fast = bool(self.chosen.tried), bool(self.chosen.fast)
        if ends is None:
            return self._usual(seconds), fast
        if taken >= MEASURED and not tried:
            return min(self._usual(seconds), TRIED - taken), False
        return min(AT_ONCE, ends - taken), taken >= MEASURED

    def got_ready(self, fast: bool, seconds: float) -> None:
        """Learn what it took to make a way ready, before its first step."""
        if fast:
            self._best["compiling"] = seconds

    def took(self, taken: int, steps: int, seconds: float) -> None:
        """Learn from a call.

        Args:
            taken: Steps that the run had taken before it.
        """
        now = seconds / steps
        # A slow call is forgotten quickly.
        self._step_seconds = min(now, 2 * self._step_seconds) if self._step_seconds else now
        if FIRST <= taken < MEASURED:
            self._best["plain"] = min(now, self._best.get("plain", now))
        elif MEASURED <= taken < TRIED and self.chosen.tried:
            self._best["fast"] = min(now, self._best.get("fast", now))

    def _usual(self, seconds: float) -> int:
        return max(1, int(seconds / self._step_seconds)) if self._step_seconds else AT_ONCE

    def _decide(self, taken: int) -> None:
        chosen, best = self.chosen, self._best
        if taken >= MEASURED and chosen.tried is None:
            plain = best.get("plain", self._step_seconds)
            saved = GAIN * plain * (self.expected_steps - taken)
            tried = saved > self.compile_seconds
            self.chosen = Chosen(tried, None if tried else False, plain)
        elif taken >= TRIED and chosen.fast is None:
            fast = best.get("fast", 0.0)
            better = 0 < fast < BETTER * chosen.plain_seconds
            self.chosen = Chosen(True, better, chosen.plain_seconds, fast, best.get("compiling", 0.0))
        if self.chosen.fast is not None and chosen.fast is None:
            self.decided(self.chosen)


def kept(state: Mapping[str, Any] | None) -> Chosen | None:
    """What a checkpoint or a file says was chosen; None where it says nothing."""
    return Chosen(**state) if state else None


def remembered(key: Mapping[str, Any]) -> Chosen | None:
    """What was chosen for such a run on this machine before."""
    path = home.folder("choices") / f"{home.fingerprint(dict(key))}.json"
    return kept(home.read_json(path)) if path.exists() else None


def remember(key: Mapping[str, Any], chosen: Chosen) -> None:
    """Let the next run of the same kind choose alike, and so come to the same bits."""
    home.write_json(home.folder("choices") / f"{home.fingerprint(dict(key))}.json", asdict(chosen))
