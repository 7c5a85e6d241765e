"""A text becomes codes and the same text again, and what is drawn keeps to what was asked for."""

import numpy as np
import pytest

from core import generate

TARGET = {"length": 8, "characters": "ab c\nÄ好😀"}


def network(given: np.ndarray) -> np.ndarray:
    """After each code the next one is likely, and all others a little."""
    said = np.full((*given.shape, 10), 0.02)
    np.put_along_axis(said, ((given + 1) % 10)[..., None], 0.82, -1)
    return said


@pytest.mark.parametrize("text", ["", "ab", "Äb\n\nc  a", "好😀好", "a" * 50])
def test_a_text_comes_back_as_it_was(text: str):
    assert generate.text(TARGET, generate.codes(TARGET, text)) == text


def test_characters_that_were_never_seen_are_named_once():
    assert generate.unknown(TARGET, "abzaxz") == ["z", "x"]
    assert generate.codes(TARGET, "az").tolist() == [2, generate.UNKNOWN]
    assert generate.codes({"characters": ""}, "ab").tolist() == [1, 1]


def test_the_same_seed_writes_the_same_text_and_another_seed_another():
    def text(seed: int) -> str:
        return generate.text(TARGET, list(generate.write(network, TARGET, "a", 60, 1.5, seed=seed)))

    assert text(1) == text(1)
    assert text(1) != text(2)
    assert len(text(1)) >= 60


def test_who_goes_on_later_comes_to_the_same_text():
    whole = list(generate.write(network, TARGET, "ab", 40, 1.0, seed=4))
    for cut in (1, 7, 20):
        rest = list(generate.write(network, TARGET, "ab", 40, 1.0, seed=4, before=whole[:cut]))
        assert whole[:cut] + rest == whole


def test_a_stop_word_ends_the_text_and_a_beginning_may_be_longer_than_it_looks_back():
    text = generate.text(
        TARGET, list(generate.write(network, TARGET, "c" * 500, 200, 0.0, stop=("Ä好", "never")))
    )
    assert text.endswith("Ä好")
    assert len(text) < 200


def test_never_draws_what_it_was_not_to_choose_from():
    said = np.array([0.05, 0.5, 0.2, 0.15, 0.1])
    assert generate.chances(said)[generate.UNKNOWN] == 0
    assert np.count_nonzero(generate.chances(said, top_k=2)) == 2
    assert np.count_nonzero(generate.chances(said, top_p=0.5)) == 2
    assert generate.chances(said, 0.0).tolist() == [0, 0, 1, 0, 0]
    warm, cold = generate.chances(said, 2.0), generate.chances(said, 0.5)
    assert warm.max() < generate.chances(said).max() < cold.max()
    assert warm.sum() == pytest.approx(1.0)
