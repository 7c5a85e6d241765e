"""What a table says about its series: their time, the columns that tell them apart, and how many steps are worth asking."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from core.goal import Forecast
from core.windows import month_of, places

if TYPE_CHECKING:
    from pandas import DataFrame

    from core.profile import Profile

MONTH_DAYS = {1: (27.0, 32.0), 3: (88.0, 93.0), 12: (364.0, 367.0)}
NICE_SECONDS = (1, 60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 604_800)
NEAR = 0.02
MOST_GAPS = 0.2  # of a series' steps; above, each row counts as one step
SEASONS = {1: (12,), 3: (4,), 12: ()}
COUNTED = (7, 12, 24, 52, 168)  # seasons that are tried where steps have no name
# How many steps are worth asking for to begin with.
STEPS = {
    ("months", 1): 12,
    ("months", 3): 4,
    ("months", 12): 3,
    ("seconds", 604_800): 4,
    ("seconds", 86_400): 14,
}
USUAL_STEPS, LARGEST_SHARE = 24, 10
MOST_BY, MOST_SERIES, MOST_CANDIDATES = 3, 5_000, 8
FULL = 0.3
TWICE = 0.01  # of the rows that may share a moment within a series


@dataclass(frozen=True)
class Step:
    """How far one step of the series goes.

    Args:
        unit: `"months"`, `"seconds"`, `"numbers"` (of a column that counts), or `"rows"`, each of which is a step.
        every: How many of them.
        origin: Where step 0 lies, in that unit.
        day: Days into the month, for months.
    """

    unit: str
    every: float = 1
    origin: float = 0
    day: int = 0

    @property
    def seasons(self) -> tuple[int, ...]:
        """After how many steps things may repeat themselves."""
        if self.unit == "months":
            return SEASONS.get(int(self.every), ())
        if self.unit != "seconds":
            return COUNTED
        cycles = (86_400.0, 604_800.0) if self.every < 86_400 else (604_800.0, 31_536_000.0)
        if self.every == 604_800:
            return (52,)
        found = [cycle / self.every for cycle in cycles]
        return tuple(round(one) for one in found if one == round(one) and one > 1)

    @property
    def calendar(self) -> tuple[str, ...]:
        """The cycles of the calendar that a step can tell, see `core.windows`."""
        if self.unit == "months":
            return ("month",) if self.every < 12 else ()
        if self.unit != "seconds":
            return ()
        found = ("hour",) if self.every < 86_400 else ()
        found += ("weekday",) if self.every < 604_800 else ()
        return (*found, "year_day")


def step_of(groups: Sequence[np.ndarray], counts: bool = False) -> Step:
    """The step from one row to the next.

    Args:
        groups: For each series, the moments of its rows in days since 1970; or what its column counts.
        counts: Whether they are numbers of a column that counts.
    """
    sorted_ones = [np.unique(group[np.isfinite(group)]) for group in groups]
    steps = np.concatenate([np.diff(group) for group in sorted_ones] or [np.zeros(0)])
    if not len(steps):
        return Step("rows")
    usual = float(np.median(steps))
    first = min(float(group[0]) for group in sorted_ones if len(group))
    found = _step(usual, first, counts, sorted_ones)
    return Step("rows") if _gaps(found, sorted_ones) > MOST_GAPS else found


def _step(usual: float, first: float, counts: bool, groups: Sequence[np.ndarray]) -> Step:
    if counts:
        return Step("numbers", usual, first)
    for every, (low, high) in MONTH_DAYS.items():
        if low <= usual <= high:
            months, days = month_of(np.array([first]))
            last = int(max(month_of(group)[1].max() for group in groups if len(group)))
            return Step("months", every, int(months[0]), last if int(days[0]) >= 27 else int(days[0]))
    seconds = usual * 86_400
    nice = min(NICE_SECONDS, key=lambda one: abs(one / seconds - 1))
    every = float(nice) if abs(nice / seconds - 1) < NEAR else max(round(seconds, 3), 0.001)
    return Step("seconds", every, first * 86_400)


def _gaps(step: Step, groups: Sequence[np.ndarray]) -> float:
    """The share of steps that no row tells, between each series' first and last one."""
    told = all_steps = 0
    for group in groups:
        if len(group) < 2:
            continue
        at = np.unique(places(asdict(step), group))
        told, all_steps = told + len(at), all_steps + int(at[-1] - at[0]) + 1
    return 1 - told / all_steps if all_steps else 0.0


def propose(table: "DataFrame", facts: "Profile", target: str, moments: np.ndarray, time: str) -> Forecast:
    """What to ask to begin with: the columns whose values together name a series, and how many steps ahead.

    Args:
        table: Text in all columns.
        moments: For each row, when it was, as `recipes.read_values` gives it.
        time: The column that says it; empty where the rows as they stand are the steps.
    """
    by: tuple[str, ...] = ()
    if time and _repeats(moments, np.zeros(len(table), int)) > TWICE:
        by = _telling_apart(table, facts, target, moments, time)
        if not by and facts.column(time).summary.get("follows") == "up":
            time = ""  # such as a day with its hours in a row: the rows' own order is finer
    codes = codes_of(table, by)
    groups = grouped(moments, codes)
    step = step_of(groups, facts.column(time).kind == "number") if time else Step("rows")
    longest = max(len(np.unique(group)) for group in groups)
    wanted = STEPS.get((step.unit, int(step.every)), USUAL_STEPS if step.unit == "seconds" else 12)
    return Forecast(time, by, max(1, min(wanted, longest // LARGEST_SHARE)))


def _telling_apart(
    table: "DataFrame", facts: "Profile", target: str, moments: np.ndarray, time: str
) -> tuple[str, ...]:
    """The fewest columns with which no moment comes twice; none where that cannot be had."""
    names = [
        c.name for c in facts.columns
        if c.kind in ("category", "identifier") and c.name not in (target, time) and 2 <= c.distinct <= MOST_SERIES
    ][:MOST_CANDIDATES]  # fmt: skip
    for count in range(1, MOST_BY + 1):
        for some in combinations(names, count):
            codes = codes_of(table, some)
            if _full(moments, codes) >= FULL and _repeats(moments, codes) <= TWICE:
                return some
    return ()


def codes_of(table: "DataFrame", by: Sequence[str]) -> np.ndarray:
    """For each row the number of its series."""
    from pandas import factorize  # noqa: PLC0415 - gate to pandas

    codes = np.zeros(len(table), np.int64)
    for name in by:
        more, values = factorize(table[name].str.strip())
        codes = factorize(codes * max(len(values), 1) + more)[0]
    return codes


def grouped(values: np.ndarray, codes: np.ndarray) -> list[np.ndarray]:
    """The values of each code, in their order."""
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes))[:-1] if len(codes) else []
    return np.split(values[order], ends)


def _full(moments: np.ndarray, codes: np.ndarray) -> float:
    """How many of all moments a series tells, on average: what comes up now and then is no series."""
    moving = np.unique(moments[np.isfinite(moments)])
    return len(moments) / max(len(moving) * (int(codes.max(initial=0)) + 1), 1)


def _repeats(moments: np.ndarray, codes: np.ndarray) -> float:
    """The share of rows whose moment came before in the same series."""
    known = np.isfinite(moments)
    if not known.any():
        return 0.0
    at = np.unique(moments[known], return_inverse=True)[1]
    pairs = at * (int(codes.max()) + 1) + codes[known]
    return 1 - len(np.unique(pairs)) / len(pairs)
