"""Chances are calibrated by one number, which scikit-learn finds as well."""

import numpy as np
import pytest

pytestmark = pytest.mark.heavy


def drawn(rows: int, units: int, too_sure: float, members: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Sums that are so many times too large, and classes drawn by the chances that the right ones give."""
    from scipy.special import expit, softmax

    random = np.random.RandomState(rows)
    honest = random.randn(rows, units) * 1.5
    chances = np.c_[1 - expit(honest), expit(honest)] if units == 1 else softmax(honest, 1)
    classes = (random.rand(rows, 1) > chances.cumsum(1)).sum(1)
    sums = honest * too_sure
    if members:
        sums = sums[:, None, :] + 0.3 * random.randn(rows, members, units)
    return sums, classes


@pytest.mark.parametrize("too_sure", [0.5, 1.0, 3.0])
def test_the_temperature_of_yes_or_no_is_that_of_a_logistic_regression(too_sure: float):
    from sklearn.linear_model import LogisticRegression

    from core.worker.calibration import fit

    sums, classes = drawn(20_000, 1, too_sure)
    slope = LogisticRegression(fit_intercept=False, C=1e12, tol=1e-8).fit(sums, classes).coef_[0, 0]
    found = fit(sums, classes)
    assert found.temperature == pytest.approx(1 / slope, rel=5e-3)
    assert found.temperature == pytest.approx(too_sure, rel=0.05)
    assert found.loss_after <= found.loss_before


@pytest.mark.parametrize(("units", "members"), [(1, 0), (4, 0), (1, 5), (4, 5)])
def test_the_loss_is_scikit_learns_and_the_temperature_makes_it_smallest(units: int, members: int):
    from scipy.special import expit, softmax
    from sklearn import metrics

    from core.worker.calibration import fit, log_loss

    sums, classes = drawn(3_000, units, 2.0, members)
    each = expit(sums) if units == 1 else softmax(sums, -1)
    chances = each.mean(1) if members else each
    assert log_loss(sums, classes) == pytest.approx(metrics.log_loss(classes, chances))
    found = fit(sums, classes)
    assert found.kept
    for other in (0.97, 1.03):
        assert log_loss(sums / (found.temperature * other), classes) > found.loss_after


@pytest.mark.parametrize("rows", [20, 5_000])
def test_what_is_only_luck_is_not_kept(rows: int):
    from core.worker.calibration import fit

    sums, classes = drawn(rows, 3, 1.0)
    assert not fit(sums, classes).kept


def test_a_few_rows_that_are_all_right_do_not_make_it_certain_of_everything():
    from core.worker.calibration import fit

    sums, classes = np.where(np.eye(2)[[0, 1, 1, 0, 1]] > 0, 1.0, -1.0), np.array([0, 1, 1, 0, 1])
    assert 0.3 < fit(sums, classes).temperature < 1


@pytest.mark.parametrize(("task", "members"), [("yes_no", 0), ("one_of_many", 0), ("one_of_many", 4)])
def test_the_models_own_last_layer_carries_the_temperature(task: str, members: int):
    import keras

    from core.worker.calibration import calibrate

    class Averaged(keras.layers.Layer):
        def __init__(self, activation: str):
            super().__init__()
            self.activation = keras.activations.get(activation)

        def build(self, shape):
            self.kernel = self.add_weight(shape=(members, shape[-1], 3), initializer="random_normal")
            self.bias = self.add_weight(shape=(members, 3), initializer="random_normal")

        def call(self, given):
            sums = keras.ops.einsum("rmn,mnu->rmu", given, self.kernel) + self.bias
            return keras.ops.mean(self.activation(sums), axis=1)

    keras.utils.set_random_seed(1)
    units, activation = (1, "sigmoid") if task == "yes_no" else (3, "softmax")
    given = keras.Input((6,), name="numbers")
    inner = keras.layers.Dense(8)(given)
    if members:
        inner = keras.layers.RepeatVector(members)(inner)
    last = Averaged(activation) if members else keras.layers.Dense(units, activation)
    model = keras.Model(given, last(inner))
    last.kernel.assign(last.kernel * 8)  # far too sure
    rows = np.random.RandomState(0).randn(2_500, 6).astype(np.float32)
    truth = np.random.RandomState(1).randint(0, 2 if task == "yes_no" else 3, len(rows))
    before = [weight.numpy() for weight in (last.kernel, last.bias)]
    found = calibrate(model, task, {"numbers": rows}, truth)
    assert found.kept
    assert found.temperature > 1.5
    for weight, was in zip((last.kernel, last.bias), before, strict=True):
        np.testing.assert_allclose(weight.numpy(), was / found.temperature, rtol=1e-5)
    said = model.predict(rows, verbose=0).astype(np.float64)
    said = np.c_[1 - said, said] if units == 1 else said
    assert -np.log(said[np.arange(len(rows)), truth]).mean() == pytest.approx(found.loss_after, rel=1e-4)


def test_amounts_and_other_bends_are_left_alone():
    import keras

    from core.worker.calibration import calibrate

    given = keras.Input((2,), name="numbers")
    for activation, task in (("linear", "amount"), ("relu", "one_of_many")):
        model = keras.Model(given, keras.layers.Dense(3, activation)(given))
        assert calibrate(model, task, {"numbers": np.zeros((5, 2))}, np.zeros(5, int)) is None


@pytest.mark.parametrize("task", ["yes_no", "one_of_many", "amount"])
def test_a_run_tells_what_was_done_about_its_percentages(trained, task: str):
    run = trained(task)
    found = run.results()["temperature"]
    if task == "amount":
        assert found is None
        return
    assert 0.1 <= found["temperature"] <= 10
    assert found["kept"] == (
        found["loss_after"] < found["loss_before"] - 1 / run.results()["rows"]["validation"]
    )
    told = [event["text"] for event in run.events()[0] if event["kind"] == "message"]
    assert found["text"] in told


def test_weights_that_were_calibrated_are_those_that_previews_show(ask):
    import keras

    from core import runs
    from core.worker import door

    run = runs.create(ask("yes_no", epochs=12, label_smoothing=0.45))  # far too timid
    door.enter(run.folder)
    assert run.results()["temperature"]["kept"]
    model = keras.saving.load_model(run.folder / "model.keras")
    with np.load(run.folder / "best.weights.npz", allow_pickle=False) as kept:
        shown = [kept[f"w{number}"] for number in range(len(model.weights))]
        assert kept["epoch"] == run.results()["best_epoch"]
    for one, other in zip(shown, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
