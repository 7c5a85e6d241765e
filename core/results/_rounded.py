"""Figures rounded for sentences."""


def hundred(share: float) -> float:
    """A share as so many of a hundred, with a decimal only where it would otherwise round to none or all.

    Example:
        >>> hundred(0.8037), hundred(0.9968), hundred(1 - 1e-16), hundred(0.1 + 0.2 + 0.7)
        (80, 99.7, 100, 100)
    """
    many = round(share * 100, 9)  # a bound may come out as 0.9999999999999999
    return round(many) if 1 <= many < 99 or many in (0, 100) else round(many, 1)


def short(value: float) -> float:
    """A number with three digits that matter, whole where it is large.

    Example:
        >>> short(12345.6), short(0.012345)
        (12300, 0.0123)
    """
    rounded = float(f"{value:.3g}")
    return int(rounded) if rounded == int(rounded) and abs(rounded) < 1e15 else rounded
