"""How often somebody may ask within a while, whoever they are; remembered in memory, for few enough at a time."""

import time
from collections import OrderedDict
from threading import Lock

MOST_KNOWN = 10_000


class Rate:
    """Some requests at once, and from then on as many as come back with time (a token bucket).

    Args:
        most: Requests at once.
        seconds: In which all of them come back.
    """

    def __init__(self, most: int, seconds: float):
        self.most, self.each = most, seconds / most
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()  # what is left, and when that was
        self._lock = Lock()

    def wait(self, who: str) -> float:
        """0.0 if they may ask, which then counts; else after how many seconds they may.

        Who asked longest ago is forgotten where there are too many, which only lets them ask again.
        """
        now = time.monotonic()
        with self._lock:
            left, then = self._known.pop(who, (float(self.most), now))
            left = min(float(self.most), left + (now - then) / self.each)
            allowed = left >= 1.0
            self._known[who] = (left - 1.0 if allowed else left, now)
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        return 0.0 if allowed else (1.0 - left) * self.each
