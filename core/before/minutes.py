"""Too little time to see all rows even once."""

from math import ceil

from core.before._asked import Asked
from core.before._objection import Change, Objection
from core.spec import TRAINING
from core.words import mark

LABEL = mark("Time")
EPOCHS_TO_AIM_AT = 10
MINUTE = 60


def look(asked: Asked) -> list[Objection]:
    epoch, allowed = asked.cost.seconds_per_epoch, asked.cost.seconds_allowed
    if epoch is None or epoch <= allowed:
        return []
    minutes = min(ceil(EPOCHS_TO_AIM_AT * epoch / MINUTE) + 1, TRAINING["minutes"].high)
    what = mark(
        "One look at all rows takes about {need:,.1f} minutes, and {allowed:g} are allowed in all.",
        need=epoch / MINUTE, allowed=asked.settings["minutes"],
    )  # fmt: skip
    fix = mark(
        "Allow more time, or make the network smaller: it would end before it has seen every row once."
    )
    label = mark("Allow {minutes:,.0f} minutes", minutes=minutes)
    return [Objection("worry", what, fix, (Change(label, {"minutes": float(minutes)}),))]
