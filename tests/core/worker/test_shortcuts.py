"""Shorter ways through layers come to Keras's own numbers and gradients; where a layer is left out follows the odds."""

import numpy as np
import pytest

from tests.core.graph.drawings import drawing

pytestmark = pytest.mark.heavy
FACTS = {
    "inputs": {
        "words": {"shape": [12], "dtype": "int32", "vocabulary": 30},
        "numbers": {"shape": [5], "dtype": "float32"},
        "pair": {"shape": [6, 8], "dtype": "float32"},
    },
    "output": {"units": 3, "activation": "softmax"}, "task": "one_of_many", "rows": {"train": 100},
}  # fmt: skip
STILL = {"dropout": 0.0}


def rows(count: int = 7) -> dict[str, np.ndarray]:
    dice = np.random.default_rng(4)
    return {
        "words": dice.integers(0, 30, (count, 12)).astype(np.int32),
        "numbers": dice.normal(size=(count, 5)).astype(np.float32),
        "pair": dice.normal(size=(count, 6, 8)).astype(np.float32),
    }


def both_ways(*lines: str, **fields):
    """Loss, outputs and gradients by Keras's layers and by the shortcuts, from the same random state."""
    import keras
    import tensorflow as tf

    from core.worker import shortcuts
    from core.worker.build import build

    given, truth, found = rows(), np.arange(7)[:, None] % 3, []
    for short in (False, True):
        keras.utils.set_random_seed(8)
        model = build(drawing(*lines, **fields), FACTS)
        model.compile("sgd", "sparse_categorical_crossentropy")
        inputs = [tf.constant(given[tensor.name]) for tensor in model.inputs]
        with tf.GradientTape() as tape:
            outputs = shortcuts.outputs(model, inputs) if short else model(inputs, training=True)
            loss = model.compute_loss(inputs, truth, outputs, training=True)
        weights = [weight.value for weight in model.trainable_weights]
        gradients = [tf.convert_to_tensor(one).numpy() for one in tape.gradient(loss, weights)]
        found.append([float(loss), outputs.numpy(), *gradients])
    return found


READING = ("words: input", "told: embedding < words", "placed: position_embedding < told")
ENDING = ("row: global_average_pooling_1d < last", "answer: output < row")


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        ((*READING, "last: transformer_encoder < placed", *ENDING), {"last": STILL}),
        ((*READING, "last: transformer_decoder < placed", *ENDING), {"last": {**STILL, "norm": "after"}}),
        ((*READING, "pair: input", "last: transformer_decoder < placed pair", *ENDING), {"last": STILL}),
        ((*READING, "last: self_attention < placed", *ENDING), {"last": {"use_bias": False, "num_heads": 2}}),
        ((*READING, "last: self_attention < placed", *ENDING), {"last": {"dropout": 0.4, "num_heads": 2}}),
        (("pair: input", "last: multi_head_attention < pair pair", *ENDING), {}),
        (("pair: input", "last: time_distributed < pair", *ENDING), {}),
        (("pair: input", "last: dense < pair", *ENDING), {"last": {"activation": "gelu", "use_bias": False}}),
        (("numbers: input", "one: dense < numbers", "two: batch_normalization < one", "answer: output < two"),
         {"one": {"activation": "gelu"}}),
        (("numbers: input", "one: dense < numbers", "two: dropout < one", "answer: output < two"),
         {"two": {"rate": 0.0}}),
    ],
)  # fmt: skip
def test_shortcuts_give_the_numbers_and_gradients_of_keras(lines: tuple[str, ...], fields: dict):
    usual, short = both_ways(*lines, **fields)
    for ours, theirs in zip(short, usual, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-5, atol=2e-6)


def test_the_loss_is_computed_from_the_numbers_before_the_softmax():
    """As in Keras: from chances that have become zero no gradient would come."""
    import tensorflow as tf

    from core.worker import shortcuts
    from core.worker.build import build

    model = build(drawing("numbers: input", "answer: output < numbers"), FACTS)
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.layers[-1].set_weights([np.zeros((5, 3)), np.array([0.0, 300.0, 0.0])])
    inputs = [tf.constant(rows()["numbers"])]

    @tf.function
    def loss():
        return model.compute_loss(inputs, np.zeros((7, 1)), shortcuts.outputs(model, inputs))

    assert float(loss()) == pytest.approx(300, abs=1e-3)


def left_out(rate: float, times: int = 20) -> np.ndarray:
    """Where a layer has left something out, [times, rows, columns]."""
    import keras
    import tensorflow as tf

    from core.worker import shortcuts

    keras.utils.set_random_seed(2)
    layer = keras.layers.Dropout(rate)
    ones = tf.ones((100, 64))
    found = np.stack([shortcuts.dropout(layer, ones).numpy() for _ in range(times)])
    np.testing.assert_allclose(found[found > 0], 1 / (1 - rate), rtol=1e-6)
    return found == 0


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.5, 0.9])
def test_so_many_are_left_out_as_was_asked(rate: float):
    found = left_out(rate)
    spread = (rate * (1 - rate)) ** 0.5
    assert abs(found.mean() - rate) < 4 * spread / found.size**0.5
    for axis in range(3):  # in every step, row and column alike
        means = found.mean(axis=tuple(other for other in range(3) if other != axis))
        expected = spread / (found.size / len(means)) ** 0.5
        assert 0.6 * expected < means.std() < 1.5 * expected


@pytest.mark.parametrize("ahead", [(0, 0, 1), (0, 1, 0), (1, 0, 0), (0, 0, 2), (2, 1, 1)])
def test_what_is_left_out_tells_nothing_of_its_neighbours_or_of_the_next_step(ahead: tuple[int, ...]):
    found = left_out(0.5).astype(float) - 0.5
    here = found[tuple(slice(0, size - step) for size, step in zip(found.shape, ahead, strict=True))]
    there = found[tuple(slice(step, None) for step in ahead)]
    assert abs((here * there).mean() / 0.25) < 4 / here.size**0.5


def test_the_random_numbers_are_spread_evenly():
    import tensorflow as tf

    from core.worker import shortcuts

    drawn = shortcuts.hashed(tf.constant([12345, 1], tf.uint32), (1 << 16,)).numpy()
    for shift in (0, 8, 16, 24):
        counts = np.bincount((drawn >> shift) & 255, minlength=256)
        chi = ((counts - 256) ** 2 / 256).sum()
        assert 160 < chi < 360  # 255 degrees of freedom, beyond four standard deviations


def test_compiled_training_with_dropout_learns_and_goes_on_from_its_seeds():
    import keras

    from core.worker.build import build
    from core.worker.chunks import Chunks
    from core.worker.objective import compile_model

    graph = drawing(*READING, "last: transformer_encoder < placed", *ENDING, last={"dropout": 0.3})
    given = {"words": rows(64)["words"]}
    truth = given["words"][:, :1] % 3

    def steps(pieces: list[int]) -> tuple[list[float], list[np.ndarray]]:
        keras.utils.set_random_seed(6)
        model = build(graph, FACTS)
        compile_model(model, "one_of_many", {"learning_rate": 0.01, "weight_decay": 0.0})
        chunks = Chunks(model, given, truth, 16, keras.metrics.SparseCategoricalAccuracy(), True)
        chunks.begin_epoch(np.arange(64))
        ends = np.cumsum([0, *pieces])[:-1]
        losses = [chunks.run(int(first), count) for first, count in zip(ends, pieces, strict=True)]
        return np.concatenate(losses).tolist(), model.get_weights()

    whole, weights = steps([4])
    cut, same = steps([1, 2, 1])
    assert whole == cut
    assert all(np.array_equal(a, b) for a, b in zip(weights, same, strict=True))
