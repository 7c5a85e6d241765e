"""A process in which the processor counts as two devices: one training on one of them, and on both."""

import json

import keras
import numpy as np
import tensorflow as tf

from core.worker.chunks import Chunks
from core.worker.pace import Way

ROWS, EPOCHS, SEED = 997, 2, 3
DEVICES = ["/CPU:0", "/CPU:1"]


def model(optimizer: keras.optimizers.Optimizer) -> keras.Model:
    keras.utils.set_random_seed(SEED)
    numbers, codes = keras.Input((20,), name="numbers"), keras.Input((3,), dtype="int32", name="categories")
    seen = keras.layers.Flatten()(keras.layers.Embedding(50, 4)(codes))
    hidden = keras.layers.Dense(32, "relu")(keras.layers.Concatenate()([numbers, seen]))
    made = keras.Model([numbers, codes], keras.layers.Dense(1)(hidden))
    made.compile(optimizer, "mse")
    return made


def trained(devices: list[str], optimizer: keras.optimizers.Optimizer, batch_size: int) -> Chunks:
    dice = np.random.default_rng(SEED)
    numbers = dice.standard_normal((ROWS, 20), np.float32)
    inputs = {"numbers": numbers, "categories": dice.integers(0, 50, (ROWS, 3), np.int32)}
    truth = 2 * numbers[:, :1] + numbers[:, 1:2] ** 2
    weights = dice.random(ROWS).astype(np.float32)
    metric = keras.metrics.MeanAbsoluteError()
    chunks = Chunks(
        model(optimizer), inputs, truth, batch_size, metric, fast=False, weights=weights, devices=devices
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
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
