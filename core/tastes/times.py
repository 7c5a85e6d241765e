"""When each event was: dates in one or several ways of writing, seconds since 1970, or numbers that just count."""

import re
from collections.abc import Sequence

import numpy as np

from core import recipes
from core.columns import SHELF as COLUMNS
from core.errors import DataError
from core.words import Sentence, mark

AHEAD_DAYS = 2.0
SECONDS, MILLISECONDS = (1e8, 5e9), (1e11, 5e12)  # since 1970
MOST_WAYS = 50  # of writing times


def read(texts: Sequence[str], column: str, notes: list[Sentence], now: float | None) -> np.ndarray:
    """Days since 1970, or whatever the numbers count; what cannot be read stands before all else.

    Args:
        notes: What is noticed is put behind them.
        now: Days since 1970; the times beyond it are noticed. None looks at none.

    Raises:
        DataError: If most cannot be read.
    """
    filled = [text for text in texts if str(text).strip()]
    if not filled:
        raise DataError(
            mark("The column of times, “{name}”, is empty.", name=column),
            mark("Choose another one, or none."),
        )
    values, counted = _in_one_way(texts, filled)
    if values is None or np.isnan(values).sum() > len(texts) - len(filled):
        several = _in_several_ways(texts)
        if several is not None and (values is None or np.isnan(several[0]).sum() < np.isnan(values).sum()):
            values, counted = several[0], False
            notes.append(
                mark("Times in “{column}” are written in {count:,} ways, such as “{one}” and “{other}”; each is read by itself.",
                     column=column, count=len(several[1]), one=several[1][0][:40], other=several[1][1][:40])
            )  # fmt: skip
    if values is None:
        COLUMNS["date"].reading(filled)  # says in two sentences what is the matter
        raise DataError(
            mark("Most of the times in “{name}” cannot be read, such as “{example}”.", name=column, example=filled[0][:40]),
            mark("Write them as 2024-01-31, or choose another column, or none."),
        )  # fmt: skip
    _tell(values, texts, column, notes, None if counted else now)
    return np.where(np.isnan(values), np.nanmin(values) - 1, values)


def _in_one_way(texts: Sequence[str], filled: Sequence[str]) -> tuple[np.ndarray | None, bool]:
    """The times where all are written alike, and whether they only count; None where they are not."""
    for kind in ("number", "date"):
        try:
            values = np.asarray(recipes.read_values(texts, COLUMNS[kind].reading(filled)), np.float64)
        except DataError:
            continue
        if np.isfinite(values).any():
            return _days(values) if kind == "number" else (values, False)
    return None, False


def _days(values: np.ndarray) -> tuple[np.ndarray, bool]:
    """Numbers as days where they are seconds or thousandths since 1970, and whether they only count something."""
    middle = np.nanmedian(values)
    if SECONDS[0] < middle < SECONDS[1]:
        return values / 86_400.0, False
    if MILLISECONDS[0] < middle < MILLISECONDS[1]:
        return values / 86_400e3, False
    return values, True


def _in_several_ways(texts: Sequence[str]) -> tuple[np.ndarray, list[str]] | None:
    """The times where several ways of writing are mixed, and an example of each; None where they are not several."""
    different, place = np.unique(np.array([str(text).strip() for text in texts], object), return_inverse=True)
    groups: dict[str, list[int]] = {}
    for number, text in enumerate(different):
        groups.setdefault(_shape(text), []).append(number)
    groups.pop("", None)
    if not 1 < len(groups) <= MOST_WAYS:
        return None
    found, examples = np.full(len(different), np.nan), []
    for rows in groups.values():
        some = [different[row] for row in rows]
        values, counted = _in_one_way(some, some)
        if values is not None and not counted:  # what only counts has no place among dates
            found[rows] = values
            examples.append(some[0])
    return (found[place], examples) if len(examples) > 1 else None


def _shape(text: str) -> str:
    """How a time is written, whatever it says.

    Example:
        >>> _shape("1 May 2024, 10:05"), _shape("2024-05-01")
        ('9 a 9, 9:9', '9-9-9')
        >>> _shape("05-01-2024")
        '9-9-9.'
    """
    shape = re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", text))
    # Whether the year stands first tells 2024-05-01 from 05-01-2024.
    return shape + "." if re.match(r"\d{1,2}-\d{1,2}-\d{4}", text) else shape


def _tell(
    values: np.ndarray, texts: Sequence[str], column: str, notes: list[Sentence], now: float | None
) -> None:
    """Note how many times could not be read, and how many lie ahead."""
    unread = np.isnan(values)
    if unread.any():
        example = next((str(texts[row]) for row in np.flatnonzero(unread) if str(texts[row]).strip()), "")
        notes.append(mark(
            "{count:,} times in “{column}” cannot be read, such as “{example}”; these rows count as the earliest.",
            count=int(unread.sum()), column=column, example=example[:40],
        ))  # fmt: skip
    ahead = 0 if now is None else int((values > now + AHEAD_DAYS).sum())
    if ahead:
        notes.append(
            mark(
                "{count:,} times in “{column}” lie in the future; they are taken as they are.",
                count=ahead,
                column=column,
            )
        )
