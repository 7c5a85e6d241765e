"""Whether a table's rows follow a column of times, so that neighbours are alike and no chance may divide them."""

import numpy as np

FEWEST_MOMENTS = 20
IN_ORDER = 0.95  # of the steps from row to row that go anywhere, which have to go the same way
REGULAR = 0.9  # of the steps from moment to moment that have to be of about the same length
ALIKE = 0.25  # how far steps of the same length may differ: months have 28 to 31 days
PANEL = 0.3  # chance gives about 1
NAMES = frozenset(
    {"date", "datetime", "time", "timestamp", "day", "week", "month", "quarter", "year", "hour", "minute", "step", "period"}
)  # fmt: skip


def follows(moments: np.ndarray) -> str:
    """`"up"` or `"down"` where the rows' order follows the time, `"regular"` where the moments do, else empty.

    Args:
        moments: For each row in its order, when it was; NaN where that is not known.

    Example:
        >>> follows(np.arange(100.0)), follows(np.tile(np.arange(25.0), 4)[::-1]), follows(np.arange(100.0) * 37 % 101)
        ('up', 'down', 'regular')
        >>> follows(np.random.RandomState(1).randint(0, 900, 100).astype(float))
        ''
    """
    known = moments[np.isfinite(moments)]
    if len(np.unique(known)) < FEWEST_MOMENTS or len(known) < 0.9 * len(moments):
        return ""
    steps = np.diff(known)
    moving = steps[steps != 0]
    forward = float((moving > 0).mean())
    if forward >= IN_ORDER:
        return "up"
    if forward <= 1 - IN_ORDER:
        return "down"
    return "regular" if _regular(known) else ""


def _regular(known: np.ndarray) -> bool:
    """Whether each moment comes after the same time and holds about the same number of rows, as many series do.

    Days on which customers happened to sign up may follow each other without a gap too, but then the numbers of rows vary
    as chance has it (their variance is their mean, as Poisson's), and say nothing of an order.
    """
    at, rows = np.unique(known, return_counts=True)
    steps = np.diff(at)
    usual = np.median(steps)
    return bool(
        (np.abs(steps - usual) <= ALIKE * usual).mean() >= REGULAR and rows.var() <= PANEL * rows.mean()
    )


def may_count_time(words: frozenset[str], numbers: np.ndarray) -> bool:
    """Whether numbers are likely to count time: called so, whole, and going up by small steps row by row.

    Args:
        words: The words of the column's name in small letters.
        numbers: For each row in its order.
    """
    if not words & NAMES or not np.isfinite(numbers).all() or (numbers != np.floor(numbers)).any():
        return False
    steps = np.diff(numbers)
    return bool((steps >= 0).all() and (steps <= 1).mean() >= REGULAR)
