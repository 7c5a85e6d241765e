"""For every task and every template, training in chunks comes to the weights of `model.fit` on the same order of rows."""

from collections.abc import Callable

import numpy as np
import pytest

from core import prepare
from core.fields import defaults
from core.spec import Spec
from core.templates import SHELF as TEMPLATES
from tests.core.conftest import TARGETS
from tests.core.graph.drawings import facts

pytestmark = pytest.mark.heavy
EPOCHS, BATCH = 2, 32
CLASSES = {"class_weight": "balanced", "label_smoothing": 0.1}


def fresh(template: str, spec: Spec, facts: dict, settings: dict):
    import keras

    from core.worker.build import build
    from core.worker.objective import compile_model

    keras.utils.set_random_seed(5)
    module = TEMPLATES[template]
    model = build(module.graph(facts, defaults(module.FIELDS)), facts)
    compile_model(model, spec.goal.task, settings)
    return model


@pytest.mark.parametrize(
    "more", [{}, {"schedule": "cosine", "warm_up": 0.5, "global_clipnorm": 0.1, **CLASSES}]
)
@pytest.mark.parametrize(
    "task", sorted(TARGETS)
)  # other tasks have rows of their own; their steps are the same
@pytest.mark.parametrize("template", [name for name in TEMPLATES if TEMPLATES[name].suits(facts())])
def test_the_weights_are_those_of_fit(ask: Callable[..., Spec], template: str, task: str, more: dict):
    from core.worker import measures
    from core.worker.chunks import Chunks
    from core.worker.loop import row_order
    from core.worker.objective import row_weights

    spec = ask(task)
    prepared = prepare.prepare(spec.data, spec.goal)
    settings = {"learning_rate": 0.003, "weight_decay": 0.01, "epochs": EPOCHS, **more}
    inputs, truth = prepared.arrays("train")
    weights = row_weights(task, truth, settings)
    assert (weights is not None) == (bool(more) and task in ("yes_no", "one_of_many"))

    ours = fresh(template, spec, prepared.facts, settings)
    metric = measures.watched(task)
    chunks = Chunks(ours, inputs, truth, BATCH, metric, False, weights=weights)
    found = []
    for epoch in range(1, EPOCHS + 1):
        chunks.begin_epoch(row_order(7, epoch, len(truth)))
        losses = np.zeros(0)
        while len(losses) < chunks.steps:
            losses = np.concatenate([losses, chunks.run(len(losses), 7)])
        found.append((float(losses @ chunks.sizes(0, chunks.steps)) / len(truth), float(metric.result())))

    theirs = fresh(template, spec, prepared.facts, settings)
    theirs.compile(theirs.optimizer, theirs.loss, metrics=[measures.watched(task)])
    for epoch, (loss, value) in enumerate(found, start=1):
        rows = row_order(7, epoch, len(truth))
        history = theirs.fit(
            [inputs[tensor.name][rows] for tensor in theirs.inputs], truth[rows], batch_size=BATCH, shuffle=False,
            verbose=0, sample_weight=None if weights is None else weights[rows],
        ).history  # fmt: skip
        assert loss == pytest.approx(history["loss"][0], rel=1e-4)
        assert value == pytest.approx(history[metric.name][0], abs=1e-4)
    for one, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=5e-5)
