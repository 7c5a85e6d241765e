"""An ML engineer draws a residual Transformer with three inputs and takes the code away."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core import architecture
from core.graph import Graph, explain, measure, opened
from core.script import script
from tests.core.graph.drawings import FACTS, drawing

pytestmark = pytest.mark.heavy

# Numbers, categories, and a text as the numbers of its words.
KNOWN: dict[str, Any] = {
    **FACTS,
    "inputs": {
        "numbers": {"shape": [12], "dtype": "float32"},
        "categories": {"shape": [5], "dtype": "int32", "vocabulary": 30},
        "words": {"shape": [16], "dtype": "int32", "vocabulary": 200},
    },
    "columns": 18,
}
DRAWN = drawing(
    "numbers: input",
    "categories: input",
    "words: input",
    "word_values: embedding < words",
    "placed: position_embedding < word_values",
    "look_norm: layer_normalization < placed",
    "look: self_attention < look_norm",
    "looked: add < placed look",
    "reader: transformer_encoder < looked",
    "values: embedding < categories",
    "writer: transformer_decoder < values reader",
    "text: global_average_pooling_1d < writer",
    "wide: dense < numbers",
    "deep: residual_block < wide",
    "gated: squeeze_and_excitation < reader",
    "summary: global_max_pooling_1d < gated",
    "together: concatenate < deep text summary",
    "answer: output < together",
    word_values={"output_dim": 16},
    values={"output_dim": 16},
    placed={"form": "sinusoidal"},
    look={"num_heads": 4, "dropout": 0.1},
    reader={"num_heads": 2, "norm": "after"},
    writer={"num_heads": 2},
    wide={"units": 24, "activation": "linear"},
)
SAVED = """
model.save("model.keras")
keras.utils.set_random_seed(1)
import numpy

rows = [numpy.random.default_rng(1).integers(0, 30, (4, *one.shape[1:])).astype(one.dtype) for one in model.inputs]
numpy.savez("said.npz", *model.get_weights(), rows=model.predict(rows, verbose=0))
"""


def shape_of(graph: Graph) -> list[tuple[str, str, tuple[str, ...]]]:
    return sorted((layer.name, layer.kind, layer.inputs) for layer in graph.layers)


def test_it_is_measured_and_told():
    report = measure(DRAWN, KNOWN)
    assert report.ok, report.errors
    assert report.layers["reader"].shape == (16, 16)
    assert report.layers["together"].shape == (24 + 16 + 16,)
    told = [str(sentence) for sentence in explain(DRAWN, KNOWN)]
    assert told[0] == "Reads 18 columns."
    assert any("Three ways lead side by side" in sentence for sentence in told)
    assert any("A straight path leads around that" in sentence for sentence in told)


def test_its_script_runs_by_itself_and_its_model_comes_back_as_the_same_drawing(tmp_path: Path):
    import numpy as np

    from core.worker.build import build

    (tmp_path / "network.py").write_text(script(DRAWN, KNOWN) + SAVED, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-I", "network.py"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    back = architecture.read("model.keras", tmp_path / "model.keras", KNOWN)
    assert not back.notes
    assert shape_of(back.graph) == shape_of(opened(DRAWN, KNOWN))
    assert measure(back.graph, KNOWN).weights == measure(DRAWN, KNOWN).weights

    drawn, read = build(DRAWN, KNOWN), build(back.graph, KNOWN)
    by_name = {layer.name: [weight.shape for weight in layer.weights] for layer in drawn.layers}
    assert {layer.name: [weight.shape for weight in layer.weights] for layer in read.layers} == by_name
    with np.load(tmp_path / "said.npz", allow_pickle=False) as said:
        weights = [said[f"arr_{number}"] for number in range(len(drawn.weights))]
        drawn.set_weights(weights)
        rows = [
            np.random.default_rng(1).integers(0, 30, (4, *one.shape[1:])).astype(one.dtype)
            for one in drawn.inputs
        ]
        assert np.abs(drawn.predict(rows, verbose=0) - said["rows"]).max() < 1e-6
