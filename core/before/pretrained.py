"""A pretrained network whose weights are not here and cannot be fetched either."""

from core import pretrained
from core.backbones import SHELF
from core.before._asked import Asked
from core.before._objection import Objection
from core.graph.pretrained import networks
from core.words import mark

LABEL = mark("Pretrained network")


def look(asked: Asked) -> list[Objection]:
    return [_about(name) for name in networks(asked.report) if not pretrained.find(name)]


def _about(name: str) -> Objection:
    trouble = pretrained.missing(name)
    if trouble:
        return Objection("cannot", trouble.what, trouble.fix)
    network = SHELF[name]
    what = mark("The weights of {network} are fetched first: {size:,} MB.",
                network=network.LABEL, size=network.MEGABYTES)  # fmt: skip
    return Objection("note", what, mark("They stay on this machine, so that this is done only once."))
