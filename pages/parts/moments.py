"""Moments and lengths of time in words."""

import time

from core.words import say

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def ago(moment: float) -> str:
    """How long ago it was, such as "3 minutes ago"."""
    seconds = max(time.time() - moment, 0)
    if seconds < MINUTE:
        return say("just now")
    if seconds < HOUR:
        return say("{count} minute ago", plural="{count} minutes ago", count=int(seconds // MINUTE))
    if seconds < DAY:
        return say("{count} hour ago", plural="{count} hours ago", count=int(seconds // HOUR))
    return say("{count} day ago", plural="{count} days ago", count=int(seconds // DAY))


def length(seconds: float) -> str:
    """A length of time, such as "2 min 5 s"."""
    whole = max(round(seconds), 0)
    if whole < MINUTE:
        return say("{seconds} s", seconds=whole)
    if whole < HOUR:
        if whole % MINUTE == 0:
            return say("{minutes} min", minutes=whole // MINUTE)
        return say("{minutes} min {seconds} s", minutes=whole // MINUTE, seconds=whole % MINUTE)
    return say("{hours} h {minutes} min", hours=whole // HOUR, minutes=whole % HOUR // MINUTE)
