"""How many steps the next call takes, and by which way: what is measured on a run's first steps decides.

The steps by which a way is tried are fixed numbers, and real steps of the training: nothing is done twice, and a run
whose choice is known, because it goes on or is repeated, takes every step by the same way and so comes to the same bits.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

from core import home
from core.words import Sentence, mark

FIRST, MEASURED, TRIED, HALVED = 4, 16, 32, 48  # steps by which each stage has ended
AT_ONCE = 4  # steps in a measured call
GAIN = 0.6  # share of a step's time that XLA usually saves, where it saves anything
BETTER = 0.97  # of the plain time, that the compiled one has to stay below
MIXED_GAIN = 0.3  # share of a step's time that mixed precision usually saves where the processor has it
MIXED_BETTER = 0.85  # of the time in full precision, that it has to stay below: it costs digits
TRACE_SECONDS = 2.0  # what it usually takes to make another way ready


class Way(NamedTuple):
    """How steps are taken.

    Args:
        fast: Whether compiled by XLA.
        mixed: Whether in mixed precision (`core.worker.precision`).
    """

    fast: bool = False
    mixed: bool = False


@dataclass(frozen=True)
class Chosen:
    """What was chosen, and what it rests on.

    Args:
        tried: Whether XLA was tried; None while that is open.
        fast: Whether it is used from step `TRIED` on; None while that is open.
        plain_seconds: A step without it, 0 where nobody measured.
        fast_seconds: A step with it.
        compile_seconds: What compiling took.
        mixed_tried: Whether mixed precision is used for the steps from `TRIED` to `HALVED`.
        mixed: Whether it is used from step `HALVED` on; None while that is open.
        mixed_seconds: A step with it.
    """

    tried: bool | None = None
    fast: bool | None = None
    plain_seconds: float = 0.0
    fast_seconds: float = 0.0
    compile_seconds: float = 0.0
    mixed_tried: bool = False
    mixed: bool | None = False
    mixed_seconds: float = 0.0

    @property
    def settled(self) -> bool:
        """Whether nothing is open."""
        return self.fast is not None and self.mixed is not None

    @property
    def full_seconds(self) -> float:
        """A step in full precision, 0 where nobody measured."""
        return self.fast_seconds if self.fast else self.plain_seconds

    def words(self) -> Sentence:
        """The choice and its reason."""
        if self.mixed and self.mixed_seconds and self.full_seconds:
            return mark(
                "Steps are taken in mixed precision (bfloat16): {mixed:,.2f} ms for each instead of {full:,.2f} ms. "
                "Weights and answers stay in full precision.",
                mixed=1e3 * self.mixed_seconds, full=1e3 * self.full_seconds,
            )  # fmt: skip
        if self.mixed:
            return mark("Steps are taken in mixed precision (bfloat16), as you asked.")
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
        mixed: Whether to use mixed precision; None where that has to be measured.
        mixed_by_xla: Whether mixed precision goes together with XLA, as it does on graphics processors.
    """

    def __init__(
        self,
        expected_steps: int,
        compile_seconds: float,
        known: Chosen | None = None,
        decided: Callable[[Chosen], None] = lambda chosen: None,
        mixed: bool | None = False,
        mixed_by_xla: bool = False,
    ):
        self.expected_steps, self.compile_seconds, self.decided = expected_steps, compile_seconds, decided
        self.chosen = known or Chosen(mixed=mixed, mixed_tried=mixed is not False)
        self.mixed_by_xla = mixed_by_xla
        self._step_seconds = 0.0  # the usual length of a step lately
        self._best: dict[str, float] = {}

    def next(self, taken: int, seconds: float) -> tuple[int, Way]:
        """How many steps to take now, and by which way.

        Args:
            taken: Steps that the run has taken so far.
            seconds: How long a call is meant to last.
        """
        self._decide(taken)
        stages = (FIRST, MEASURED, TRIED, *((HALVED,) if self.chosen.mixed_tried else ()))
        ends = next((end for end in stages if taken < end), None)
        tried, fast = bool(self.chosen.tried), bool(self.chosen.fast)
        half = Way(fast and self.mixed_by_xla, mixed=True)
        if ends is None:
            return self._usual(seconds), half if self.chosen.mixed else Way(fast)
        if ends == HALVED:
            return min(AT_ONCE, ends - taken), half
        if taken >= MEASURED and not tried:
            return min(self._usual(seconds), TRIED - taken), Way()
        return min(AT_ONCE, ends - taken), Way(taken >= MEASURED)

    def got_ready(self, way: Way, seconds: float) -> None:
        """Learn what it took to make a way ready, before its first step."""
        if way.fast and not way.mixed:
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
        elif TRIED <= taken < HALVED and self.chosen.mixed_tried:
            self._best["mixed"] = min(now, self._best.get("mixed", now))

    def _usual(self, seconds: float) -> int:
        return max(1, int(seconds / self._step_seconds)) if self._step_seconds else AT_ONCE

    def _decide(self, taken: int) -> None:
        before = self.chosen
        self._decide_compiling(taken)
        if self.chosen.fast is not None and self.chosen.mixed is None:
            self._decide_mixed(taken)
        if self.chosen.settled and not before.settled:
            self.decided(self.chosen)

    def _decide_compiling(self, taken: int) -> None:
        chosen, best = self.chosen, self._best
        if taken >= MEASURED and chosen.tried is None:
            plain = best.get("plain", self._step_seconds)
            saved = GAIN * plain * (self.expected_steps - taken)
            tried = saved > self.compile_seconds
            self.chosen = replace(chosen, tried=tried, fast=None if tried else False, plain_seconds=plain)
        elif taken >= TRIED and chosen.fast is None:
            fast = best.get("fast", 0.0)
            better = 0 < fast < BETTER * chosen.plain_seconds
            self.chosen = replace(
                chosen, fast=better, fast_seconds=fast, compile_seconds=best.get("compiling", 0.0)
            )

    def _decide_mixed(self, taken: int) -> None:
        """Before it is tried, whether that may pay; after that, whether it does."""
        chosen = self.chosen
        full = chosen.full_seconds or self._best.get("fast" if chosen.fast else "plain", 0.0)
        if taken <= TRIED and chosen.mixed_tried and full:
            if MIXED_GAIN * full * (self.expected_steps - taken) <= TRACE_SECONDS:
                self.chosen = replace(chosen, mixed_tried=False, mixed=False)
        elif taken >= HALVED:
            half = self._best.get("mixed", 0.0)
            measured = {"fast_seconds" if chosen.fast else "plain_seconds": full, "mixed_seconds": half}
            self.chosen = replace(chosen, mixed=0 < half < MIXED_BETTER * full, **measured)


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
