"""Where items are many, a step of training scores some of them: on average the loss and its gradients are those of all."""

import numpy as np
import pytest

pytestmark = pytest.mark.heavy
CODES, WIDTH = 60, 6
ENDS = {
    "ItemScores": {"units": CODES},
    "ItemTower": {"items": CODES, "facts": 4, "units": 3, "left_out": 0.0},
}


def ends(name: str, drawn: int, steps: bool):
    """A layer that scores all items and one with the same weights that scores some; and what they are given."""
    import keras

    from core.worker import some_items
    from core.worker.own import own_class

    dice = np.random.default_rng(1)
    given = dice.normal(size=(5, 3, WIDTH) if steps else (5, WIDTH)).astype(np.float32)
    every, some = (own_class(name)(**ENDS[name], **more) for more in ({}, {"sampled": drawn}))
    every(given), some(given)
    for weight in every.weights:
        if weight.name != "trained":
            weight.assign(dice.normal(size=weight.shape) * 0.5)
        next(other for other in some.weights if other.name == weight.name).assign(weight)
    had = np.concatenate([np.arange(CODES), dice.integers(0, 20, 500)])
    some.chances.assign(some_items.chances(had, CODES))
    truth = dice.integers(1, CODES, (5, 3))
    truth[0, 0], truth[1, 0] = 0, -3
    return every, some, keras.ops.convert_to_tensor(given), truth


@pytest.mark.parametrize("name", list(ENDS))
@pytest.mark.parametrize("steps", [True, False])
def test_the_loss_and_its_gradient_are_those_of_all_items_on_average(name: str, steps: bool):
    import tensorflow as tf

    from core.worker.own.next_items import NextItems

    every, some, given, truth = ends(name, 300_000, steps)
    found = []
    for loss, layer in ((NextItems(), every), (NextItems(some), some)):
        point = layer.kernel if name == "ItemScores" else layer.own
        with tf.GradientTape() as tape:
            total = tf.reduce_sum(loss.call(truth, layer(given, training=True)))
        found.append((float(total), tf.convert_to_tensor(tape.gradient(total, point.value)).numpy()))
    assert found[1][0] == pytest.approx(found[0][0], rel=0.003)
    assert np.abs(found[1][1] - found[0][1]).max() < 0.05 * np.abs(found[0][1]).max()


def test_an_answer_is_scored_as_without_and_each_step_draws_anew():
    from core.worker.own.next_items import NextItems

    every, some, given, truth = ends("ItemScores", 5, True)
    assert np.allclose(some(given), every(given))
    loss = NextItems(some)
    assert loss.call(truth, some(given)[:, :]).shape == (5,)  # validation rows are judged among all
    said = [float(np.sum(loss.call(truth, some(given, training=True)))) for _ in range(3)]
    assert len(set(said)) == 3


def test_the_first_rows_of_a_batch_tell_how_it_goes_among_all_items():
    from core.worker.measures import watched

    every, some, given, truth = ends("ItemScores", 5, True)
    plain, told = watched("recommend"), watched("recommend", some)
    plain.update_state(truth, every(given, training=True))
    told.update_state(truth, some(given, training=True))
    assert float(told.result()) == pytest.approx(float(plain.result()))


def test_what_was_had_more_often_is_drawn_more_often_and_new_items_never():
    from core.worker import some_items

    found = some_items.chances(np.array([1, 1, 1, 2, 4, 4]), 6)
    assert found.tolist() == pytest.approx([0, 5 / 12, 1 / 4, 0, 1 / 3, 0])
    assert found.sum() == pytest.approx(1)
