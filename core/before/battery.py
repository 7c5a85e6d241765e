"""A machine that runs on its battery."""

import psutil

from core.before._asked import Asked
from core.before._objection import Objection
from core.words import mark

LABEL = mark("Battery")
MINUTE = 60


def look(asked: Asked) -> list[Objection]:
    # Not every system knows of batteries, and most machines have none.
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    if battery is None or battery.power_plugged is not False:
        return []
    left = battery.secsleft if isinstance(battery.secsleft, int) and battery.secsleft > 0 else None
    if left is not None and left < asked.cost.seconds:
        what = mark(
            "This machine runs on its battery, which lasts for about {minutes:,.0f} minutes.",
            minutes=left / MINUTE,
        )
    else:
        what = mark(
            "This machine runs on its battery, which is {percent:.0f} percent full.", percent=battery.percent
        )
    return [Objection("note", what, mark("Plug it in: training is slower on the battery, and drains it."))]
