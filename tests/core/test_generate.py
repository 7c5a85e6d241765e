"""A text becomes codes and the same text again, and what is drawn keeps to what was asked for."""

from types import SimpleNamespace
from typing import ClassVar

import numpy as np
import pytest

from core import generate

TARGET = {"length": 8, "characters": "ab c\nÄ好😀"}


def answers(given: np.ndarray) -> np.ndarray:
    """After each code the next one is likely, and all others a little."""
    said = np.full((*given.shape, 10), 0.02)
    np.put_along_axis(said, ((given + 1) % 10)[..., None], 0.82, -1)
    return said


network = generate.Whole(answers, TARGET)


class Kept:
    """Runs as a session does: says the sum of all codes so far, and keeps it."""

    asked: ClassVar[list[int]] = []

    def get_inputs(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(name="codes", shape=[1, "n"]), SimpleNamespace(name="kept", shape=[1, "n"])]

    def run(self, _: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
        self.asked.append(given["codes"].size)
        kept = np.concatenate([given["kept"], given["codes"].astype(np.float32)], 1)
        return [np.array([[[kept.sum()]]]), kept]


def test_only_new_codes_are_asked_about_and_other_ones_from_the_beginning():
    session = Kept()
    remembering = generate.Remembering(session)
    said = [remembering(codes)[0] for codes in ([1, 2], [1, 2, 3], [1, 2, 3], [2, 3, 4, 5], [2, 3, 4, 5, 6])]
    assert said == [3, 6, 6, 14, 20]
    assert session.asked == [2, 1, 3, 4, 1]


def test_it_looks_back_between_half_and_the_whole_of_its_length():
    for count in range(1, 60):
        seen = count - generate.forgotten(count, 8)
        assert seen == count if count <= 8 else 4 < seen <= 8


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


def test_whatever_the_network_holds_likely_only_characters_of_the_texts_are_written():
    target = {"length": 8, "characters": "床前明月光，\n"}
    dice = np.random.default_rng(1)
    unsure = generate.Whole(lambda given: dice.dirichlet(np.ones(9), given.shape), target)
    written = generate.text(target, list(generate.write(unsure, target, "床", 300, 1.5)))
    assert set(written) <= set(target["characters"])
    assert len(set(written)) > 5
