"""Not enough room on the disk for what a run keeps."""

from core.before._asked import Asked
from core.before._objection import Objection
from core.words import mark

LABEL = mark("Disk")
GIGABYTE = 1_000_000_000
SHARE_THAT_IS_MUCH = 0.8


def look(asked: Asked) -> list[Objection]:
    need, free = asked.cost.disk, asked.cost.disk_free
    values = {"need": need / GIGABYTE, "free": free / GIGABYTE}
    fix = mark("Free some space, for instance by deleting runs, or make the layers of the network smaller.")
    if need > free:
        what = mark(
            "The run needs about {need:,.2f} GB on the disk, and only {free:,.2f} GB are free.", **values
        )
        return [Objection("cannot", what, fix)]
    if need > SHARE_THAT_IS_MUCH * free:
        what = mark(
            "The run needs about {need:,.2f} GB of the {free:,.2f} GB that are free on the disk.", **values
        )
        return [Objection("worry", what, fix)]
    return []
