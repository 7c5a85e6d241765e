"""How a column writes its dates: one format for the whole column, day and month told apart by evidence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.columns._numbers import NOT_KNOWN, NumberReading
from core.recipes import read_date, read_values

_DAYS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%Y", "%d.%m.%y", "%m.%d.%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%d-%m-%y", "%m-%d-%y", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y",
    "%d %B %Y", "%d. %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%Y-%b-%d", "%d/%b/%Y", "%a %d %b %Y",
    "%a, %d %b %Y", "%A, %d %B %Y", "%A, %B %d, %Y", "%a %b %d %Y", "%Y%m%d",
)  # fmt: skip
_TIMES = (
    "", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", ", %I:%M %p", " at %I:%M %p",
    "T%H:%M:%S", " %H时%M分", " %H:%M:%S %Z", " %H:%M:%S %z", ":%H:%M:%S", " %H.%M", " %H", "%H%M%S",
)  # fmt: skip
_COARSE = (
    "%Y-%m",
    "%Y/%m",
    "%m/%Y",
    "%b %Y",
    "%B %Y",
    "%b-%Y",
    "%b-%y",
    "%Y年%m月",
    "%H:%M",
    "%H:%M:%S",
    "%I:%M %p",
)
_FORMATS = ("iso", *[day + time for time in _TIMES for day in _DAYS], *_COARSE)
_LOOKS = re.compile(r".*\d\D+\d.*|.*[A-Za-z]{3}.*\d{2}.*", re.DOTALL)
_TIME_WORDS = re.compile(
    r"date|time|stamp|epoch|created|updated|modified|_at$|At$|日期|时间", re.ASCII | re.IGNORECASE
)
_SAMPLE = 60
_VERIFIED = 4_000


@dataclass(frozen=True)
class DateReading:
    """A column read as dates.

    Args:
        parse: The recipe's way of reading.
        days: Days since 1970 for each distinct value; NaN where it is no date.
        readable: Rows that hold a date.
        unreadable: Texts that are no dates, with their rows, the most frequent first.
        unsure: Whether day and month could as well be the other way round.
    """

    parse: Mapping[str, Any]
    days: np.ndarray
    readable: int
    unreadable: tuple[tuple[str, int], ...]
    unsure: bool = False


def read_dates(
    name: str, values: Sequence[str], counts: np.ndarray, numbers: NumberReading, least: float = 0.9
) -> DateReading | None:
    """The reading under which at least the share `least` of the rows are dates, or None."""
    known = [v for v in values if v.lower() not in NOT_KNOWN]
    if not known:
        return None
    if numbers.good:
        form, unsure = _written_as_number(name, known, numbers), False
    else:
        form, unsure = _form(known)
    return None if form is None else _reading(form, values, counts, unsure, least)


def _reading(
    form: str, values: Sequence[str], counts: np.ndarray, unsure: bool, least: float
) -> DateReading | None:
    parse = {"as": "date", "format": form}
    days = read_values(values, parse)
    where = np.flatnonzero(np.isnan(days))
    unreadable = tuple(sorted(((values[i], int(counts[i])) for i in where), key=lambda pair: -pair[1]))
    odd = sum(count for text, count in unreadable if text.lower() not in NOT_KNOWN)
    readable = int(counts.sum()) - sum(count for _, count in unreadable)
    if readable == 0 or odd > (1 - least) * (readable + odd):
        return None
    return DateReading(parse, days, readable, unreadable, unsure)


def _written_as_number(name: str, known: Sequence[str], numbers: NumberReading) -> str | None:
    """`iso` for 20240131; seconds or milliseconds since 1970 only where the name speaks of time."""
    if not numbers.whole or not len(numbers.known):
        return None
    low, high = float(numbers.known.min()), float(numbers.known.max())
    if low >= 19_000_101 and high <= 21_001_231 and all(len(v) == 8 for v in known):
        return "iso" if _share("iso", known[:_VERIFIED]) == 1 and len(known) > 2 else None
    if not _TIME_WORDS.search(name):
        return None
    forms = {"seconds": (6e8, 2.3e9), "milliseconds": (6e11, 2.3e12)}
    return next((form for form, (least, most) in forms.items() if low >= least and high <= most), None)


def _form(known: Sequence[str]) -> tuple[str | None, bool]:
    """The format that fits, and whether day and month could be swapped."""
    step = max(1, len(known) // _SAMPLE)
    sample = known[::step][:_SAMPLE]
    # The length first: on a cell of a million characters the pattern would try for hours.
    if sum(len(v) <= 40 and bool(_LOOKS.fullmatch(v)) for v in sample) < 0.8 * len(sample):
        return None, False
    if _share("iso", sample) == 1:
        return "iso", False
    fitting = [form for form in _FORMATS if _may_fit(form, sample[0]) and _share(form, sample) >= 0.8]
    if not fitting:
        return None, False
    wide = known[:: max(1, len(known) // _VERIFIED)]
    shares = {form: _share(form, wide) for form in fitting}
    best = max(shares.values())
    likely = [form for form in fitting if shares[form] >= best - 1e-9]
    if len(likely) == 1 or likely[0] == "iso":
        return likely[0], False
    swapped = [form for form in likely[1:] if form == _swapped(likely[0])]
    if not swapped:
        return likely[0], False
    return _calmer(likely[0], swapped[0], wide), True


def _may_fit(form: str, value: str) -> bool:
    """Whether the format's own marks stand in the value; Python's `strptime` is slow to say no."""
    if form == "iso":
        return True
    marks = re.sub("%[a-zA-Z]", "", form)
    named = "%b" in form.lower() or "%a" in form.lower() or "%p" in form or "%Z" in form
    return all(c in value for c in marks) and (named or not re.search("[A-SU-Za-su-z]", value))


def _share(form: str, values: Sequence[str]) -> float:
    """The share of values that are dates in this format; 0 early where the first few are none."""
    parse = {"format": form}

    def good(some: Sequence[str]) -> int:
        return sum(read_date(v, parse) == read_date(v, parse) for v in some)

    if len(values) > 6 and good(values[:6]) < 3:
        return 0.0
    return good(values) / len(values)


def _swapped(form: str) -> str:
    return form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")


def _calmer(first: str, second: str, values: Sequence[str]) -> str:
    """Of two formats that both fit, the one under which the rows follow each other in smaller steps."""

    def steps(form: str) -> float:
        days = read_values(values, {"as": "date", "format": form})
        return float(np.nansum(np.abs(np.diff(days))))

    one, two = steps(first), steps(second)
    return second if two < 0.8 * one else first
