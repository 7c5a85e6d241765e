"""The average that is judged is that of the latest tenth of the steps, however many there were."""

import numpy as np
import pytest

pytestmark = pytest.mark.heavy


def averages(steps: int) -> np.ndarray:
    """The average after each step of a weight that Keras moves by one each time, whatever the gradient."""
    import keras

    from core.worker.averaging import LatestShare

    weight = keras.Variable(np.zeros(1, np.float32))
    optimizer = LatestShare(1.0, beta_1=0.0, beta_2=0.0, weight_decay=0.0, use_ema=True)
    found = []
    for _ in range(steps):
        optimizer.apply([np.ones(1, np.float32)], [weight])
        found.append(float(optimizer._model_variables_moving_average[0].numpy()[0]))
    return np.array(found)


def test_the_weights_that_are_averaged_are_as_old_as_the_formula_says():
    from core.worker.averaging import REMEMBERED

    found, by_hand, average = averages(60), [], 0.0
    for step in range(1, 61):
        share = (REMEMBERED + 1) / (step + REMEMBERED)  # of Shamir and Zhang, equation 5
        average = (1 - share) * average + share * -step
        by_hand.append(average)
    assert found == pytest.approx(by_hand, rel=1e-4)
    assert -found[-1] == pytest.approx(0.9 * 60, rel=0.02)


def test_an_answer_at_each_step_is_averaged_so_and_all_others_as_ever():
    import keras

    from core.worker.averaging import LatestShare
    from core.worker.objective import compile_model

    kinds = {}
    for task in ("next_token", "one_of_many"):
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="softmax")])
        compile_model(model, task, {"learning_rate": 0.01, "weight_decay": 0.0}, 10)
        kinds[task] = type(model.optimizer)
    assert kinds == {"next_token": LatestShare, "one_of_many": keras.optimizers.AdamW}
