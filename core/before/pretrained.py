"""A pretrained network whose weights are not here and cannot be fetched either."""

from core import pretrained
from core.backbones import SHELF
from core.before._asked import Asked
from core.before._objection import Objection
from core.graph.pretrained import encodes_sentences, networks
from core.pretrained import sentence_encoder
from core.words import mark

LABEL = mark("Pretrained network")


def look(asked: Asked) -> list[Objection]:
    found = [_about(name) for name in networks(asked.report) if not pretrained.find(name)]
    trouble = sentence_encoder.missing() if encodes_sentences(asked.report) else None
    return [*found, Objection("cannot", trouble.what, trouble.fix)] if trouble else found


def _about(name: str) -> Objection:
    trouble = pretrained.missing(name)
    if trouble:
        return Objection("cannot", trouble.what, trouble.fix)
    network = SHELF[name]
    what = mark("The weights of {network} are fetched first: {size:,} MB.",
                network=network.LABEL, size=network.MEGABYTES)  # fmt: skip
    return Objection("note", what, mark("They stay on this machine, so that this is done only once."))
