"""A device that is not there, or that is there and cannot be used."""

from core import devices
from core.before._asked import Asked
from core.before._objection import Change, Objection
from core.words import mark

LABEL = mark("Device")


def look(asked: Asked) -> list[Objection]:
    if asked.missing is not None:
        change = Change(mark("Choose it automatically"), device="")
        return [Objection("cannot", asked.missing.what, asked.missing.fix, (change,))]
    return [
        Objection(
            "note",
            mark(
                "This machine has a graphics processor ({name}) that the installed TensorFlow cannot use.",
                name=name,
            ),
            mark("Install Modelyard anew on this machine, which takes the build for graphics processors."),
        )
        for name in devices.idle_graphics()[:1]
    ]
