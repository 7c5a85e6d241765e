"""Training in chunks is Keras's own training: same rows in the same order, same weights."""

from pathlib import Path

import numpy as np
import pytest

from tests.core.graph.drawings import FACTS, drawing

pytestmark = pytest.mark.heavy
ROWS, BATCH = 203, 16  # twelve whole batches and a rest of eleven


def data() -> tuple[dict[str, np.ndarray], np.ndarray]:
    dice = np.random.default_rng(1)
    numbers = dice.normal(size=(ROWS, 5)).astype(np.float32)
    categories = dice.integers(0, 7, (ROWS, 3)).astype(np.int32)
    truth = (numbers[:, :1] + (categories[:, :1] > 3) > 0.5).astype(np.float32)
    return {"numbers": numbers, "categories": categories}, truth


def model(dropout: float = 0.2):
    import keras
    from keras import layers

    keras.utils.set_random_seed(3)
    numbers = keras.Input((5,), name="numbers")
    categories = keras.Input((3,), dtype="int32", name="categories")
    told = layers.Flatten()(layers.Embedding(7, 2)(categories))
    hidden = layers.Dense(8, activation="relu")(layers.Concatenate()([numbers, told]))
    hidden = layers.Dropout(dropout)(layers.BatchNormalization()(hidden))
    made = keras.Model([numbers, categories], layers.Dense(1, activation="sigmoid")(hidden))
    made.compile(
        keras.optimizers.AdamW(0.01, weight_decay=0.01, global_clipnorm=1.0),
        "binary_crossentropy", metrics=[keras.metrics.AUC(name="roc_auc")],
    )  # fmt: skip
    return made


def order(epoch: int) -> np.ndarray:
    return np.random.default_rng(epoch).permutation(ROWS)


def fitted(epochs: int, dropout: float):
    inputs, truth = data()
    made, history = model(dropout), []
    for epoch in range(epochs):
        rows = order(epoch)
        given = [inputs["numbers"][rows], inputs["categories"][rows]]
        history.append(made.fit(given, truth[rows], batch_size=BATCH, shuffle=False, verbose=0).history)
    return made, history


def in_chunks(epochs: int, fast: bool, piece: int, dropout: float = 0.2):
    import keras

    from core.worker.chunks import Chunks

    inputs, truth = data()
    made = model(dropout)
    chunks = Chunks(made, inputs, truth, BATCH, keras.metrics.AUC(name="roc_auc"), fast)
    history = []
    for epoch in range(epochs):
        chunks.begin_epoch(order(epoch))
        losses = np.zeros(0)
        while len(losses) < chunks.steps:
            losses = np.concatenate([losses, chunks.run(len(losses), piece)])
        loss = float(losses @ chunks.sizes(0, chunks.steps)) / ROWS
        history.append({"loss": [loss], "roc_auc": [float(chunks.metric.result())]})
    return chunks, history


@pytest.mark.parametrize(("fast", "piece"), [(False, 5), (False, 100), (True, 4)])
def test_chunks_give_the_weights_and_the_history_of_fit(fast: bool, piece: int):
    dropout = 0.0 if fast else 0.2  # XLA draws other random numbers
    expected, expected_history = fitted(3, dropout)
    chunks, history = in_chunks(3, fast, piece, dropout)
    for ours, theirs in zip(chunks.model.get_weights(), expected.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-5)
    for ours, theirs in zip(history, expected_history, strict=True):
        assert ours["loss"] == pytest.approx(theirs["loss"], abs=1e-5)
        assert ours["roc_auc"] == pytest.approx(theirs["roc_auc"], abs=1e-5)


def test_judging_is_evaluating():
    chunks, _ = in_chunks(1, False, 100)
    inputs, truth = data()
    loss, outputs = chunks.judge(inputs, truth)
    given = [inputs["numbers"], inputs["categories"]]
    assert loss == pytest.approx(chunks.model.evaluate(given, truth, verbose=0)[0], abs=1e-6)
    np.testing.assert_allclose(outputs, chunks.model.predict(given, verbose=0), atol=1e-6)


def test_a_batch_larger_than_the_table_is_the_table():
    import keras

    from core.worker.chunks import Chunks

    inputs, truth = data()
    chunks = Chunks(model(), inputs, truth, 5_000, keras.metrics.AUC(), False)
    chunks.begin_epoch(order(0))
    assert (chunks.steps, chunks.batch_size) == (1, ROWS)
    assert len(chunks.run(0, 50)) == 1


def test_fewer_rows_are_judged_at_once_where_a_layer_holds_much():
    import keras

    from core.worker.chunks import MOST_VALIDATION_NUMBERS, MOST_VALIDATION_ROWS, Chunks

    inputs, truth = data()
    found = [
        Chunks(model(), inputs, truth, 32, keras.metrics.AUC(), False, widest).judged_at_once
        for widest in (1, 160_000, 10**12)
    ]
    assert found == [MOST_VALIDATION_ROWS, MOST_VALIDATION_NUMBERS // 160_000, 32]


@pytest.mark.parametrize("fast", [False, True])
def test_what_is_judged_is_the_average_of_the_latest_weights_as_fit_leaves_it(fast: bool):
    import keras

    from core.worker.chunks import Chunks

    inputs, truth = data()
    momentum = {"use_ema": True, "ema_momentum": 0.9}
    made, by_hand = model(dropout=0.0), model(dropout=0.0)
    for one in (made, by_hand):
        one.compile(
            keras.optimizers.AdamW(0.01, weight_decay=0.01, global_clipnorm=1.0, **momentum), one.loss
        )
    rows = order(1)
    # At its end `fit` puts the average into the model.
    given = [inputs["numbers"][rows], inputs["categories"][rows]]
    by_hand.fit(given, truth[rows], batch_size=BATCH, shuffle=False, verbose=0)
    chunks = Chunks(made, inputs, truth, BATCH, keras.metrics.AUC(), fast)
    chunks.begin_epoch(rows)
    at = 0
    while at < chunks.steps:
        at += len(chunks.run(at, 5))
    latest = made.get_weights()
    # What batch normalization remembers while it trains is Keras's too; beside the average stands its own.
    same_weights(numbers(made.non_trainable_weights), numbers(by_hand.non_trainable_weights))
    with chunks.averaged():
        averaged = numbers(made.trainable_weights)
    same_weights(averaged, numbers(by_hand.trainable_weights))
    assert not np.allclose(averaged[0], latest[0], atol=1e-4)
    assert all(
        np.array_equal(before, after) for before, after in zip(latest, made.get_weights(), strict=True)
    )


def test_recurrent_layers_and_attention_learn_the_same_when_compiled():
    import keras

    from core import speed
    from core.graph import measure
    from core.worker.build import build
    from core.worker.chunks import Chunks
    from core.worker.objective import compile_model

    graph = drawing(
        "numbers: input", "steps: reshape < numbers", "memory: lstm < steps", "both: bidirectional < memory",
        "look: self_attention < both", "row: global_average_pooling_1d < look", "answer: output < row",
        steps={"target_shape": [19, 3]}, memory={"units": 4, "return_sequences": True}, look={"num_heads": 2},
        both={"units": 3, "cell": "gru", "return_sequences": True},
    )  # fmt: skip
    assert speed.worth_compiling(measure(graph, FACTS), 10_000, 100)
    inputs = {"numbers": np.random.default_rng(2).normal(size=(ROWS, 57)).astype(np.float32)}
    truth = (inputs["numbers"][:, :1] > 0).astype(np.float32)
    found = []
    for fast in (False, True):
        keras.utils.set_random_seed(5)
        made = build(graph, FACTS)
        compile_model(made, "yes_no", {"learning_rate": 0.01, "weight_decay": 0.01})
        chunks = Chunks(made, inputs, truth, BATCH, keras.metrics.AUC(), fast)
        chunks.begin_epoch(order(1))
        found.append(chunks.run(0, 12))
    np.testing.assert_allclose(found[0], found[1], rtol=1e-4)


def by_fit(made, weights: np.ndarray | None = None):
    inputs, truth = data()
    rows = order(1)
    given = [inputs["numbers"][rows], inputs["categories"][rows]]
    sample_weight = None if weights is None else weights[rows]
    history = made.fit(
        given, truth[rows], batch_size=BATCH, shuffle=False, verbose=0, sample_weight=sample_weight
    ).history
    return made.get_weights(), history["loss"][0]


def by_chunks(made, **how):
    import keras

    from core.worker.chunks import Chunks

    inputs, truth = data()
    chunks = Chunks(made, inputs, truth, BATCH, keras.metrics.AUC(name="roc_auc"), False, **how)
    chunks.begin_epoch(order(1))
    losses = np.zeros(0)
    while len(losses) < chunks.steps:
        losses = np.concatenate([losses, chunks.run(len(losses), 5)])
    return made.get_weights(), float(losses @ chunks.sizes(0, chunks.steps)) / ROWS


def numbers(weights: list) -> list[np.ndarray]:
    return [weight.value.numpy().copy() for weight in weights]


def same_weights(ours: list[np.ndarray], theirs: list[np.ndarray], atol: float = 2e-5) -> None:
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other, atol=atol)


def test_rows_that_count_more_count_as_in_fit():
    weights = np.random.default_rng(4).uniform(0.2, 3, ROWS).astype(np.float32)
    (ours, loss), (theirs, expected) = by_chunks(model(), weights=weights), by_fit(model(), weights)
    same_weights(ours, theirs)
    assert loss == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("parts", [2, 3, 16])
def test_a_batch_in_parts_is_the_same_step(parts: int):
    """Without layers that look at the whole batch or draw lots, which see one part at a time."""
    import keras

    def plain():
        keras.utils.set_random_seed(3)
        numbers = keras.Input((5,), name="numbers")
        categories = keras.Input((3,), dtype="int32", name="categories")
        told = keras.layers.Flatten()(keras.layers.Embedding(7, 2)(categories))
        hidden = keras.layers.Dense(8, "tanh")(keras.layers.Concatenate()([numbers, told]))
        made = keras.Model([numbers, categories], keras.layers.Dense(1, activation="sigmoid")(hidden))
        made.compile(keras.optimizers.AdamW(0.01, global_clipnorm=1.0), "binary_crossentropy")
        return made

    weights = np.random.default_rng(4).uniform(0.2, 3, ROWS).astype(np.float32)
    (ours, loss), (theirs, expected) = (
        by_chunks(plain(), parts=parts, weights=weights),
        by_fit(plain(), weights),
    )
    same_weights(ours, theirs, atol=2e-6)
    assert loss == pytest.approx(expected, abs=1e-6)


def on_disk(folder: Path) -> tuple[dict[str, np.ndarray], np.ndarray]:
    inputs, truth = data()
    found = {}
    for name, array in {**inputs, "y": truth}.items():
        np.save(folder / f"{name}.npy", array)
        found[name] = np.load(folder / f"{name}.npy", mmap_mode="r")
    return {name: found[name] for name in inputs}, found["y"]


@pytest.mark.parametrize(
    ("fast", "bytes_at_once"), [(False, 1), (False, 2_000), (True, 2_000), (False, 10**9)]
)
def test_rows_from_disk_are_learned_from_like_rows_in_memory(
    fast: bool, bytes_at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import keras

    from core.worker import rows
    from core.worker.chunks import Chunks

    monkeypatch.setattr(rows, "BYTES_AT_ONCE", bytes_at_once)
    weights = np.random.default_rng(4).uniform(0.2, 3, ROWS).astype(np.float32)
    found = []
    for streamed in (False, True):
        inputs, truth = on_disk(tmp_path)
        made = model(dropout=0.0 if fast else 0.2)
        chunks = Chunks(
            made, inputs, truth, BATCH, keras.metrics.AUC(), fast, weights=weights, streamed=streamed
        )
        assert chunks.streamed == streamed
        for epoch in range(2):
            chunks.begin_epoch(order(epoch))
            at = 0
            while at < chunks.steps:
                at += len(chunks.run(at, 5))
        found.append((made.get_weights(), float(chunks.metric.result()), chunks.judge(inputs, truth)[0]))
    (memory, auc, loss), (disk, disk_auc, disk_loss) = found
    same_weights(disk, memory, atol=1e-5)
    assert (disk_auc, disk_loss) == pytest.approx((auc, loss), abs=1e-5)


def test_going_back_within_an_epoch_reads_the_same_rows_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import keras

    from core.worker import rows
    from core.worker.chunks import Chunks

    monkeypatch.setattr(rows, "BYTES_AT_ONCE", 2_000)
    inputs, truth = on_disk(tmp_path)
    chunks = Chunks(model(0.0), inputs, truth, BATCH, keras.metrics.AUC(), False, streamed=True)
    chunks.model.optimizer.learning_rate = 0.0
    chunks.begin_epoch(order(1))
    first = [float(chunks.run(step, 1)[0]) for step in range(chunks.steps)]
    chunks.begin_epoch(order(1))
    again = [float(chunks.run(step, 1)[0]) for step in (7, 2, 12, 0, 11)]
    assert again == pytest.approx([first[step] for step in (7, 2, 12, 0, 11)], abs=1e-6)
