"""Small tables of who had what."""

import pandas


def taken(persons: int = 30, items: int = 24, each: int = 8, seed: int = 1, **more: str) -> pandas.DataFrame:
    """Persons of two tastes: of the first half of the items or of the second, in rising order with times."""
    import numpy as np

    random, rows = np.random.RandomState(seed), []
    for person in range(persons):
        half = items // 2
        start = random.randint(half)
        for place in range(each):
            item = (start + place) % half + (half if person % 2 else 0)
            rows.append({"user": f"u{person:03d}", "item": f"i{item:02d}", "time": str(1_600_000_000 + place * 5_000 + person), "rating": str(1 + item % 5)})  # fmt: skip
    return pandas.DataFrame(rows, dtype=str).assign(**more)
