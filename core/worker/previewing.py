"""`python -m core.worker.previewing`: a helper that shows what each layer of a drawing gives for a real row.

A question is `{"folder": of the prepared rows, "graph", "layer", "row", "run": folder of a run, or ""}`. What all
layers give for the row is computed at once and kept, so that the next layer's answer is there already.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import keras
import numpy as np

from core import asked, home, prepare
from core.errors import GraphError
from core.graph import Graph, Layer, LayerReport, Report, measure, opened, resolve
from core.graph.cost import given_numbers
from core.layers import SHELF
from core.prepare import Prepared
from core.spec import Spec
from core.words import mark
from core.worker import sights
from core.worker.build import build

ATTENTION = "MultiHeadAttention"
SEED = 1
MOST_WEIGHTS = 50_000_000  # beyond these, the helper would take more than it gives
MOST_NUMBERS = 100_000_000
NETWORKS_KEPT = 3
ROWS_KEPT = 12


@dataclass(frozen=True)
class Network:
    """A built drawing and what is known about it.

    Args:
        before: The names of the layers that feed each layer of the drawing.
        weights: "trained", "other" where the trained network is another one, or "new".
        stands_for: The layers of the opened drawing that each layer of the drawing is, or as a block stands for.
        flat: What is known about the layers of the opened drawing.
        outputs: The model that gives what every layer of the opened drawing gives, by name.
    """

    report: Report
    before: Mapping[str, Sequence[str]]
    prepared: Prepared
    weights: str
    stands_for: Mapping[str, Sequence[Layer]]
    flat: Mapping[str, LayerReport]
    outputs: keras.Model

    def attention(self, name: str) -> Layer | None:
        """The layer with attention that this one is, or, as a block, holds last."""
        found = [layer for layer in self.stands_for[name] if SHELF[layer.kind].KERAS == ATTENTION]
        return found[-1] if found else None


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
    asked_for = (json.dumps(plain, sort_keys=True), question["folder"], question.get("run") or "")
    network = _network(*asked_for)
    row = int(question["row"]) % network.prepared.facts["rows"]["validation"]
    return sights.preview(network, name, row, _given(*asked_for, row))


@lru_cache(NETWORKS_KEPT)
def _network(layers: str, folder: str, run: str) -> Network:
    prepared = prepare.load(Path(folder).name)
    facts = prepared.facts
    graph = Graph.from_json({"version": 1, "layers": json.loads(layers)})
    report = measure(graph, facts)
    for error in report.errors:
        raise error
    _check_size(report)
    learned = _trained(run, graph, prepared) if run else None
    keras.utils.set_random_seed(SEED)
    # The weights of a run lie in the order in which its own drawing was drawn.
    model = build(learned[0] if learned else graph, facts)
    if learned:
        model.set_weights(learned[1])
    flat = opened(graph, facts)
    known = measure(flat, facts).layers
    outputs = {layer.name: _tensor(model, layer, known[layer.name]) for layer in flat.layers}
    weights = "trained" if learned else ("other" if run else "new")
    before = {layer.name: layer.inputs for layer in graph.layers}
    return Network(
        report,
        before,
        prepared,
        weights,
        _stands_for(graph, report, flat),
        known,
        keras.Model(model.inputs, outputs),
    )


@lru_cache(ROWS_KEPT)
def _given(layers: str, folder: str, run: str, row: int) -> dict[str, np.ndarray]:
    """What every layer of the opened drawing gives for the row; attention also gives its scores, as `<layer>/scores`."""
    network = _network(layers, folder, run)
    arrays, _ = network.prepared.arrays("validation")
    inputs = [np.asarray(arrays[tensor.name][row : row + 1]) for tensor in network.outputs.inputs]
    given = {name: np.asarray(value) for name, value in network.outputs(inputs, training=False).items()}
    for name in network.stands_for:
        if layer := network.attention(name):
            given[f"{layer.name}/scores"] = _scores(network, layer, given)
    return {name: array[0] for name, array in given.items()}


def _scores(network: Network, layer: Layer, given: Mapping[str, np.ndarray]) -> np.ndarray:
    """How much each place looks at each other one [1, heads, queries, keys]; the layer is asked once more for it."""
    kind = SHELF[layer.kind]
    more = kind.call_arguments(network.flat[layer.name].fields) if hasattr(kind, "call_arguments") else {}
    read = [given[name] for name in layer.inputs]
    query, value = read[0], read[min(1, len(read) - 1)]
    key = {"key": read[2]} if len(read) > 2 else {}
    asked_again = network.outputs.get_layer(layer.name)
    _, scores = asked_again(query, value, **key, **more, return_attention_scores=True, training=False)
    return np.asarray(scores)


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


def _tensor(model: keras.Model, layer: Layer, known: LayerReport) -> Any:
    if layer.kind == "input":
        return next(tensor for tensor in model.inputs if tensor.name == known.fields["source"])
    return model.get_layer(layer.name).output


def _stands_for(graph: Graph, report: Report, flat: Graph) -> dict[str, Sequence[Layer]]:
    """An opened drawing has the layers of each block side by side, in place of it."""
    found, at = {}, 0
    for layer in graph.layers:
        end = at + _leaves(report.layers[layer.name])
        found[layer.name] = flat.layers[at:end]
        at = end
    return found


def _leaves(report: LayerReport) -> int:
    return sum(_leaves(part) for part in report.parts.values()) if report.parts else 1


def _trained(run: str, graph: Graph, prepared: Prepared) -> tuple[Graph, list[np.ndarray]] | None:
    """The run's drawing and best weights; None where it is another network, or read other columns."""
    folder = Path(run)
    if not (folder / "recipes.json").exists() or home.read_json(folder / "recipes.json") != prepared.recipes:
        return None
    drawn = Spec.from_json(home.read_json(folder / "spec.json")).graph
    if _essence(drawn, prepared.facts) != _essence(graph, prepared.facts):
        return None
    with np.load(folder / "best.weights.npz", allow_pickle=False) as kept:
        return drawn, [kept[f"w{place}"] for place in range(sum(name.startswith("w") for name in kept.files))]


def _essence(graph: Graph, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What two drawings of the same network share, wherever and in whatever order their layers were drawn."""
    return {
        layer.name: (layer.kind, layer.inputs, json.dumps(layer.fields, sort_keys=True))
        for layer in resolve(graph, facts).layers
    }


def _warm() -> None:
    """Make the first real answer as quick as the later ones: what is loaded at a first use is loaded now."""
    row = keras.Input((4, 4))
    seen = keras.layers.MultiHeadAttention(2, 2)(row, row)
    made = keras.Model(row, keras.layers.Dense(1)(keras.layers.Flatten()(keras.layers.LSTM(2)(seen))))
    made(np.zeros((1, 4, 4), np.float32))
    picture = keras.Input((4, 4, 1))
    keras.Model(picture, keras.layers.Conv2D(2, 2)(picture))(np.zeros((1, 4, 4, 1), np.float32))


if __name__ == "__main__":
    _warm()
    asked.serve(answer)
