"""Names out of the user's table inside sentences: harmless in Markdown, short, and not too many."""

from collections.abc import Iterable

from core.words import listed
from pages.parts import trouble

LONGEST, MOST = 40, 6


def short(name: str) -> str:
    """The name as Markdown shows it, cut where it would fill the page."""
    return trouble.escape(cut(name))


def cut(name: str) -> str:
    """The name as plain text, cut where it would fill the page."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def several(names: Iterable[str], most: int = MOST) -> str:
    """The first few names, each in quotes."""
    every = list(names)
    told = listed(f"“{short(name)}”" for name in every[:most])
    return f"{told} …" if len(every) > most else told


def chance(share: float) -> str:
    """A probability in percent that says certain only where it is.

    Example:
        >>> chance(0.7349), chance(0.99961), chance(0.0002)
        ('73.5%', '> 99.9%', '< 0.1%')
    """
    if 0.999 < share < 1:
        return "> 99.9%"
    return "< 0.1%" if 0 < share < 0.001 else f"{share:.1%}"


def amount(value: float) -> str:
    """Four digits that matter, and never fewer than the whole number has.

    Example:
        >>> amount(12345.6), amount(1.23456)
        ('12,346', '1.235')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
