"""The same spec with the same seed on the same machine gives the same weights, on several threads too."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import runs
from core.launchers import this_machine
from core.runs import made_with
from core.spec import Spec
from tests.core.worker.runner import history, weights

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent.parent
REPEATS = 2
LAYERS = {
    "embedding": "K.Flatten()(K.Embedding(300, 32)(words))",
    "dense": "K.Dense(1024, 'gelu')(K.BatchNormalization()(K.Dense(1024, 'relu')(numbers)))",
    "convolution": "K.GlobalAveragePooling2D()(K.Conv2D(64, 3)(K.Conv2D(32, 3, activation='relu')(picture)))",
    "attention": "K.GlobalAveragePooling1D()(K.MultiHeadAttention(4, 16)(*[K.Embedding(300, 64)(words)] * 2))",
    "lstm": "K.LSTM(64)(K.Embedding(300, 64)(words))",
}
SCRIPT = """
import hashlib, sys
import keras, numpy as np
from core.worker.chunks import Chunks
from core.worker.objective import compile_model

K, rows = keras.layers, 1024
dice = np.random.default_rng(0)
inputs = {{
    "words": dice.integers(0, 300, (rows, 32)).astype("int32"),
    "numbers": dice.normal(size=(rows, 64)).astype("float32"),
    "picture": dice.normal(size=(rows, 20, 20, 1)).astype("float32"),
}}
keras.utils.set_random_seed(1)
tensors = {{name: keras.Input(array.shape[1:], dtype=array.dtype.name, name=name) for name, array in inputs.items()}}
words, numbers, picture = tensors.values()
used = next(name for name in inputs if name in {layers!r})
answer = K.Dense(1, "sigmoid")(K.Dropout(0.2)({layers}))
model = keras.Model([tensors[used]], answer)
compile_model(model, "yes_no", {{"learning_rate": 1e-3, "weight_decay": 1e-4}}, 8)
truth = (dice.random((rows, 1)) > 0.5).astype("float32")
chunks = Chunks(model, {{used: inputs[used]}}, truth, 128, keras.metrics.AUC(), False)
for epoch in range(2):
    chunks.begin_epoch(dice.permutation(rows))
    step = 0
    while step < chunks.steps:
        step += len(chunks.run(step, 3))
print(hashlib.sha256(b"".join(array.tobytes() for array in model.get_weights())).hexdigest())
"""


def trained(layers: str) -> str:
    """The hash of the weights that a process of its own with two threads comes to."""
    environment = {
        **os.environ, **this_machine.environment(), "OMP_NUM_THREADS": "2", "TF_NUM_INTRAOP_THREADS": "2",
        "CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(layers=layers)], env=environment, capture_output=True, text=True, check=True
    )  # fmt: skip
    return done.stdout.split()[-1]


@pytest.mark.parametrize("layers", LAYERS.values(), ids=LAYERS)
def test_threads_change_no_bit(layers: str):
    assert len({trained(layers) for _ in range(REPEATS)}) == 1


@pytest.mark.parametrize("task", ["yes_no", "one_of_many", "amount", "count"])
def test_the_same_spec_gives_the_same_run(ask: Callable[..., Spec], task: str):
    from core.worker import door

    made = [runs.create(ask(task, epochs=6)) for _ in range(2)]
    for run in made:
        door.enter(run.folder)
    first, second = made
    assert history(first) == history(second)
    assert all(map(np.array_equal, weights(first.folder), weights(second.folder)))
    assert first.results()["metrics"] == second.results()["metrics"]
    assert made_with.read(first.folder) == made_with.read(second.folder)
    assert made_with.agreement(made_with.read(first.folder), "CPU") is None


def test_another_seed_gives_another_run(ask: Callable[..., Spec]):
    from core.worker import door

    spec = ask(epochs=2)
    made = [runs.create(replace(spec, seed=seed)) for seed in (1, 2)]
    for run in made:
        door.enter(run.folder)
    assert history(made[0]) != history(made[1])
