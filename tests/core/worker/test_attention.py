"""Attention, checked number by number against the formulas of Vaswani et al. 2017 in plain NumPy."""

import numpy as np
import pytest

from core.graph import Graph, Layer, measure
from tests.core.graph.drawings import FACTS

pytestmark = pytest.mark.heavy
Array = np.ndarray


def softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def attention(query: Array, value: Array, weights: dict[str, Array], causal: bool = False) -> Array:
    """MultiHead(Q, K, V) = Concat(head_1, …, head_h) W^O with softmax(Q K^T / sqrt(d_k)) V for each head.

    Source: Vaswani et al., 2017, sections 3.2.1, 3.2.2; 3.2.3 for the mask.
    """
    w = {name: part.astype(np.float64) for name, part in weights.items()}
    heads, key_dim = w["query/kernel"].shape[1:]
    result = np.zeros_like(query)
    for head in range(heads):
        q = query @ w["query/kernel"][:, head] + w["query/bias"][head]
        k = value @ w["key/kernel"][:, head] + w["key/bias"][head]
        v = value @ w["value/kernel"][:, head] + w["value/bias"][head]
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(key_dim)
        if causal:
            later = np.triu(np.ones(scores.shape[1:], bool), 1)
            scores = np.where(later, -np.inf, scores)
        result += softmax(scores) @ v @ w["attention_output/kernel"][head]
    return result + w["attention_output/bias"]


def layer_norm(x: Array, weights: dict[str, Array], epsilon: float) -> Array:
    spread = np.sqrt(x.var(axis=-1, keepdims=True) + epsilon)
    return (x - x.mean(axis=-1, keepdims=True)) / spread * weights["gamma"] + weights["beta"]


def dense(x: Array, weights: dict[str, Array]) -> Array:
    return x @ weights["kernel"] + weights["bias"]


def weights_of(model, layer: str) -> dict[str, Array]:
    """The weights of a layer by their paths inside it."""
    found = model.get_layer(layer)
    return {w.path.split(f"{layer}/")[-1]: w.numpy().astype(np.float64) for w in found.weights}


def model_of(kind: str, fields: dict, shapes: list[tuple[int, int]]):
    """A model that gives what the layer gives, with random weights everywhere, starting values too."""
    import keras

    from core.worker.build import build

    keras.utils.set_random_seed(3)
    names = ["first", "second"][: len(shapes)]
    inputs = {name: {"shape": list(s), "dtype": "float32"} for name, s in zip(names, shapes, strict=True)}
    ends = (Layer("flat", "flatten", ("it",)), Layer("answer", "output", ("flat",)))
    graph = Graph((*(Layer(name, "input") for name in names), Layer("it", kind, tuple(names), fields), *ends))
    facts = {**FACTS, "inputs": inputs}
    assert measure(graph, facts).ok
    model = build(graph, facts)
    dice = np.random.default_rng(5)
    model.set_weights([dice.normal(0, 0.5, w.shape).astype(np.float32) for w in model.get_weights()])
    rows = [dice.normal(size=(3, *shape)).astype(np.float32) for shape in shapes]
    inner = keras.Model(model.inputs, model.get_layer("flat").input)
    return model, rows, inner(rows, training=False).numpy()


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize(("heads", "key_dim"), [(1, 4), (2, 3), (3, 8)])
def test_self_attention_is_that_of_the_paper(heads: int, key_dim: int, causal: bool):
    fields = {"num_heads": heads, "key_dim": key_dim, "use_causal_mask": causal}
    model, (x,), got = model_of("self_attention", fields, [(5, 6)])
    expected = attention(x.astype(np.float64), x.astype(np.float64), weights_of(model, "it"), causal)
    np.testing.assert_allclose(got, expected, atol=2e-5)


@pytest.mark.parametrize("causal", [False, True])
def test_attention_to_another_sequence_is_that_of_the_paper(causal: bool):
    fields = {"num_heads": 2, "key_dim": 4, "use_causal_mask": causal}
    model, (x, y), got = model_of("multi_head_attention", fields, [(5, 6), (5, 3)])
    expected = attention(x.astype(np.float64), y.astype(np.float64), weights_of(model, "it"), causal)
    np.testing.assert_allclose(got, expected, atol=2e-5)


def bend(x: Array, name: str) -> Array:
    from scipy.special import erf

    return np.maximum(x, 0) if name == "relu" else x * (1 + erf(x / np.sqrt(2))) / 2


def sub_layer(x: Array, name: str, model, norm: str, inner) -> Array:
    """LayerNorm(x + Sublayer(x)) of section 3.1, or x + Sublayer(LayerNorm(x)) where the norm comes before."""
    scale = weights_of(model, f"it_{name}_out" if norm == "after" else f"it_{name}_norm")
    if norm == "after":
        return layer_norm(x + inner(x), scale, 1e-5)
    return x + inner(layer_norm(x, scale, 1e-5))


def feed_forward(x: Array, model, fields: dict) -> Array:
    wide = bend(dense(x, weights_of(model, "it_feed_wide")), fields["activation"])
    return dense(wide, weights_of(model, "it_feed_back"))


FIELDS = [
    {"num_heads": 2, "norm": norm, "activation": activation}
    for norm in ("before", "after")
    for activation in ("relu", "gelu")
]


@pytest.mark.parametrize("fields", FIELDS)
def test_an_encoder_is_attention_and_feed_forward_each_with_a_way_around(fields: dict):
    model, (x,), got = model_of("transformer_encoder", fields, [(5, 6)])
    norm, look = fields["norm"], weights_of(model, "it_look")
    x = sub_layer(x.astype(np.float64), "look", model, norm, lambda x: attention(x, x, look))
    expected = sub_layer(x, "feed", model, norm, lambda x: feed_forward(x, model, fields))
    np.testing.assert_allclose(got, expected, atol=5e-5)


@pytest.mark.parametrize("fields", FIELDS)
@pytest.mark.parametrize("with_encoder", [False, True])
def test_a_decoder_looks_back_then_at_the_encoder(fields: dict, with_encoder: bool):
    model, rows, got = model_of("transformer_decoder", fields, [(5, 6), (4, 3)][: 1 + with_encoder])
    norm, back = fields["norm"], weights_of(model, "it_back")
    rows = [row.astype(np.float64) for row in rows]
    x = sub_layer(rows[0], "back", model, norm, lambda x: attention(x, x, back, causal=True))
    if with_encoder:
        across = weights_of(model, "it_across")
        x = sub_layer(x, "across", model, norm, lambda x: attention(x, rows[1], across))
    expected = sub_layer(x, "feed", model, norm, lambda x: feed_forward(x, model, fields))
    np.testing.assert_allclose(got, expected, atol=5e-5)


def test_no_step_of_a_decoder_sees_a_later_one():
    import keras

    model, (x,), before = model_of("transformer_decoder", {"num_heads": 2}, [(6, 4)])
    changed = x.copy()
    changed[:, 4:] += 1.0
    after = keras.Model(model.inputs, model.get_layer("flat").input)([changed], training=False).numpy()
    np.testing.assert_allclose(after[:, :4], before[:, :4], atol=1e-6)
    assert np.abs(after[:, 4:] - before[:, 4:]).max() > 0.01
