"""Steps far larger or far smaller than what works for so many rows."""

from core.before._asked import Asked
from core.before._objection import Change, Objection
from core.words import mark

LABEL = mark("Learning rate")
TOO_LARGE, TOO_SMALL = 10.0, 0.01  # times what is usual


def look(asked: Asked) -> list[Objection]:
    wanted, usual = asked.settings["learning_rate"], asked.automatic["learning_rate"]
    if TOO_SMALL * usual <= wanted <= TOO_LARGE * usual:
        return []
    what = mark(
        "The learning rate is {wanted:g}, where {usual:g} is usual for so many rows.",
        wanted=wanted,
        usual=usual,
    )
    if wanted > usual:
        fix = mark(
            "Take a smaller one: steps as large as this jump about, and the loss may grow beyond all numbers."
        )
    else:
        fix = mark("Take a larger one: with steps as small as this it hardly moves in the time that it has.")
    label = mark("Take {rate:g}", rate=usual)
    return [Objection("worry", what, fix, (Change(label, {"learning_rate": None}),))]
