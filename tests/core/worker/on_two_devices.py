"""A process in which the processor counts as two devices: one training on one of them, and on both."""

import json

import keras
import numpy as np
import tensorflow as tf

from core.worker.chunks import Chunks
from core.worker.pace import Way

ROWS, EPOCHS, SEED = 997, 2, 3
DEVICES = ["/CPU:0", "/CPU:1"]


def model(optimizer: keras.optimizers.Optimizer, normal: bool = False) -> keras.Model:
    keras.utils.set_random_seed(SEED)
    numbers, codes = keras.Input((20,), name="numbers"), keras.Input((3,), dtype="int32", name="categories")
    seen = keras.layers.Flatten()(keras.layers.Embedding(50, 4)(codes))
    hidden = keras.layers.Dense(32, "relu")(keras.layers.Concatenate()([numbers, seen]))
    hidden = keras.layers.BatchNormalization(name="normal")(hidden) if normal else hidden
    made = keras.Model([numbers, codes], keras.layers.Dense(1)(hidden))
    made.compile(optimizer, "mse")
    return made


def rows() -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """Inputs, truth, and how much each row counts."""
    dice = np.random.default_rng(SEED)
    numbers = dice.standard_normal((ROWS, 20), np.float32)
    inputs = {"numbers": numbers, "categories": dice.integers(0, 50, (ROWS, 3), np.int32)}
    return inputs, 2 * numbers[:, :1] + numbers[:, 1:2] ** 2, dice.random(ROWS).astype(np.float32)


def trained(
    devices: list[str], optimizer: keras.optimizers.Optimizer, batch_size: int, normal: bool = False
) -> Chunks:
    inputs, truth, weights = rows()
    metric = keras.metrics.MeanAbsoluteError()
    chunks = Chunks(
        model(optimizer, normal),
        inputs,
        truth,
        batch_size,
        metric,
        fast=False,
        weights=weights,
        devices=devices,
    )
    for epoch in range(EPOCHS):
        chunks.begin_epoch(np.random.default_rng([SEED, epoch]).permutation(ROWS))
        at = 0
        while at < chunks.steps:
            at += len(chunks.run(at, 7))
    return chunks


def difference(first: Chunks, second: Chunks) -> dict[str, float]:
    pairs = zip(first.model.get_weights(), second.model.get_weights(), strict=True)
    return {
        "weights": max(float(np.abs(a - b).max()) for a, b in pairs),
        "metric": abs(float(first.metric.result()) - float(second.metric.result())),
    }


def places(chunks: Chunks) -> list[str]:
    """The devices that multiply."""
    functions = chunks._loops[Way()].get_concrete_function().graph.as_graph_def().library.function
    found = {node.device for function in functions for node in function.node_def if node.op == "MatMul"}
    return sorted(found)


def remembered(chunks: Chunks) -> dict[str, float]:
    """How far what batch normalization remembers beside the averaged weights is from what plain Keras finds there."""
    layer = chunks.model.get_layer("normal")
    with chunks.averaged():
        in_front = keras.Model(chunks.model.inputs, layer.input)
        given = in_front.predict([rows()[0][tensor.name] for tensor in chunks.model.inputs], verbose=0)
        return {
            "mean": float(np.abs(layer.moving_mean.numpy() - given.mean(0)).max()),
            "variance": float(np.abs(layer.moving_variance.numpy() - given.var(0)).max()),
        }


def main() -> None:
    processor = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(processor, [tf.config.LogicalDeviceConfiguration()] * 2)

    def plain() -> keras.optimizers.Optimizer:
        return keras.optimizers.SGD(0.01, momentum=0.9, global_clipnorm=1.0)

    def usual() -> keras.optimizers.Optimizer:
        return keras.optimizers.AdamW(
            0.01, weight_decay=1e-3, global_clipnorm=1.0, use_ema=True, ema_momentum=0.9
        )

    both = trained(DEVICES, plain(), 64)
    told = {
        "places": places(both),
        "clipped": difference(trained([], plain(), 64), both),
        # The last batch holds one row: one device gets none.
        "one row": difference(trained([], plain(), 83), trained(DEVICES, plain(), 83)),
        "usual": difference(trained([], usual(), 64), trained(DEVICES, usual(), 64)),
        "normal": remembered(trained(DEVICES, usual(), 64, normal=True)),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
