"""`python -m core.worker.previewing`: a helper that shows what each layer of a drawing gives for a real row.

A question is `{"folder": of the prepared rows, "graph", "layer", "row", "run": folder of a run, or ""}`. Only the layer
asked for and those in front of it are computed, one after the other, and what they gave is kept: another layer of the
drawing goes on from there, and of a changed drawing only what follows the change is computed anew.
"""

import gc
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import keras
import numpy as np

from core import asked, prepare
from core.errors import GraphError
from core.graph import Graph, Layer, LayerReport, Report, measure, opened, order, sources, stands_for
from core.graph.cost import given_numbers
from core.layers import SHELF
from core.prepare import Prepared
from core.words import mark
from core.worker import learned, sights
from core.worker.forms import Form, form_of
from core.worker.lately import Lately

ATTENTION = "MultiHeadAttention"
MOST_WEIGHTS = 50_000_000  # beyond these, the helper would take more than it gives
MOST_NUMBERS = 100_000_000
NETWORKS_KEPT = 3
# What layers gave, and weights that are not those of a run, by all that they follow from; counted in numbers.
GIVEN = Lately(20_000_000)
WEIGHTS = Lately(20_000_000)
# A drawing of what is used most, for data that nobody has.
WARMING = {
    "numbers": {"shape": [4], "dtype": "float32"},
    "codes": {"shape": [4], "dtype": "int32", "vocabulary": 5},
    "picture": {"shape": [8, 8, 1], "dtype": "float32"},
}
WARMED = (
    ("embedding", "codes"),
    ("transformer_encoder", "layer_0"),
    ("lstm", "layer_1"),
    ("conv_2d", "picture"),
    ("flatten", "layer_3"),
    ("concatenate", "numbers layer_2 layer_4"),
    ("dense", "layer_5"),
    ("dropout", "layer_6"),
    ("output", "layer_7"),
)


@dataclass(frozen=True)
class Network:
    """A measured drawing, and what its layers begin from.

    Args:
        before: The names of the layers that feed each layer of the drawing.
        weights: "trained", "other" where the trained network is another one, or "new".
        stands_for: The layers of the opened drawing that each layer of the drawing is, or as a block stands for.
        flat: What is known about the layers of the opened drawing.
        ordered: The layers of the opened drawing, each after those that feed it.
        learned: The weights of a run by layer of the opened drawing; empty where they are not used.
        follows: All that what a layer gives for a row follows from, by layer of the opened drawing.
    """

    report: Report
    before: Mapping[str, Sequence[str]]
    prepared: Prepared
    weights: str
    stands_for: Mapping[str, Sequence[Layer]]
    flat: Mapping[str, LayerReport]
    ordered: Sequence[Layer]
    learned: Mapping[str, Sequence[np.ndarray]]
    follows: Mapping[str, str]

    def attention(self, name: str) -> Layer | None:
        """The layer with attention that this one is, or, as a block, holds last."""
        found = [layer for layer in self.stands_for[name] if SHELF[layer.kind].KERAS == ATTENTION]
        return found[-1] if found else None

    def needed(self, name: str) -> list[Layer]:
        """The layers of the opened drawing that this layer of the drawing and those in front of it are, in order."""
        found, open_ends = set(), [name]
        while open_ends:
            if (layer := open_ends.pop()) not in found:
                found.add(layer)
                open_ends += self.before[layer]
        inside = {part.name for layer in found for part in self.stands_for[layer]}
        return [layer for layer in self.ordered if layer.name in inside]


def answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows of one layer for one row, see `Preview` of the editor.

    Raises:
        UserError: Where the drawing does not fit together, or there is no such layer.
    """
    graph = Graph.from_json(question["graph"])
    name = question["layer"]
    if name not in graph:
        raise GraphError(
            mark("There is no layer “{layer}” in the drawing.", layer=str(name)[:80]),
            mark("Choose another layer."),
        )
    plain = [
        {key: value for key, value in layer.items() if key != "place"} for layer in graph.to_json()["layers"]
    ]
    run = question.get("run") or ""
    changed = _changed(run)
    network = _network(json.dumps(plain, sort_keys=True), question["folder"], run if changed else "", changed)
    row = int(question["row"]) % network.prepared.facts["rows"]["validation"]
    return sights.preview(network, name, row, given(network, name, row))


def _changed(run: str) -> int:
    """When the run's weights were written, so that the latest of a running training are seen; 0 before there are any."""
    kept = Path(run) / "best.weights.npz"
    return kept.stat().st_mtime_ns if run and kept.exists() else 0


@lru_cache(NETWORKS_KEPT)
def _network(layers: str, folder: str, run: str, changed: int) -> Network:
    graph = Graph.from_json({"version": 1, "layers": json.loads(layers)})
    prepared = prepare.load(Path(folder).name).reading(sources(graph))
    facts = prepared.facts
    report = measure(graph, facts)
    for error in report.errors:
        raise error
    _check_size(report)
    own = learned.drawn(run, graph, prepared) if run else None
    # What the parts of blocks are called may depend on the order in which the layers were drawn.
    graph = own or graph
    flat = opened(graph, facts)
    known = measure(flat, facts).layers
    ordered = order(flat)
    return Network(
        report,
        {layer.name: layer.inputs for layer in graph.layers},
        prepared,
        "trained" if own else ("other" if run else "new"),
        stands_for(graph, report, flat),
        known,
        ordered,
        learned.weights(run, flat, known) if own else {},
        _follows(ordered, known, f"{folder} {run} {changed}" if own else folder),
    )


def given(network: Network, name: str, row: int) -> dict[str, np.ndarray]:
    """What a layer of the drawing and those in front of it give for the row, by layer of the opened drawing.

    Where it looks at places, its scores [heads, queries, keys] are there as `<layer>/scores`.
    """
    tensors: dict[str, Any] = {}
    for layer in network.needed(name):
        asked_for = (network.follows[layer.name], row)
        tensor = GIVEN.get(asked_for)
        if tensor is None:
            tensor = _computed(network, layer, tensors, row)
            GIVEN.put(asked_for, tensor, given_numbers(network.flat[layer.name]))
        tensors[layer.name] = tensor
    found = {layer: np.asarray(tensor)[0] for layer, tensor in tensors.items()}
    if looks := network.attention(name):
        # The layer is asked once more for them.
        read = [tensors[before] for before in looks.inputs]
        made = form_of(looks, network.flat)
        _, scores = made(_weights(network, looks, made), read, return_attention_scores=True)
        found[f"{looks.name}/scores"] = np.asarray(scores)[0]
    return found


def _computed(network: Network, layer: Layer, tensors: Mapping[str, Any], row: int) -> Any:
    known = network.flat[layer.name]
    if layer.kind == "input":
        arrays, _ = network.prepared.arrays("validation")
        read = np.asarray(arrays[known.fields["source"]][row : row + 1])
        return keras.ops.convert_to_tensor(read, dtype=known.fields["dtype"])
    made = form_of(layer, network.flat)
    return made(_weights(network, layer, made), [tensors[name] for name in layer.inputs])


def _weights(network: Network, layer: Layer, made: Form) -> Sequence[Any]:
    if network.learned:
        return network.learned[layer.name]
    asked_for = (layer.name, made.wanted)
    fresh = WEIGHTS.get(asked_for)
    if fresh is None:
        fresh = made.fresh(layer.name)
        WEIGHTS.put(asked_for, fresh, network.flat[layer.name].weights or 0)
    return fresh


def _follows(ordered: Sequence[Layer], known: Mapping[str, LayerReport], origin: str) -> dict[str, str]:
    """Of layers that follow from the same, each gives the same for a row, in whichever drawing it stands."""
    found: dict[str, str] = {}
    for layer in ordered:
        said = [
            origin,
            layer.name,
            layer.kind,
            known[layer.name].fields,
            [found[name] for name in layer.inputs],
        ]
        found[layer.name] = hashlib.blake2b(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return found


def _check_size(report: Report) -> None:
    numbers = sum(given_numbers(layer) for layer in report.layers.values())
    if report.weights > MOST_WEIGHTS or numbers > MOST_NUMBERS:
        raise GraphError(
            mark(
                "The network is too large to be shown while it is drawn: {count:,} weights.",
                count=report.weights,
            ),
            mark("Make its largest layers smaller to see what comes out of them."),
        )


def _warm() -> None:
    """Make the first real answer as quick as the later ones: what is loaded at a first use is loaded now."""
    keras.config.disable_traceback_filtering()  # it takes its share of each call of a layer
    facts = {"inputs": WARMING, "output": {"units": 1, "activation": "sigmoid"}, "rows": {"train": 1_000}}
    layers = [Layer(name, "input") for name in WARMING]
    for number, (kind, before) in enumerate(WARMED):
        layers.append(Layer(f"layer_{number}", kind, tuple(before.split())))
    flat = opened(Graph(tuple(layers)), facts)
    known, tensors = measure(flat, facts).layers, {}
    for layer in order(flat):
        if layer.kind == "input":
            shape = (1, *known[layer.name].shape)
            tensors[layer.name] = keras.ops.zeros(shape, known[layer.name].fields["dtype"])
        else:
            made = form_of(layer, known)
            tensors[layer.name] = made(made.fresh(layer.name), [tensors[name] for name in layer.inputs])


if __name__ == "__main__":
    _warm()
    gc.collect()
    gc.freeze()  # else now and then an answer waits until Python has looked through all of TensorFlow's objects
    asked.serve(answer)
