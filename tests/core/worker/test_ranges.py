"""Ranges hold as many true values as they promise, on rows that nobody fitted them to."""

import numpy as np
import pytest

from core.words import Sentence

pytestmark = pytest.mark.heavy
TARGET = {"as": "number", "mean": 50.0, "scale": 10.0, "range": {"shares": [0.05, 0.5, 0.95], "widen": 0.0}}


def rows(count: int, wide: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """True values with a spread of their own, and quantiles that are so many times too wide."""
    random = np.random.RandomState(seed)
    middle, spread = random.randn(count), random.rand(count) + 0.2
    truth = middle + spread * random.randn(count)
    outputs = np.stack([middle + wide * spread * z for z in (-1.645, 0.0, 1.645)], 1)
    return truth[:, None], outputs


@pytest.mark.parametrize("wide", [0.3, 1.0, 3.0])
@pytest.mark.parametrize("count", [200, 5_000])
def test_ranges_hold_nine_of_ten_on_new_rows(wide: float, count: int):
    from core.tasks import amount_range
    from core.worker.ranges import told, widening

    truth, outputs = rows(count, wide, 1)
    widen = widening(TARGET, truth, outputs)
    target = {**TARGET, "range": {**TARGET["range"], "widen": widen}}
    new = amount_range.metrics(target, *rows(20_000, wide, 2))
    assert new["coverage"] == pytest.approx(0.9, abs=0.01 if count > 1_000 else 0.05)
    assert (widen > 0) == (wide < 1) or wide == 1
    said = told(TARGET, truth, outputs, widen)
    assert said["after"] >= 0.9
    assert ("widened" if widen > 0 else "narrowed") in str(Sentence.from_json(said["text"]))


def test_the_widening_is_the_papers_quantile():
    """Q is the ⌈0.9 (n + 1)⌉-th smallest of max(low − y, y − high)."""
    from core.worker.ranges import widening

    truth, outputs = rows(99, 0.5, 3)
    outside = np.maximum(outputs[:, 0] - truth[:, 0], truth[:, 0] - outputs[:, 2])
    assert widening(TARGET, truth, outputs) == np.sort(outside)[90 - 1]


def test_three_rows_widen_to_the_furthest_of_them():
    from core.worker.ranges import widening

    outputs = np.zeros((3, 3))
    assert widening(TARGET, np.array([[1.0], [-4.0], [2.0]]), outputs) == 4


def test_outputs_learn_to_be_quantiles():
    import keras

    from core.worker.objective import loss

    keras.utils.set_random_seed(1)
    truth = np.random.RandomState(1).randn(4_000, 1).astype(np.float32)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(3)])
    model.compile(keras.optimizers.Adam(0.03), loss("amount_range"))
    model.fit(np.zeros_like(truth), truth, epochs=12, batch_size=100, verbose=0)
    said = model.predict(np.zeros((1, 1)), verbose=0)[0]
    np.testing.assert_allclose(said, np.quantile(truth, [0.05, 0.5, 0.95]), atol=0.12)


def test_a_run_keeps_the_widening_in_its_recipes_and_says_what_it_did(trained):
    run = trained("amount_range")
    widen, found = run.recipes()["target"]["range"]["widen"], run.results()
    assert found["range"]["widen"] == pytest.approx(widen * run.recipes()["target"]["scale"])
    assert widen != 0
    assert found["range"]["text"] in [e["text"] for e in run.events()[0] if e["kind"] == "message"]
    assert 0.7 <= found["metrics"]["test"]["coverage"] <= 1
    low, high = found["metrics"]["intervals"]["coverage"]
    assert low < high
    assert "Its range holds the true value for" in str(Sentence.from_json(found["sentences"][1]))
