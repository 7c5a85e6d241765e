"""Where a network looks is found: by slopes at its last patterns as the paper says, or by covering places."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core.explainers import SHELF, grad_cam, occlusion
from core.graph import Graph, Layer
from core.templates import SHELF as TEMPLATES
from tests.core.graph.drawings import facts

LOOKED_AT = {
    "picture_network": "look_again_2", "residual_network": "block_3_1_bend_2", "pretrained_network": "pretrained_block_14_expand",
    "classic_network": "", "vision_transformer": "",
}  # fmt: skip


def test_every_way_says_what_it_does():
    for name in SHELF:
        assert str(SHELF[name].LABEL)
        assert str(SHELF[name].HELP).endswith(".")


@pytest.mark.parametrize("name", LOOKED_AT)
def test_the_last_patterns_that_still_have_places_are_looked_at(name: str):
    known = facts("digits", "one_of_many")
    assert grad_cam.layer(TEMPLATES[name].graph(known, {}), known, "digits") == LOOKED_AT[name]


def test_of_two_pictures_each_has_its_own_layer():
    known = facts("digits photo", "one_of_many")
    graph = TEMPLATES["picture_network"].graph(known, {})
    found = [grad_cam.layer(graph, known, source) for source in ("digits", "photo")]
    assert [name.split("_look")[0] for name in found] == ["picture_1", "picture_2"]


def bright_corner(count: int = 3) -> np.ndarray:
    pictures = np.full((count, 28, 28, 1), 40, np.uint8)
    pictures[:, 20:, 20:] = 250
    return pictures


def test_covering_finds_the_place_that_makes_the_answer():
    def predict(inputs: Any) -> np.ndarray:
        return inputs["digits"][:, 21:27, 21:27].mean((1, 2)) / 255

    units, signs = np.zeros(3, int), np.array([1.0, 1.0, -1.0])
    maps = occlusion.explain(predict, {"digits": bright_corner()}, "digits", units, signs)
    assert maps.shape == (3, 7, 7)
    assert maps[:2].argmax(axis=None) % 49 in (40, 41, 47, 48)
    assert maps[0, :5].max() == maps[0, :, :5].max() == 0
    assert maps[2].max() == 0


@pytest.mark.parametrize("shape", [(1, 1, 3), (5, 3, 1), (9, 400, 3)])
def test_pictures_of_any_form_are_covered(shape: tuple[int, int, int]):
    pictures = np.random.default_rng(1).integers(0, 255, (2, *shape)).astype(np.uint8)
    maps = occlusion.explain(
        lambda inputs: inputs["p"].reshape(2, -1).mean(1, keepdims=True) / 255, {"p": pictures}, "p", np.zeros(2, int), np.ones(2)
    )  # fmt: skip
    assert maps.shape == (2, min(7, shape[0]), min(7, shape[1]))
    assert np.isfinite(maps).all()


@pytest.mark.heavy
def test_slopes_are_those_of_the_papers_equations():
    import tensorflow as tf

    from core.worker.build import build

    layers = [
        Layer("digits", "input"), Layer("brightness", "rescaling", (), {"scale": 1 / 255}),
        Layer("look", "conv_2d", (), {"filters": 5}), Layer("everywhere", "global_average_pooling_2d"), Layer("answer", "output"),
    ]  # fmt: skip
    chained = (layers[0], *(Layer(b.name, b.kind, (a.name,), b.fields) for a, b in pairwise(layers)))
    graph, known = Graph(chained), facts("digits", "one_of_many")
    model = build(graph, known)
    pictures = np.random.default_rng(3).integers(0, 255, (4, 28, 28, 1)).astype(np.uint8)
    units = np.array([0, 1, 2, 6])
    found = grad_cam.explain(model, {"digits": pictures}, "look", "answer", units, np.ones(4))
    # Behind average pooling and one dense layer, the slope of a score is its weight, over the count of places (section 3).
    patterns = np.asarray(model.get_layer("look")(tf.constant(pictures / np.float32(255))))
    kernel = model.get_layer("answer").get_weights()[0]
    expected = np.maximum(np.einsum("nhwf,nf->nhw", patterns, kernel.T[units]), 0)
    most = expected.max(axis=(1, 2), keepdims=True)
    assert np.allclose(found, expected / np.where(most > 0, most, 1), atol=1e-4)


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["picture_network", "residual_network", "pretrained_network"])
def test_every_network_with_places_is_explained(name: str):
    from core.worker.build import build

    known = facts("numbers digits", "yes_no")
    graph = TEMPLATES[name].graph(known, {})
    model = build(graph, known)
    inputs = {"digits": bright_corner(), "numbers": np.ones((3, 57), np.float32)}
    layer = grad_cam.layer(graph, known, "digits")
    maps = grad_cam.explain(model, inputs, layer, "answer", np.zeros(3, int), np.array([1.0, -1.0, 1.0]))
    assert maps.shape[0] == 3
    assert maps.ndim == 3
    assert np.isfinite(maps).all()
    assert maps.min() >= 0
    assert maps.max() <= 1
