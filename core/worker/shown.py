"""After the test: pictures of the test rows are kept for Results, with where the network looked in some of them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from core.explainers import grad_cam, occlusion
from core.prepare import Prepared
from core.results import shown
from core.spec import Spec

if TYPE_CHECKING:
    from pandas import DataFrame

Predict = Callable[[Mapping[str, np.ndarray]], np.ndarray]


def keep(
    folder: Path,
    spec: Spec,
    prepared: Prepared,
    model: keras.Model,
    predict: Predict,
    test: "DataFrame",
) -> Callable[[Mapping[str, np.ndarray], np.ndarray, np.ndarray], None] | None:
    """What has to be called with the test rows' inputs, truth and outputs; None where no column holds pictures.

    Where several do, those of the first one are shown.
    """
    recipe = next((one for one in prepared.recipes["columns"] if one["kind"] == "image"), None)
    if recipe is None:
        return None
    source, target = recipe["input"], prepared.recipes["target"]

    def write(inputs: Mapping[str, np.ndarray], truth: np.ndarray, outputs: np.ndarray) -> None:
        told = shown.said(target, truth, outputs, test[target["column"]].tolist())

        def heat(places: np.ndarray) -> tuple[str, np.ndarray]:
            some = {name: np.asarray(array)[places] for name, array in inputs.items()}
            return _heat(spec, prepared.facts, model, predict, source, some, outputs[places])

        names, rows = test[recipe["column"]].tolist(), prepared.rows("test")
        shown.write(folder, inputs[source], names, told, rows, heat)

    return write


def _heat(
    spec: Spec,
    facts: Mapping[str, Any],
    model: keras.Model,
    predict: Predict,
    source: str,
    inputs: Mapping[str, np.ndarray],
    outputs: np.ndarray,
) -> tuple[str, np.ndarray]:
    """The way that suits the network, an item of the shelf `core.explainers`, and what it finds."""
    units = outputs.argmax(1)
    # One output says yes by much and no by little; an amount is asked why it is as high as it is.
    no = outputs.shape[1] == 1 and facts["output"]["activation"] == "sigmoid"
    signs = np.where(no & (outputs[:, 0] < 0.5), -1.0, 1.0)
    # A model that looks twice, see `core.worker.mirrored`, holds the one that is explained.
    model = next((layer for layer in model.layers if isinstance(layer, keras.Model)), model)
    name = grad_cam.layer(spec.graph, facts, source)
    answer = model.layers[-1].name
    if name and type(model.layers[-1]) is keras.layers.Dense:
        return "grad_cam", grad_cam.explain(model, inputs, name, answer, units, signs)
    return "occlusion", occlusion.explain(predict, inputs, source, units, signs)
