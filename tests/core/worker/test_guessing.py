"""The loss of guessing is what Keras counts for a network that always answers the same."""

import numpy as np
import pytest

pytestmark = pytest.mark.heavy

RANDOM = np.random.RandomState(5)
TRUTHS = {
    "yes_no": [(RANDOM.rand(rows, 1) < 0.2).astype(np.float32) for rows in (300, 80)],
    "one_of_many": [RANDOM.choice(4, rows, p=[0.6, 0.25, 0.1, 0.05]).astype(np.int32) for rows in (300, 80)],
    "count": [RANDOM.poisson(2, (rows, 1)).astype(np.float32) / 2 for rows in (300, 80)],
    "many_of_many": [(RANDOM.rand(rows, 3) < [0.1, 0.4, 0.7]).astype(np.float32) for rows in (300, 80)],
    "amount_range": [RANDOM.randn(rows, 1).astype(np.float32) * 2 + 1 for rows in (300, 80)],
    "amount": [RANDOM.randn(rows, 1).astype(np.float32) * 2 + 1 for rows in (300, 80)],
}


@pytest.mark.parametrize("task", TRUTHS)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("weight", ["none", "balanced"])
def test_it_is_the_loss_that_keras_counts_for_the_same_answer_in_every_row(
    task: str, smoothing: float, weight: str
):
    import keras

    from core.worker import guessing, objective

    settings = {"label_smoothing": smoothing, "class_weight": weight}
    train, validation = TRUTHS[task]
    told = guessing.losses(task, train, validation, settings)
    weights = objective.row_weights(task, train, settings)
    weights = np.ones(len(train)) if weights is None else weights
    if task == "one_of_many":
        shares = np.bincount(train, weights, 4) / weights.sum()
        answer = (1 - smoothing) * shares + smoothing / 4
    else:
        answer = np.array([(train[:, 0] * weights).sum() / weights.sum()])
        if task == "amount_range":
            answer = np.quantile(train[:, 0], [0.05, 0.5, 0.95])
        if task == "many_of_many":
            answer = (1 - smoothing) * train.mean(0) + smoothing / 2
        if task == "yes_no":
            answer = (1 - smoothing) * answer + smoothing / 2
    loss = keras.losses.get(objective.loss(task, smoothing))
    if isinstance(loss, keras.losses.Loss):
        loss = keras.losses.get(loss)
    for name, truth, rows in (
        ("guess_loss", train, weights),
        ("guess_val_loss", validation, np.ones(len(validation))),
    ):
        said = np.tile(answer, (len(truth), 1)).astype(np.float32)
        each = [float(np.mean(loss(truth[i : i + 1], said[i : i + 1]))) for i in range(len(truth))]
        assert told[name] == pytest.approx(np.average(each, weights=rows), rel=1e-4)
    assert told["validation_rows"] == 80


def test_a_forecast_is_not_held_against_guessing():
    from core.worker.guessing import losses

    found = losses("forecast", np.zeros((9, 3)), np.zeros((4, 3)), {})
    assert found == {"validation_rows": 4}
