"""What training makes smaller is what Keras and scikit-learn would make smaller."""

import numpy as np
import pytest

pytestmark = pytest.mark.heavy
RATE = {"learning_rate": 0.01, "weight_decay": 0.0}


def rates(settings: dict, steps: int, upto: int) -> list[float]:
    from core.worker.objective import learning_rate

    found = learning_rate({**RATE, **settings}, steps)
    return [found] * upto if isinstance(found, float) else [float(found(step)) for step in range(upto)]


def test_the_rate_stays_the_same_unless_asked_otherwise():
    assert rates({}, 10, 3) == [0.01, 0.01, 0.01]


def test_a_warm_up_rises_to_the_rate_and_then_stays_there():
    found = rates({"warm_up": 2, "epochs": 10}, 10, 60)
    assert found[:21] == pytest.approx([0.01 * step / 20 for step in range(21)])
    assert found[21:] == pytest.approx([0.01] * 39)


def test_a_cosine_falls_from_the_rate_to_zero_at_the_last_step():
    found = np.array(rates({"schedule": "cosine", "epochs": 4}, 10, 41))
    assert found == pytest.approx(0.01 * 0.5 * (1 + np.cos(np.pi * np.arange(41) / 40)), abs=1e-8)


def test_a_cosine_after_a_warm_up_reaches_zero_at_the_last_step_too():
    found = rates({"schedule": "cosine", "warm_up": 1, "epochs": 4}, 10, 41)
    assert (found[10], max(found), found[40]) == pytest.approx((0.01, 0.01, 0.0))


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.4])
def test_smoothed_labels_are_those_of_keras(smoothing: float):
    import keras

    from core.worker.objective import loss

    dice = np.random.default_rng(1)
    chances = dice.dirichlet(np.ones(4), 9).astype(np.float32)
    classes = dice.integers(0, 4, (9, 1)).astype(np.int32)
    ours = keras.losses.get(loss("one_of_many", smoothing))(classes, chances)
    labels = keras.ops.one_hot(classes[:, 0], 4)
    assert float(keras.ops.mean(ours)) == pytest.approx(
        float(keras.losses.CategoricalCrossentropy(label_smoothing=smoothing)(labels, chances)), rel=1e-6
    )
    yes, truth = chances[:, :1], (classes > 1).astype(np.float32)
    theirs = keras.losses.BinaryCrossentropy(label_smoothing=smoothing)(truth, yes)
    found = keras.losses.get(loss("yes_no", smoothing))(truth, yes)
    assert float(keras.ops.mean(found)) == pytest.approx(float(theirs), rel=1e-6)


def test_an_amount_has_no_labels_to_smooth_and_no_classes_to_weigh():
    from core.worker.objective import loss, row_weights

    assert loss("amount", 0.1) == loss("amount")
    assert row_weights("amount", np.ones((3, 1), np.float32), {"class_weight": "balanced"}) is None


@pytest.mark.parametrize("task", ["yes_no", "one_of_many"])
def test_balanced_weights_are_those_of_scikit_learn(task: str):
    from sklearn.utils.class_weight import compute_sample_weight

    from core.worker.objective import row_weights

    truth = np.array([0, 1, 1, 1, 0, 1, 1] if task == "yes_no" else [0, 2, 2, 2, 1, 2, 2])[:, None]
    found = row_weights(task, truth.astype(np.float32), {"class_weight": "balanced"})
    assert found == pytest.approx(compute_sample_weight("balanced", truth[:, 0]), rel=1e-6)
    assert row_weights(task, truth, {"class_weight": "none"}) is None


@pytest.mark.parametrize(("asked", "held"), [(1.0, 1.0), (0.25, 0.25), (0.0, None)])
def test_gradients_are_clipped_as_asked(asked: float, held: float | None):
    import keras

    from core.worker.objective import compile_model

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    compile_model(model, "amount", {**RATE, "global_clipnorm": asked})
    assert model.optimizer.global_clipnorm == held


def test_counts_are_followed_while_training_as_scikit_learn_measures_them():
    import keras
    from sklearn import metrics

    from core.worker.measures import watched

    random = np.random.RandomState(3)
    truth = random.poisson(2, (90, 1)).astype(np.float32) / 2
    said = (truth + random.rand(90, 1)).astype(np.float32)
    metric = watched("count")
    for rows in (slice(0, 50), slice(50, 90)):
        metric.update_state(keras.ops.convert_to_tensor(truth[rows]), said[rows])
    assert float(metric.result()) == pytest.approx(
        metrics.d2_tweedie_score(truth[:, 0], said[:, 0], power=1), rel=1e-4
    )
    metric.reset_state()
    assert np.isfinite(float(metric.result()))


def test_the_loss_of_steps_is_the_surprise_at_the_true_class():
    import keras
    from sklearn import metrics

    from core.recipes import answers
    from core.worker.measures import watched
    from core.worker.objective import loss

    random = np.random.RandomState(5)
    truth, said = random.randint(0, 5, 200), random.rand(200, 4)
    target = {"as": "classes", "classes": list("abcde"), "steps": True}
    answered = answers({"target": target}, said)
    for form in (truth, truth[:, None]):  # as rows are kept, and as Keras turns them
        found = float(loss("ordered")(form, said.astype(np.float32)))
        assert found == pytest.approx(
            metrics.log_loss(truth, answered["probabilities"], labels=range(5)), rel=1e-5
        )
    metric = watched("ordered")
    metric.update_state(keras.ops.convert_to_tensor(truth), said)
    predicted = ["abcde".index(name) for name in answered["prediction"]]
    kappa = metrics.cohen_kappa_score(truth, predicted, weights="quadratic")
    assert float(metric.result()) == pytest.approx(kappa, abs=1e-5)


@pytest.mark.parametrize("padding", [None, 0])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_answers_at_each_step_have_the_mean_surprise_of_the_steps_that_count(
    padding: int | None, smoothing: float
):
    import keras

    from core.worker.objective import SmoothedCrossentropy

    dice = np.random.default_rng(4)
    chances = dice.dirichlet(np.ones(5), (3, 7)).astype(np.float32)
    codes = dice.integers(1, 5, (3, 7)).astype(np.int32)
    codes[1, 4:] = codes[2, 1:] = 0
    found = float(SmoothedCrossentropy(smoothing, padding)(codes, chances))
    counts = codes != padding if padding is not None else np.ones_like(codes, bool)
    labels = np.eye(5)[codes] * (1 - smoothing) + smoothing / 5
    by_hand = -(labels * np.log(chances)).sum(-1)[counts].mean()
    assert found == pytest.approx(by_hand, rel=1e-5)
    if not smoothing:
        theirs = keras.losses.SparseCategoricalCrossentropy(ignore_class=padding)
        assert float(theirs(codes, chances)) == pytest.approx(by_hand, rel=1e-5)
