"""What words looked at, read out of the file that answers: it is what Keras's own layers say they looked at."""

from pathlib import Path

import numpy as np
import pytest

from core import datasets, home, prepare
from core.answer import Model
from core.explainers import attention
from core.goal import Goal
from core.graph import sources
from core.templates import SHELF

pytestmark = pytest.mark.heavy
TEXT = "the waiter was rude, and the room was cold"


def written(folder: Path, template: str, place: Path) -> tuple[Model, object]:
    """A network as it begins, in the files in which a run leaves it, and the Keras model that it is."""
    import keras

    from core.worker import onnx_file
    from core.worker.build import build

    lines = ["remark,place,mood"]
    for row in range(60):
        lines.append(f"the {('room', 'waiter', 'bed')[row % 3]} number {row} was {('good', 'bad')[row % 2]},"
                     f"in the city of {('Rome', 'Ulm')[row % 2]} by {row},{'yes' if row % 2 else 'no'}")  # fmt: skip
    (place / "remarks.csv").write_text("\n".join(lines), encoding="utf-8")
    data = datasets.add(place / "remarks.csv", "Remarks")
    kinds = {"remark": "text", "place": "text", "mood": "category"}
    goal = Goal("mood", "yes_no", ("remark", "place"), kinds)
    ready = prepare.prepare(data.id, goal)
    graph = SHELF[template].graph(ready.facts, {})
    ready = ready.reading(sources(graph))
    keras.utils.set_random_seed(2)
    model = build(graph, ready.facts)
    home.write_json(folder / "recipes.json", ready.recipes)
    given_as = {name: part["dtype"] for name, part in ready.recipes["inputs"].items()}
    onnx_file.write(model, folder / "model.onnx", given_as)
    return Model.open(folder), model


def by_keras(model, layer: str, codes: np.ndarray) -> np.ndarray:
    """[heads, words, words] of this layer, by calling it with the tensor that it is called with."""
    import keras

    found = model.get_layer(layer)
    before = keras.Model([model.get_layer("remark_tokens").output], found._inbound_nodes[0].input_tensors[0])
    given = before([codes])
    keras.src.backend.set_keras_mask(given, codes != 0)
    return np.asarray(found(given, given, return_attention_scores=True)[1])[0]


def test_it_is_what_the_layers_of_this_column_looked_at(tmp_path: Path):
    model, network = written(tmp_path, "text_transformer", tmp_path)
    row = {"remark": TEXT, "place": "in the city of Rome by night"}
    found = attention.of_row(model, tmp_path, row, "remark")
    assert [word.strip() for word in found.words][:3] == ["the", "waiter", "was"]
    count = len(found.words)
    codes = np.zeros((1, *model.recipes["inputs"]["remark_tokens"]["shape"]), np.int32)
    from core import recipes

    codes = recipes.encode(model.recipes, {name: [text] for name, text in row.items()})["remark_tokens"]
    blocks = [one.name for one in network.layers if type(one).__name__ == "MultiHeadAttention"]
    mine = [name for name in blocks if "_1_" in name.replace("block_1", "").replace("block_2", "")]
    assert len(found.shares) == len(blocks) / 2, (
        "The other column's words look at each other in other layers."
    )
    for shares, name in zip(found.shares, mine, strict=False):
        np.testing.assert_allclose(shares, by_keras(network, name, codes)[:, :count, :count], atol=1e-5)
    np.testing.assert_allclose(found.shares.sum(axis=-1), 1.0, atol=1e-5)


def test_a_network_that_counts_words_looks_at_none(tmp_path: Path):
    model, _ = written(tmp_path, "counted_words", tmp_path)
    row = {"remark": TEXT, "place": ""}
    assert attention.of_row(model, tmp_path, row, "remark") is None
