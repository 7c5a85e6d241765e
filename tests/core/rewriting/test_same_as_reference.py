"""The drawn network is the Transformer of the paper: loss and gradients beside plain formulas, written out once more."""

import numpy as np
import pytest

from core import rewrite
from core.templates import SHELF
from tests.core.graph.drawings import facts

pytestmark = pytest.mark.heavy
HEADS, WIDTH, SMOOTHING = 2, 8, 0.1


def known() -> dict:
    found = facts("source written", "rewrite")
    for name, steps in (("source", 7), ("written", 6)):
        found["inputs"][name] = {"shape": [steps], "dtype": "int32", "vocabulary": 30}
    return {**found, "output": {"units": 30, "activation": "softmax", "steps": 6}}


def rows(seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Source, what is written so far and what comes next, of different lengths."""
    dice = np.random.RandomState(seed)
    sources = [dice.randint(4, 30, count).tolist() for count in (7, 3, 5, 2)]
    answers = [dice.randint(4, 30, count).tolist() for count in (2, 5, 1, 4)]
    return (
        rewrite.padded(sources, 7),
        rewrite.padded([[rewrite.BEGIN, *codes] for codes in answers], 6),
        rewrite.padded([[*codes, rewrite.END] for codes in answers], 6),
    )


@pytest.fixture(scope="module")
def model():
    import keras

    from core.worker.build import build

    keras.utils.set_random_seed(3)
    graph = SHELF["encoder_decoder"].graph(
        known(), {"width": WIDTH, "depth": 2, "num_heads": HEADS, "dropout": 0.0}
    )
    made = build(graph, known())
    for weight in made.trainable_weights:  # zeros and ones, with which they begin, would hide mistakes
        weight.assign(weight.value + np.random.RandomState(len(weight.path)).normal(0, 0.2, weight.shape))
    return made


class Plain:
    """The formulas of Vaswani et al. 2017 with the norm before each part, by TensorFlow's plain operations."""

    def __init__(self, model):
        self.weights = {weight.path: weight.value for weight in model.trainable_weights}

    def one(self, layer: str, part: str):
        return next(value for path, value in self.weights.items() if path.endswith(f"{layer}/{part}"))

    def norm(self, x, layer: str, epsilon: float):
        import tensorflow as tf

        mean, spread = tf.reduce_mean(x, -1, keepdims=True), tf.math.reduce_variance(x, -1, keepdims=True)
        return (x - mean) / tf.sqrt(spread + epsilon) * self.one(layer, "gamma") + self.one(layer, "beta")

    def dense(self, x, layer: str):
        return x @ self.one(layer, "kernel") + self.one(layer, "bias")

    def attention(self, query, read, layer: str, seen):
        """softmax(QKᵀ/√d)V for each head; `seen` [rows, steps, steps] says what may be looked at."""
        import tensorflow as tf

        def of(x, part: str):
            return (
                tf.einsum("btw,whd->bhtd", x, self.one(layer, f"{part}/kernel"))
                + self.one(layer, f"{part}/bias")[None, :, None]
            )

        scores = of(query, "query") @ tf.linalg.matrix_transpose(of(read, "key")) / np.sqrt(WIDTH // HEADS)
        looked = tf.nn.softmax(tf.where(seen[:, None], scores, -1e9)) @ of(read, "value")
        return tf.einsum("bhtd,hdw->btw", looked, self.one(layer, "attention_output/kernel")) + self.one(
            layer, "attention_output/bias"
        )

    def fed(self, x, block: str):
        import tensorflow as tf

        wide = self.dense(self.norm(x, f"{block}_feed_norm", 1e-5), f"{block}_feed_wide")
        return x + self.dense(0.5 * wide * (1 + tf.math.erf(wide / np.sqrt(2))), f"{block}_feed_back")

    def logits(self, source, written):
        import tensorflow as tf

        def begun(codes, lead: str):
            return tf.gather(self.one(f"{lead}_tokens", "embeddings"), codes) + self.one(
                f"{lead}_places", "positions"
            )

        there = tf.constant(source != rewrite.PADDING)[:, None, :]
        back = tf.constant(np.tril(np.ones((1, written.shape[1], written.shape[1]), bool)))
        x, y = begun(source, "read"), begun(written, "write")
        for number in (1, 2):
            block = f"read_{number}"
            scaled = self.norm(x, f"{block}_look_norm", 1e-5)
            x = self.fed(x + self.attention(scaled, scaled, f"{block}_look", there), block)
        for number in (1, 2):
            block, read = f"write_{number}", self.norm(x, f"read_scale_{number}", 1e-3)
            scaled = self.norm(y, f"{block}_back_norm", 1e-5)
            y = y + self.attention(scaled, scaled, f"{block}_back", back)
            y = y + self.attention(self.norm(y, f"{block}_across_norm", 1e-5), read, f"{block}_across", there)
            y = self.fed(y, block)
        return self.dense(self.norm(y, "write_scale", 1e-3), "answer")

    def loss(self, source, written, coming):
        """The mean cross-entropy of the places that count, with labels smoothed over all codes."""
        import tensorflow as tf

        surprise = -tf.nn.log_softmax(self.logits(source, written))
        own = tf.gather(surprise, coming, batch_dims=2)
        each = (1 - SMOOTHING) * own + SMOOTHING * tf.reduce_mean(surprise, -1)
        counts = tf.constant((coming != rewrite.PADDING).astype(np.float32))
        return tf.reduce_sum(each * counts) / tf.reduce_sum(counts)


def test_loss_and_gradients_are_those_of_the_formulas(model):
    import tensorflow as tf

    from core.worker.objective import loss

    source, written, coming = rows()
    model.compile(loss=loss("rewrite", SMOOTHING))
    with tf.GradientTape() as tape:
        ours = model.compute_loss(None, coming, model([source, written], training=True))
    weights = [weight.value for weight in model.trainable_weights]
    given = tape.gradient(ours, weights)
    with tf.GradientTape() as tape:
        theirs = Plain(model).loss(source, written, coming)
    expected = tape.gradient(theirs, weights)
    assert float(ours) == pytest.approx(float(theirs), rel=1e-5)
    for weight, one, other in zip(model.trainable_weights, given, expected, strict=True):
        np.testing.assert_allclose(
            tf.convert_to_tensor(one), tf.convert_to_tensor(other), atol=2e-5, err_msg=weight.path
        )


def test_padding_of_the_source_is_never_seen_and_nothing_looks_ahead(model):
    source, written, _ = rows()
    said = model.predict([source, written], verbose=0)
    table = model.get_layer("read_tokens")
    before = table.get_weights()
    moved = [before[0].copy()]
    moved[0][rewrite.PADDING] += np.random.RandomState(1).normal(0, 5, WIDTH)
    table.set_weights(moved)
    np.testing.assert_allclose(model.predict([source, written], verbose=0), said, atol=1e-6)
    table.set_weights(before)
    later = written.copy()
    later[:, 4:] = 9
    np.testing.assert_allclose(model.predict([source, later], verbose=0)[:, :4], said[:, :4], atol=1e-6)


@pytest.mark.parametrize("length", [2, 3, 6])
def test_its_halves_say_what_the_whole_says_for_texts_of_any_length(model, length: int):
    import tensorflow as tf

    from core.worker.halves import halves

    source, written, _ = rows()
    reads, writes = halves(model)
    whole = model.predict([source, written], verbose=0)[:, length - 1]
    for row in range(len(source)):
        own = source[row : row + 1, : int((source[row] != rewrite.PADDING).sum())]
        own, so_far = tf.constant(own), tf.constant(written[row : row + 1, :length])
        read = [tf.constant(part.numpy()) for part in reads([own])]
        said, looked = writes([*read, own, so_far])
        np.testing.assert_allclose(said[0], whole[row], atol=1e-6)
        np.testing.assert_allclose(np.asarray(looked).sum(-1), 1, atol=1e-5)


def test_rows_cut_where_their_step_ends_teach_the_same(model):
    import tensorflow as tf

    from core.worker import short_rows
    from core.worker.objective import loss

    source, written, coming = (part[[1, 2]] for part in rows())
    inputs = {"source": source, "written": written}
    assert short_rows.may_be_cut(model, inputs, rewrite.PADDING)
    model.compile(loss=loss("rewrite", SMOOTHING))
    cut = short_rows.cut(
        {name: tf.constant(array) for name, array in (*inputs.items(), ("truth", coming))}, 0
    )
    assert cut["source"].shape[1] == 5
    found = []
    for batch in ({**inputs, "truth": coming}, cut):
        with tf.GradientTape() as tape:
            told = short_rows.outputs(model, [batch["source"], batch["written"]])
            value = model.compute_loss(None, batch["truth"], told)
        found.append((value, tape.gradient(value, [weight.value for weight in model.trainable_weights])))
    assert float(found[0][0]) == pytest.approx(float(found[1][0]), rel=1e-5)
    for one, other in zip(found[0][1], found[1][1], strict=True):
        np.testing.assert_allclose(tf.convert_to_tensor(one), tf.convert_to_tensor(other), atol=1e-5)


def test_a_drawing_that_looks_at_padding_is_never_cut():
    import keras

    from core.worker import short_rows

    source, written = keras.Input((7,), name="source"), keras.Input((6,), name="written")
    read = keras.layers.GlobalAveragePooling1D()(keras.layers.Embedding(30, 4)(source))
    so_far = keras.layers.Embedding(30, 4)(written)
    made = keras.Model([source, written], keras.layers.Add()([so_far, keras.layers.RepeatVector(6)(read)]))
    given = dict(zip(("source", "written"), rows(), strict=False))
    assert not short_rows.may_be_cut(made, given, rewrite.PADDING)


def test_rows_of_like_length_share_a_step_and_none_is_lost():
    from core.worker.short_rows import together

    dice = np.random.default_rng(2)
    lengths, order = dice.integers(1, 50, 1_000), dice.permutation(1_000)
    found = together(order, lengths, 16, 5)
    assert sorted(found.tolist()) == list(range(1_000))
    spread = [np.ptp(lengths[found[at : at + 16]]) for at in range(0, 992, 16)]
    assert np.mean(spread) < 5
    assert together(order, lengths, 16, 5).tolist() == found.tolist()
