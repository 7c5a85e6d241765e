"""What was worked out lately is kept, as much of it as there is room for."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any


class Lately:
    """Things by what they follow from; where there are too many, those go first that nobody asked for longest.

    Args:
        most: How many numbers all of them may have together.

    Example:
        >>> kept = Lately(most=10)
        >>> kept.put("first", "a", 6), kept.put("second", "b", 6)
        (None, None)
        >>> kept.get("first"), kept.get("second")
        (None, 'b')
    """

    def __init__(self, most: int):
        self.most, self.held = most, 0
        self.things: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable) -> Any:
        """None where it is not there any more."""
        if key not in self.things:
            return None
        self.things.move_to_end(key)
        return self.things[key][0]

    def put(self, key: Hashable, thing: Any, numbers: int) -> None:
        """Keep it; that of the same key before it is gone."""
        self.held += numbers - self.things.pop(key, (None, 0))[1]
        self.things[key] = (thing, numbers)
        while self.held > self.most:
            _, (_, gone) = self.things.popitem(last=False)
            self.held -= gone

    def clear(self) -> None:
        """Keep nothing of it."""
        self.things.clear()
        self.held = 0
