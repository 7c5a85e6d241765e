"""What NumPy alone says of a text is what the layer says that trains and is exported."""

import numpy as np
import pytest

from core import tokens
from core.pretrained import meaning, sentence_encoder

TEXTS = [
    "", "word", "The quick brown fox jumps over the lazy dog.", "今天天气很好，我们去公园吧。", "😀 hi 👩‍👩‍👧",
    "مرحبا بالعالم", "Bonjour tout le monde", " ".join(f"word{number % 37}" for number in range(500)),
]  # fmt: skip


@pytest.mark.heavy
def test_vectors_are_those_of_the_layer():
    from core.worker.own.sentence_encoder import SentenceEncoder

    feature = {"make": "tokens", "known": "sentence_encoder", "length": meaning.LENGTH}
    codes = tokens.codes(feature, TEXTS)
    layer = SentenceEncoder()
    layer.build(codes.shape)
    layer.put(sentence_encoder.weights())
    theirs = np.asarray(layer(codes))
    assert meaning.vectors(TEXTS) == pytest.approx(theirs, abs=2e-5)


def test_texts_that_mean_the_same_are_close_in_whatever_language():
    told: list[float] = []
    love, german, bill, chinese = meaning.vectors(
        ["I love this phone", "Das Handy ist toll", "the invoice is wrong", "发票有误"], told.append
    )
    assert min(love @ german, bill @ chinese) > 0.6
    assert max(love @ bill, german @ chinese) < 0.3
    assert told[-1] == 1.0


def test_no_texts_have_no_vectors():
    assert meaning.vectors([]).shape == (0, meaning.WIDTH)
