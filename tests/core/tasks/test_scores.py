"""Every measure against scikit-learn, the authority, with ties, weights and missing classes."""

import numpy as np
import pytest

from core.recipes import answers
from core.tasks import SHELF, _scores

pytestmark = pytest.mark.heavy
YES_NO = {"as": "classes", "classes": ["No", "Yes"]}
MANY = {"as": "classes", "classes": ["a", "b", "c", "d"]}
COUNT = {"as": "number", "parse": {"as": "number"}, "mean": 0.0, "scale": 4.0}
AMOUNT = {"as": "number", "parse": {"as": "number"}, "mean": 40.0, "scale": 12.5}


def calibration_error(right: np.ndarray, sure: np.ndarray) -> float:
    """From the curve that scikit-learn draws, and how many rows each of its points stands for."""
    from sklearn.calibration import calibration_curve

    was, said = calibration_curve(right, sure, n_bins=15, strategy="uniform")
    place = np.searchsorted(np.linspace(0, 1, 16)[1:-1], sure)
    rows = np.bincount(place, minlength=15)
    return float((rows[rows > 0] * np.abs(was - said)).sum() / len(sure))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("digits", [1, 2, 8])
def test_yes_no_measures_are_those_of_scikit_learn(seed: int, digits: int):
    from sklearn import metrics

    random = np.random.RandomState(seed)
    truth = random.randint(0, 2, (200, 1)).astype(np.float32)
    outputs = np.round(np.clip(0.3 * truth + 0.7 * random.rand(200, 1), 0.01, 0.99), digits)
    found = SHELF["yes_no"].metrics(YES_NO, truth, outputs)
    true, chance = truth[:, 0], outputs[:, 0]
    assert found == pytest.approx(
        {
            "roc_auc": metrics.roc_auc_score(true, chance),
            "accuracy": metrics.accuracy_score(true, chance >= 0.5),
            "log_loss": metrics.log_loss(true, np.clip(chance, 1e-7, 1 - 1e-7)),
            "ece": calibration_error(true, chance),
            "f1": metrics.f1_score(true, chance >= 0.5),
            "average_precision": metrics.average_precision_score(true, chance),
        }
    )


@pytest.mark.parametrize("seed", range(4))
def test_one_of_many_measures_are_those_of_scikit_learn(seed: int):
    from sklearn import metrics

    random = np.random.RandomState(seed)
    truth = random.randint(0, 4, 150).astype(np.int32)
    outputs = random.dirichlet(np.ones(4) * 0.5, 150) * 0.6 + 0.4 * np.eye(4)[truth]
    found = SHELF["one_of_many"].metrics(MANY, truth, outputs)
    said = outputs.argmax(1)
    assert found == pytest.approx(
        {
            "accuracy": metrics.accuracy_score(truth, said),
            "balanced_accuracy": metrics.balanced_accuracy_score(truth, said),
            "log_loss": metrics.log_loss(truth, outputs, labels=range(4)),
            "ece": calibration_error(said == truth, outputs.max(1)),
            "f1_macro": metrics.f1_score(truth, said, average="macro"),
        }
    )


def test_a_class_without_test_rows_counts_neither_for_nor_against():
    from sklearn import metrics

    truth, said = np.array([0, 0, 1, 1, 1]), np.array([0, 1, 1, 1, 0])
    found = SHELF["one_of_many"].metrics(MANY, truth, np.eye(4)[said] * 0.7 + 0.1)
    assert found["balanced_accuracy"] == pytest.approx(metrics.balanced_accuracy_score(truth, said))
    assert found["f1_macro"] == pytest.approx(metrics.f1_score(truth, said, average="macro"))


@pytest.mark.parametrize("seed", range(4))
def test_amount_measures_are_those_of_scikit_learn_in_the_users_unit(seed: int):
    from sklearn import metrics

    random = np.random.RandomState(seed)
    truth = random.randn(120, 1).astype(np.float32)
    outputs = truth + 0.4 * random.randn(120, 1)
    found = SHELF["amount"].metrics(AMOUNT, truth, outputs)
    true, said = (40.0 + 12.5 * v.astype(float) for v in (truth, outputs))
    assert found == pytest.approx(
        {
            "r2": metrics.r2_score(true, said),
            "rmse": metrics.root_mean_squared_error(true, said),
            "mae": metrics.mean_absolute_error(true, said),
        }
    )


@pytest.mark.parametrize("seed", range(4))
def test_count_measures_are_those_of_scikit_learn(seed: int):
    from sklearn import metrics

    random = np.random.RandomState(seed)
    true = random.poisson(random.gamma(2, 2, 150)).astype(float)
    said = np.maximum(true + random.randn(150), 0.1)
    found = SHELF["count"].metrics(COUNT, true[:, None] / 4, said[:, None] / 4)
    assert found == pytest.approx(
        {
            "d2": metrics.d2_tweedie_score(true, said, power=1),
            "mae": metrics.mean_absolute_error(true, said),
            "r2": metrics.r2_score(true, said),
            "deviance": metrics.mean_poisson_deviance(true, said),
        },
        rel=1e-5,
    )


@pytest.mark.parametrize("seed", range(4))
def test_measures_of_steps_are_those_of_scikit_learn(seed: int):
    from sklearn import metrics

    random = np.random.RandomState(seed)
    truth, outputs = random.randint(0, 4, 150), random.rand(150, 3)
    target = {**MANY, "steps": True}
    found = SHELF["ordered"].metrics(target, truth, outputs)
    said = answers({"target": target}, outputs)
    predicted = np.array(["abcd".index(name) for name in said["prediction"]])
    assert found == pytest.approx(
        {
            "kappa": metrics.cohen_kappa_score(truth, predicted, weights="quadratic"),
            "accuracy": metrics.accuracy_score(truth, predicted),
            "near": np.mean(np.abs(truth - predicted) <= 1),
            "steps": metrics.mean_absolute_error(truth, predicted),
            "log_loss": metrics.log_loss(truth, said["probabilities"], labels=range(4)),
        }
    )


@pytest.mark.parametrize("seed", range(4))
def test_measures_of_labels_are_those_of_scikit_learn(seed: int):
    from sklearn import metrics

    random = np.random.RandomState(seed)
    truth, outputs = (random.rand(120, 5) < 0.3).astype(np.float32), random.rand(120, 5)
    found = SHELF["many_of_many"].metrics({"as": "labels", "labels": list("abcde")}, truth, outputs)
    said = outputs >= 0.5
    assert found == pytest.approx(
        {
            "f1_micro": metrics.f1_score(truth, said, average="micro"),
            "f1_macro": metrics.f1_score(truth, said, average="macro"),
            "exact": metrics.accuracy_score(truth, said),
            "log_loss": np.mean(
                [metrics.log_loss(t, s, labels=[0, 1]) for t, s in zip(truth.T, outputs.T, strict=True)]
            ),
        }
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_pinball_loss_is_scikit_learns(seed: int):
    from sklearn import metrics

    random = np.random.RandomState(seed)
    true, said = random.randn(80), np.sort(random.randn(80, 3), axis=1)
    expected = [
        metrics.mean_pinball_loss(true, said[:, i], alpha=share) for i, share in enumerate((0.05, 0.5, 0.95))
    ]
    assert _scores.pinball(true, said, (0.05, 0.5, 0.95)).mean() == pytest.approx(np.mean(expected))


@pytest.mark.parametrize("seed", range(3))
def test_weights_count_like_repeated_rows(seed: int):
    random = np.random.RandomState(seed)
    truth, outputs = random.randint(0, 2, (40, 1)).astype(float), np.round(random.rand(40, 1), 1)
    weights = random.randint(0, 4, (1, 40)).astype(float)
    repeats = weights[0].astype(int)
    weighted = SHELF["yes_no"].scores(YES_NO, truth, outputs, weights)
    repeated = SHELF["yes_no"].metrics(YES_NO, truth.repeat(repeats, 0), outputs.repeat(repeats, 0))
    assert {name: float(values[0]) for name, values in weighted.items()} == pytest.approx(repeated)


def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    random = np.random.RandomState(0)
    held = 0
    for trial in range(100):
        right = random.rand(200) < 0.8
        score = {"accuracy": lambda w, right=right: {"accuracy": _scores.mean(right, w)}}["accuracy"]
        low, high = _scores.intervals(score, 200, draws=300, seed=trial)["accuracy"]
        held += low <= 0.8 <= high
    assert 88 <= held <= 100


def test_an_interval_is_the_same_for_the_same_seed_however_memory_is_cut(monkeypatch: pytest.MonkeyPatch):
    right = np.random.RandomState(0).rand(50) < 0.7

    def score(weights: np.ndarray) -> dict[str, np.ndarray]:
        return {"accuracy": _scores.mean(right, weights)}

    whole = _scores.intervals(score, 50)
    monkeypatch.setattr(_scores, "MOST_CELLS", 700)
    assert _scores.intervals(score, 50) == whole


def test_measures_of_one_class_only_are_no_number_rather_than_a_crash():
    truth, outputs = np.ones((5, 1)), np.full((5, 1), 0.7)
    assert np.isnan(SHELF["yes_no"].metrics(YES_NO, truth, outputs)["roc_auc"])
    low, high = _scores.intervals(lambda w: SHELF["yes_no"].scores(YES_NO, truth, outputs, w), 5)["roc_auc"]
    assert np.isnan(low)
    assert np.isnan(high)
