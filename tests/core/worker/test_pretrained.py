"""A pretrained block sees what its makers' own program sees, stays as it is, and is taken along whole."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.backbones import SHELF
from core.graph import Graph, Layer, measure
from core.graph.pretrained import learned_weights, pretrained
from core.layers import SHELF as LAYERS
from core.script import script

pytestmark = pytest.mark.heavy

# Means over all places of EfficientNet-Lite0's last patterns for `pattern(96, 96)`, by the package's own network in
# PyTorch 2.9.1 (`extract_features`, pixels less 127, by 128).
BY_PYTORCH = {
    0: 0.3741,
    2: 2.575,
    39: 4.8078,
    100: 0.7067,
    492: 5.7169,
    566: 4.925,
    655: 5.5561,
    700: 0.0931,
    900: 5.3855,
    920: 5.7175,
    1000: 0.0,
    1279: 0.0,
}


def facts(height: int, width: int, channels: int = 3) -> dict[str, Any]:
    return {
        "rows": {"train": 300, "validation": 60, "test": 60, "left_out": 0}, "columns": 1,
        "inputs": {"photo": {"shape": [height, width, channels], "dtype": "uint8"}},
        "output": {"units": 2, "activation": "softmax"}, "task": "one_of_many", "classes": ["a", "b"], "target": "kind",
    }  # fmt: skip


def drawn(**fields: Any) -> Graph:
    return Graph((
        Layer("photo", "input"), Layer("brightness", "rescaling", ("photo",), {"scale": 1 / 255}),
        Layer("seen", "backbone", ("brightness",), fields), Layer("everywhere", "global_average_pooling_2d", ("seen",)),
        Layer("answer", "output", ("everywhere",)),
    ))  # fmt: skip


def made(graph: Graph, known: dict[str, Any]) -> Any:
    from core.worker import pretrained as worker
    from core.worker.build import build

    model = build(graph, known)
    told = worker.put_weights(model, graph, known, lambda *_: None)
    worker.settle(model, graph, known)
    assert [str(sentence) for sentence in told]
    return model


def pattern(height: int, width: int, channels: int = 3) -> np.ndarray:
    return (
        (np.arange(height * width * channels) * 37 % 256).reshape(1, height, width, channels).astype(np.uint8)
    )


def inside(model: Any, layer: str, pictures: np.ndarray) -> np.ndarray:
    import keras

    return keras.Model(model.inputs, model.get_layer(layer).output).predict(pictures, verbose=0)


def test_it_sees_what_the_package_itself_sees():
    model = made(drawn(until="end"), facts(96, 96))
    found = inside(model, "everywhere", pattern(96, 96))[0]
    for place, value in BY_PYTORCH.items():
        assert found[place] == pytest.approx(value, abs=2e-4)


def test_grey_pictures_are_seen_as_the_same_in_three_channels():
    grey = pattern(40, 52, 1)
    colour = np.repeat(grey, 3, axis=3)
    one, three = (made(drawn(), facts(40, 52, channels)) for channels in (1, 3))
    seen = inside(one, "everywhere", grey)
    assert np.allclose(seen, inside(three, "everywhere", colour), atol=1e-4)


def test_mobile_net_is_that_of_keras_applications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import h5py
    import keras

    theirs = keras.applications.MobileNetV2((64, 47, 3), include_top=False, weights=None)
    dice = np.random.default_rng(7)
    with h5py.File(tmp_path / SHELF["mobilenet_v2"].FILE, "w") as file:
        for layer in theirs.layers:
            moved = 0.4 if isinstance(layer, keras.layers.BatchNormalization) else 0.0
            layer.set_weights(
                [array + moved * dice.uniform(-1, 1, array.shape) for array in layer.get_weights()]
            )
            # As Keras 2 wrote them.
            for weight, value in zip(layer.weights, layer.get_weights(), strict=True):
                name = (
                    f"depthwise_{weight.name}" if "DepthwiseConv2D" in type(layer).__name__ else weight.name
                )
                file.create_dataset(f"{layer.name}/{layer.name}/{name}:0", data=value)
    monkeypatch.setenv("MODELYARD_BACKBONES", str(tmp_path))
    ours = made(drawn(network="mobilenet_v2", until="end"), facts(64, 47))
    pictures = np.random.default_rng(1).integers(0, 256, (2, 64, 47, 3)).astype(np.uint8)
    expected = theirs.predict(pictures / 127.5 - 1, verbose=0)
    found = inside(ours, "seen_head", pictures)
    assert found.shape == expected.shape
    assert np.ptp(expected) > 0.1
    assert np.allclose(found, expected, atol=1e-3 * np.abs(expected).max())


@pytest.mark.parametrize(("learns", "least", "most"), [("nothing", 2, 2), ("last", 20, 40), ("all", 84, 92)])
def test_so_much_of_it_goes_on_learning_as_its_setting_says(learns: str, least: int, most: int):
    graph, known = drawn(learns=learns), facts(64, 64)
    model = made(graph, known)
    assert least <= len(model.trainable_weights) <= most
    assert sum(weight.shape.num_elements() for weight in model.trainable_weights) == learned_weights(
        measure(graph, known)
    )


def test_it_is_found_inside_a_block_of_the_users_own():
    parts = [{"name": "deep", "kind": "backbone", "inputs": ["in_1"], "fields": {}}]
    plain = drawn()
    block = Layer("seen", "own_block", ("brightness",), {"title": "Mine", "parts": parts})
    graph = Graph(tuple(block if layer.name == "seen" else layer for layer in plain.layers))
    known, pictures = facts(48, 48), pattern(48, 48)
    assert len(pretrained(graph, known)[0].stay) == len(pretrained(plain, known)[0].stay)
    alike = [inside(made(drawing, known), "everywhere", pictures) for drawing in (plain, graph)]
    assert np.array_equal(*alike)


def test_the_script_makes_the_same_network_and_takes_its_weights(tmp_path: Path):
    graph, known = drawn(), facts(48, 48)
    model = made(graph, known)
    model.save(tmp_path / "model.keras")
    names: dict[str, Any] = {"__name__": "drawn"}
    told = script(graph, known)
    taken = told.replace(
        '# model.load_weights("model.keras")', f"model.load_weights({str(tmp_path / 'model.keras')!r})"
    )
    assert taken != told
    exec(compile(taken, "drawn.py", "exec"), names)
    again = names["model"]
    assert len(again.trainable_weights) == len(model.trainable_weights) == 2
    pictures = pattern(48, 48)
    assert np.allclose(again.predict(pictures, verbose=0), model.predict(pictures, verbose=0), atol=1e-6)


def test_a_drawing_whose_pictures_it_does_not_know_is_told_so():
    known = facts(48, 48)
    wide = Layer("wide", "conv_2d", ("brightness",), {"filters": 8})
    layers = [
        layer if layer.name != "seen" else Layer("seen", "backbone", ("wide",)) for layer in drawn().layers
    ]
    errors = measure(Graph((*layers[:2], wide, *layers[2:])), known).errors
    assert "1 or 3 channels" in str(errors[0].what)
    assert LAYERS["backbone"].LABEL
