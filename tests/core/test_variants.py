"""Variants of a picture are those that Keras's layers would make while training, and the same for the same seed."""

from typing import Any

import numpy as np
import pytest

from core import variants
from core.graph import Graph, Layer
from core.templates import SHELF
from tests.core.graph.drawings import facts

DRAWN = np.random.default_rng(3).integers(0, 255, (13, 18, 3)).astype(np.uint8)
EDGES = ("nearest", "reflect", "wrap", "constant")


def test_the_layers_in_front_of_the_network_are_found_in_their_order():
    known = {**facts("digits photo"), "mirrored": ["digits", "photo"]}
    graph = SHELF["picture_network"].graph(known, {})
    found = [layer.kind for layer in variants.changing(graph, known, "photo")]
    assert found == ["random_flip", "random_translation", "random_rotation", "random_zoom"]
    assert (
        variants.changing(SHELF["picture_network"].graph(known, {"augmentation": "none"}), known, "photo")
        == []
    )


def test_a_drawing_that_does_not_work_yet_has_none():
    assert variants.changing(Graph((Layer("digits", "input"),)), facts("digits"), "digits") == []


def test_the_same_seed_gives_the_same_picture_and_another_one_another():
    known = facts("photo")
    layers = variants.changing(SHELF["picture_network"].graph(known, {}), known, "photo")
    one, same, other = (variants.varied(DRAWN, layers, seed) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert one.shape == DRAWN.shape
    assert one.dtype == np.uint8


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 30, 3), (40, 2, 1)])
def test_pictures_of_any_form_are_varied(shape: tuple[int, int, int]):
    known = facts("digits")
    layers = variants.changing(SHELF["picture_network"].graph(known, {}), known, "digits")
    assert variants.varied(np.full(shape, 7, np.uint8), layers, 1).tolist() == np.full(shape, 7).tolist()


class Fixed:
    """Dice that always throw the highest number."""

    def uniform(self, low: float, high: float) -> float:
        return high

    def random(self) -> float:
        return 0.0


@pytest.mark.heavy
@pytest.mark.parametrize("edges", EDGES)
@pytest.mark.parametrize(
    ("kind", "name", "given", "fixed"),
    [
        ("random_translation", "RandomTranslation", {"height_factor": 0.2, "width_factor": 0.1},
         {"height_factor": (0.2, 0.2), "width_factor": (0.1, 0.1)}),
        ("random_zoom", "RandomZoom", {"height_factor": 0.25}, {"height_factor": (0.25, 0.25)}),
        ("random_rotation", "RandomRotation", {"factor": 0.07}, {"factor": (0.07, 0.07)}),
    ],
)  # fmt: skip
def test_a_change_is_that_of_keras(kind: str, name: str, given: dict, fixed: dict, edges: str):
    import keras

    fields: dict[str, Any] = {**given, "fill_mode": edges, "interpolation": "bilinear"}
    ours = variants.CHANGES[kind](DRAWN.astype(np.float32), fields, Fixed())
    layer = getattr(keras.layers, name)(**fixed, fill_mode=edges, interpolation="bilinear")
    theirs = np.asarray(layer(DRAWN[None].astype(np.float32), training=True))[0]
    # Beyond the edges TensorFlow wraps places between two pixels in a way of its own.
    inside = np.s_[5:-5, 7:-7] if edges in ("constant", "wrap") else np.s_[:]
    assert np.abs(ours - theirs)[inside].max() < 0.1
