"""Blocks of a drawing that others have trained are given their weights, and what shall stay as it is learns nothing."""

from collections.abc import Callable, Mapping
from typing import Any

import keras

from core import pretrained
from core.backbones import SHELF
from core.graph import Graph
from core.graph.pretrained import pretrained as pretrained_blocks
from core.pretrained import folded, sentence_encoder
from core.words import Sentence, mark
from core.worker.own.sentence_encoder import SentenceEncoder

Tell = Callable[[float, Sentence], None]


def settle(model: keras.Model, graph: Graph, facts: Mapping[str, Any]) -> None:
    """Let nothing learn in the model's pretrained blocks but what their settings say. Before the model is compiled."""
    for block in pretrained_blocks(graph, facts):
        for name in block.stay:
            model.get_layer(name).trainable = False


def put_weights(model: keras.Model, graph: Graph, facts: Mapping[str, Any], tell: Tell) -> list[Sentence]:
    """Give the model's pretrained blocks their weights, fetched if need be; a sentence about each network.

    Raises:
        UserError: If the weights cannot be had, or are not what they should be.
    """
    told: dict[str, Sentence] = {}
    for block in pretrained_blocks(graph, facts):
        found = folded.weights(block.network, pretrained.fetch(block.network, tell), block.channels)
        for part, name in block.layers.items():
            if part in found:
                model.get_layer(name).set_weights(found[part])
        told[block.network] = mark(
            "{network} brings what it has learned from other pictures.", network=SHELF[block.network].LABEL
        )
    return [*told.values(), *_to_encoders(model)]


def _to_encoders(model: keras.Model) -> list[Sentence]:
    encoders = [layer for layer in model._flatten_layers() if isinstance(layer, SentenceEncoder)]
    if not encoders:
        return []
    found = sentence_encoder.weights()
    for layer in encoders:
        layer.put(found)
    return [mark("{network} brings what it has learned from other texts.", network=sentence_encoder.LABEL)]
