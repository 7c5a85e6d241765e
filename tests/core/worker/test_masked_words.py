"""Words are hidden as BERT's authors hide them, and guessing them gives the loss and the gradients of the formula."""

import numpy as np
import pytest

from core.graph import Graph, Layer
from tests.core.graph.drawings import FACTS

pytestmark = pytest.mark.heavy
WORDS, STEPS = 50, 12
TEXTS_FACTS = {
    **FACTS,
    "inputs": {"text": {"shape": [STEPS], "dtype": "int32", "vocabulary": WORDS, "view": "tokens", "of": "text"}},
}  # fmt: skip


def drawing(*inside: Layer, mask_zero: bool = False) -> Graph:
    layers = [
        Layer("text", "input", fields={"source": "text"}),
        Layer("words", "embedding", ("text",), {"output_dim": 8, "mask_zero": mask_zero}),
    ]
    for layer in inside:
        layers.append(Layer(layer.name, layer.kind, (layers[-1].name,), layer.fields))
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))


ENCODER = drawing(
    Layer("places", "position_embedding"),
    Layer("block", "transformer_encoder", fields={"num_heads": 2, "dropout": 0.0}),
    Layer("mean", "global_average_pooling_1d"),
    mask_zero=True,
)
CONVOLUTION = drawing(
    Layer("near", "conv_1d", fields={"filters": 6, "kernel_size": 3, "padding": "same"}),
    Layer("most", "global_max_pooling_1d"),
)


def texts(rows: int = 40, seed: int = 1) -> np.ndarray:
    dice = np.random.RandomState(seed)
    codes = dice.randint(2, WORDS, (rows, STEPS)).astype(np.int32)
    for row in codes:
        row[dice.randint(3, STEPS + 1) :] = 0
    return codes


def built(graph: Graph):
    import keras

    from core.worker import masked_words
    from core.worker.build import build

    keras.utils.set_random_seed(4)
    whole = build(graph, TEXTS_FACTS)
    return whole, masked_words.guessing(whole, "text", 5)


def hidden(codes: np.ndarray, training: bool = False) -> list[np.ndarray]:
    from core.worker.masked_words import HideWords

    return [np.asarray(part) for part in HideWords(WORDS, 5)(codes, training=training)]


@pytest.mark.parametrize("graph", [ENCODER, CONVOLUTION], ids=["attention", "convolution"])
def test_the_loss_and_its_gradients_are_those_of_the_formula(graph: Graph):
    """The cross-entropy of softmax(norm(gelu(h W + b)) E^T + c) at the hidden places, step by step in plain TensorFlow."""
    import keras
    import tensorflow as tf

    from core.worker import masked_words

    whole, model = built(graph)
    codes = texts()
    shown, blank, places, words, counts = hidden(codes)
    embedding, last = masked_words.reading(whole, "text")
    behind = keras.Model(embedding.output, last)
    head, put = model.get_layer("guess_words"), model.get_layer("blanks")
    bent, scale = head.bent, head.scale
    with tf.GradientTape(persistent=True) as tape:
        read = tf.gather(embedding.embeddings.value, shown)
        read = tf.where(blank[..., None], put.blank.value, read)
        if graph is ENCODER:
            keras.src.backend.set_keras_mask(read, tf.constant(shown != 0))
        states = tf.convert_to_tensor(behind._run_through_graph([read], lambda layer: layer))
        there = tf.gather(states, places, batch_dims=1)
        there = tf.nn.gelu(there @ bent.kernel.value + bent.bias.value)
        mean, spread = tf.nn.moments(there, [-1], keepdims=True)
        there = (there - mean) / tf.sqrt(spread + 1e-6) * scale.gamma.value + scale.beta.value
        near = tf.nn.log_softmax(there @ tf.transpose(embedding.embeddings.value) + head.bias.value)
        each = -tf.gather(near, words, batch_dims=2) * counts
        expected = tf.reduce_mean(tf.reduce_sum(each, 1) / tf.reduce_sum(counts, 1))
        found = tf.reduce_mean(model([codes], training=False)[:, 0])
    assert float(found) == pytest.approx(float(expected), abs=1e-5)
    assert float(found) == pytest.approx(np.log(WORDS), abs=0.7), (
        "Before it has learned, it guesses at random."
    )
    weights = [weight.value for weight in model.trainable_weights]
    assert len(weights) == len(whole.trainable_weights) - 2 + 6, (
        "All but the answer's own two, and the guess's six."
    )
    ours, theirs = tape.gradient(found, weights), tape.gradient(expected, weights)
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(tf.convert_to_tensor(one), tf.convert_to_tensor(other), atol=2e-6)


def test_fifteen_words_of_a_hundred_are_hidden_and_eight_tenths_of_them_by_a_blank():
    codes = np.random.RandomState(2).randint(2, WORDS, (20_000, STEPS)).astype(np.int32)
    shown, blank, places, words, counts = hidden(codes, training=True)
    assert counts.sum() == 20_000 * 2, "2 of 12 is the nearest to 15 %."
    assert blank.sum() / counts.sum() == pytest.approx(0.8, abs=0.01)
    swapped = (shown != codes).sum() / counts.sum()
    assert swapped == pytest.approx(0.1 * (1 - 1 / (WORDS - 2)), abs=0.01)
    np.testing.assert_array_equal(words, np.take_along_axis(codes, places, axis=1))
    assert np.bincount(places[counts > 0]).std() < 200, "Every place is as likely."


def test_neither_padding_nor_unknown_words_are_asked_for():
    codes = np.array([[7, 1, 1, 0], [1, 1, 0, 0], [9, 8, 0, 0]], np.int32)
    shown, blank, _, words, counts = hidden(codes, training=True)
    assert words[counts > 0].tolist() == [7, words[2, 0]]
    assert counts.sum(axis=1).tolist() == [1, 0, 1]
    assert not blank[codes < 2].any()
    assert (shown[codes < 2] == codes[codes < 2]).all()


def test_other_words_are_hidden_each_time_but_always_the_same_are_judged():
    codes = texts()
    from core.worker.masked_words import HideWords

    layer = HideWords(WORDS, 5)
    draws = [np.asarray(layer(codes, training=True)[2]) for _ in range(2)]
    assert not np.array_equal(*draws)
    judged = [np.asarray(layer(codes, training=False)[2]) for _ in range(2)]
    np.testing.assert_array_equal(*judged)


def test_what_follows_from_its_neighbours_is_learned():
    """Each word is followed by the next number: whoever knows that guesses most of them, where chance guesses one of twenty."""
    import keras

    from core.worker.masked_words import Told

    _, model = built(ENCODER)
    codes = (2 + (np.arange(400)[:, None] + np.arange(STEPS)) % 20).astype(np.int32)
    model.compile(keras.optimizers.AdamW(1e-2), Told())
    model.fit([codes], np.zeros((400, 1)), batch_size=32, epochs=40, verbose=0)
    assert np.asarray(model([codes], training=False))[:, 1].mean() > 0.8


def test_a_drawing_that_keeps_no_step_for_each_word_has_nothing_to_guess_with():
    from core.worker import masked_words
    from core.worker.build import build

    facts = {
        **FACTS,
        "inputs": {"text": {"shape": [STEPS, 2], "dtype": "int32", "vocabulary": WORDS, "view": "counts"}},
    }
    layers = (
        Layer("text", "input", fields={"source": "text"}),
        Layer("counted", "counted_words", ("text",), {"units": 4}),
        Layer("answer", "output", ("counted",)),
    )
    assert masked_words.guessing(build(Graph(layers), facts), "text", 5) is None
