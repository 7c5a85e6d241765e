"""Windows begin anywhere in a long text, anew in every epoch, and never reach beyond what may be learned from."""

import numpy as np
import pytest

pytestmark = pytest.mark.heavy
LENGTH, WINDOWS, BATCH = 8, 10, 4


def batches(source, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All that an epoch shows, in its order."""
    source.begin_epoch(order)
    whole = len(order) // BATCH
    found = [source.batch(source.given(step)[0], step) for step in range(whole)]
    found.append(source.batch(source.rest(), 0))
    return tuple(np.concatenate([one[name].numpy() for one in found]) for name in ("text", "y"))


def source(places: int):
    from core.worker.streams import FromStream

    return FromStream(np.arange(places, dtype=np.int32), WINDOWS, LENGTH, "text", BATCH)


@pytest.mark.parametrize("places", [LENGTH + 1, 40, 1_000])
def test_each_window_lies_inside_and_is_followed_by_what_comes_next(places: int):
    from core.worker.loop import row_order

    for epoch in range(5):
        read, coming = batches(source(places), row_order(1, epoch, WINDOWS))
        assert read.shape == coming.shape == (WINDOWS, LENGTH)
        assert (read + 1 == coming).all()
        assert read.min() >= 0
        assert coming.max() < places


def test_an_epoch_looks_at_all_of_the_text_and_each_epoch_cuts_it_elsewhere():
    from core.worker.loop import row_order

    first, again, second = (
        np.sort(batches(source(1_000), row_order(1, epoch, WINDOWS))[0][:, 0]) for epoch in (1, 1, 2)
    )
    assert (first == again).all()
    assert (first != second).any()
    assert (first // (992 / WINDOWS)).astype(int).tolist() == list(range(WINDOWS))


def test_batch_normalization_is_always_measured_on_the_same_windows():
    from core.worker.loop import row_order

    found = source(1_000)
    said = []
    for epoch in (1, 2):
        found.begin_epoch(row_order(1, epoch, WINDOWS))
        said.append(found.batch(found.these(np.array([0, 3, 9], np.int32)), 0)["text"].numpy())
    assert (said[0] == said[1]).all()
    assert said[0][:, 0].tolist() == [0, 297, 892]
