"""How sure an answer is, in words."""

from collections.abc import Mapping

from core.words import say
from pages.parts import named, trouble


def words(chance: float) -> str:
    """A chance from 0 to 1 in a few words."""
    if chance >= 0.95:
        return say("nearly certain")
    if chance >= 0.8:
        return say("quite likely")
    if chance >= 0.6:
        return say("rather likely")
    return say("little more than a guess")


def middle(answer: str, chances: Mapping[str, float]) -> str:
    """Why an answer that stands in an order is given although another one is likelier by itself, in Markdown.

    Args:
        chances: Of all answers, in their order.
    """
    names = list(chances)
    at = names.index(answer)
    before, after = (
        trouble.escape(named.chance(sum(chances[name] for name in some)))
        for some in (names[:at], names[at + 1 :])
    )
    return say(
        "“{answer}” is the middle of what may be: {before} for what comes before it in the order, {after} for what comes "
        "after it. So it is the fewest steps off.",
        answer=named.short(answer), before=before, after=after,
    )  # fmt: skip
