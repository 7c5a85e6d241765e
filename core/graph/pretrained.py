"""Which layers of a drawing come with weights of others, and which of those stay as they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.graph.blocks import opened
from core.graph.drawing import Graph
from core.graph.measure import LayerReport, Report, measure
from core.layers import sentence_encoder
from core.layers.backbone import learning


@dataclass(frozen=True)
class Pretrained:
    """A pretrained block of a drawing, wherever it stands.

    Args:
        network: An item of the shelf `core.backbones`.
        layers: The layers of the opened drawing by the names of its parts.
        learns: The parts that go on learning.
        channels: Of the pictures that it reads.
    """

    network: str
    layers: Mapping[str, str]
    learns: set[str]
    channels: int

    @property
    def stay(self) -> list[str]:
        """The layers that stay as they are."""
        return [layer for part, layer in self.layers.items() if part not in self.learns]


def pretrained(graph: Graph, facts: Mapping[str, Any]) -> list[Pretrained]:
    """The pretrained blocks of a drawing that works, those inside other blocks too."""
    report = measure(graph, facts)
    leaves = (layer.name for layer in opened(graph, facts).layers)
    return [one for layer in graph.layers for one in _walked(report.layers[layer.name], leaves)]


def _walked(report: LayerReport, leaves: Iterator[str]) -> Iterator[Pretrained]:
    if report.kind == "backbone":
        layers = {part: next(leaves) for part in report.parts}
        yield Pretrained(report.fields["network"], layers, learning(report.fields), report.takes[0][-1])
    elif report.parts:
        for part in report.parts.values():
            yield from _walked(part, leaves)
    else:
        next(leaves)


def networks(report: Report) -> list[str]:
    """The items of the shelf `core.backbones` that are used, each once."""
    return list(dict.fromkeys(name for layer in report.layers.values() for name in _used(layer)))


def _used(layer: LayerReport) -> Iterator[str]:
    if layer.kind == "backbone":
        yield layer.fields["network"]
    for part in layer.parts.values():
        yield from _used(part)


def encodes_sentences(report: Report) -> bool:
    """Whether the sentence encoder is used anywhere, in blocks too."""
    return any(map(_encodes, report.layers.values()))


def _encodes(layer: LayerReport) -> bool:
    return layer.kind == "sentence_encoder" or any(map(_encodes, layer.parts.values()))


def learned_weights(report: Report) -> int:
    """How many of the weights learn: all but what stays as it is in pretrained blocks and layers."""
    return report.weights - sum(_staying(layer) for layer in report.layers.values())


def _staying(layer: LayerReport) -> int:
    if layer.kind == "backbone":
        learns = learning(layer.fields)
        return sum(part.weights or 0 for name, part in layer.parts.items() if name not in learns)
    if layer.kind == "sentence_encoder" and layer.weights:
        return layer.weights - sentence_encoder.learning(layer.fields)
    return sum(_staying(part) for part in layer.parts.values())
