"""What a run has learned, by the layers of its opened drawing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from core import home
from core.graph import Graph, LayerReport, resolve
from core.prepare import Prepared
from core.spec import Spec
from core.worker.forms import form_of


def drawn(run: str, graph: Graph, prepared: Prepared) -> Graph | None:
    """The run's drawing; None where that is another network than this one, or read other columns."""
    folder = Path(run)
    if not (folder / "recipes.json").exists():
        return None
    if _as_prepared(home.read_json(folder / "recipes.json")) != _as_prepared(prepared.recipes):
        return None
    own = Spec.from_json(home.read_json(folder / "spec.json")).graph
    return own if _essence(own, prepared.facts) == _essence(graph, prepared.facts) else None


def _as_prepared(made: Mapping[str, Any]) -> dict[str, Any]:
    """The recipes without what is settled only when there is a model: how wide ranges are, and what counts as a yes."""
    settled = ("range", "threshold")
    return {**made, "target": {name: value for name, value in made["target"].items() if name not in settled}}


def weights(run: str, flat: Graph, known: Mapping[str, LayerReport]) -> dict[str, list[np.ndarray]]:
    """The best weights so far of each layer, in the order of Keras's `get_weights`.

    Args:
        flat: The run's drawing, opened.
        known: What is known about its layers.
    """
    found, place = {}, 0
    with np.load(Path(run) / "best.weights.npz", allow_pickle=False) as kept:
        for name in held(flat):
            end = place + len(form_of(flat[name], known).starts)
            found[name] = [kept[f"w{number}"] for number in range(place, end)]
            place = end
    return found


def held(flat: Graph) -> list[str]:
    """The layers in the order in which Keras's model of this drawing holds them, without the inputs.

    Keras puts layers further from the answer first, and among equals those that it meets first on its walk from
    the answer backwards, link by link.
    """
    layers = {layer.name: layer for layer in flat.layers}
    met: dict[str, int] = {}
    finished: list[str] = []
    walk = [next(layer.name for layer in flat.layers if layer.kind == "output")]
    while walk:
        name = walk[-1]
        met.setdefault(name, len(met))
        ahead = next((before for before in layers[name].inputs if before not in met), None)
        if ahead is not None:
            walk.append(ahead)
        else:
            finished.append(walk.pop())
    far = dict.fromkeys(finished, 0)
    for name in reversed(finished):
        for before in layers[name].inputs:
            far[before] = max(far[before], far[name] + 1)
    return [
        name for name in sorted(met, key=lambda name: (-far[name], met[name])) if layers[name].kind != "input"
    ]


def _essence(graph: Graph, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What two drawings of the same network share, wherever and in whatever order their layers were drawn."""
    return {
        layer.name: (layer.kind, layer.inputs, json.dumps(layer.fields, sort_keys=True))
        for layer in resolve(graph, facts).layers
    }
