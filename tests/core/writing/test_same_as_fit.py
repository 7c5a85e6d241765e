"""Where each row is answered at each of its steps, training in chunks comes to the weights of `model.fit`, too."""

from pathlib import Path

import numpy as np
import pytest

from core import home
from core.suggest import writing
from core.templates import SHELF
from core.writing import make
from tests.core.writing.stories import stories

pytestmark = pytest.mark.heavy
BATCH = 64


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_the_weights_are_those_of_fit(tmp_path: Path, smoothing: float):
    import keras

    from core.worker import measures
    from core.worker.build import build
    from core.worker.chunks import Chunks
    from core.worker.loop import row_order
    from core.worker.objective import compile_model

    make(stories(60), writing("story", {"story": "text"}), tmp_path)
    facts = home.read_json(tmp_path / "facts.json")
    read, coming = (np.load(tmp_path / f"train_{name}.npy")[:150] for name in ("text", "y"))
    settings = {"learning_rate": 0.003, "weight_decay": 0.01, "epochs": 1, "label_smoothing": smoothing}
    order, models = row_order(7, 1, len(read)), []
    for _ in range(2):
        keras.utils.set_random_seed(5)
        models.append(build(SHELF["writer"].graph(facts, {"width": 16, "depth": 1, "dropout": 0.1}), facts))
        compile_model(models[-1], "next_token", settings)
    ours, theirs = models
    metric = measures.watched("next_token")
    chunks = Chunks(ours, {"text": read}, coming, BATCH, metric, False)
    chunks.begin_epoch(order)
    losses = np.zeros(0)
    while len(losses) < chunks.steps:
        losses = np.concatenate([losses, chunks.run(len(losses), 2)])
    theirs.compile(theirs.optimizer, theirs.loss, metrics=[measures.watched("next_token")])
    history = theirs.fit(read[order], coming[order], batch_size=BATCH, shuffle=False, verbose=0).history
    assert float(losses @ chunks.sizes(0, chunks.steps)) / len(read) == pytest.approx(
        history["loss"][0], rel=1e-4
    )
    assert float(metric.result()) == pytest.approx(history["bits"][0], rel=1e-4)
    if not smoothing:
        assert float(metric.result()) == pytest.approx(history["loss"][0] / np.log(2), rel=1e-3)
    for one, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=5e-5)
