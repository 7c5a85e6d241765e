"""What texts mean, in 512 numbers each, by the sentence encoder's weights and NumPy alone: for whoever has no TensorFlow.

The network is that of `core.worker.own.sentence_encoder`, which trains and is exported; tests hold the two together.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from core import tokens
from core.pretrained import sentence_encoder

WIDTH, INNER = 512, 256
ORDERS = ((2, 0), (3, 1), (5, 2))  # tokens in a window, and how many of them stand before its own
EPSILON = 1e-12
LENGTH = 128  # tokens of a text that are read
CODES_AT_ONCE = 4_096

Progress = Callable[[float], None]


def available() -> bool:
    """Whether the encoder lies on this machine."""
    return sentence_encoder.find() is not None


def vectors(texts: Sequence[str], progress: Progress = lambda share: None) -> np.ndarray:
    """[texts, 512], each of length one: the closer two are, the more alike what the texts mean.

    Raises:
        RunError: If the encoder is not on this machine.
    """
    kept = _weights()
    codes = tokens.codes({"make": "tokens", "known": "sentence_encoder", "length": LENGTH}, list(texts))
    lengths = np.maximum((codes > 0).sum(1), 1)
    order = np.argsort(lengths, kind="stable")  # texts of one length together, so that little is padding
    made = np.zeros((len(codes), WIDTH), np.float32)
    at = 0
    while at < len(order):
        longest = lengths[order[min(at + CODES_AT_ONCE // lengths[order[at]], len(order)) - 1]]
        rows = order[at : at + max(1, CODES_AT_ONCE // longest)]
        made[rows] = _encoded(kept, codes[rows, : lengths[rows].max()])
        at += len(rows)
        progress(at / len(order))
    return made


@lru_cache(1)
def _weights() -> dict[str, np.ndarray]:
    return sentence_encoder.weights()


def _encoded(kept: Mapping[str, np.ndarray], codes: np.ndarray) -> np.ndarray:
    """[rows, length] codes, 0 for none, to [rows, 512]."""
    real = (codes > 0).astype(np.float32)[..., None]
    words = _words(kept, np.maximum(codes - 1, 0))
    narrow = _scaled(kept, _times(words, kept["narrow_kernel"]) + kept["narrow_bias"], "narrow") * real
    found = [words]
    for place, (order, before) in enumerate(ORDERS):
        part = narrow[..., place * INNER : (place + 1) * INNER]
        part = (part + _windows(kept, part, "first", order, before)) * real
        found.append(part + _windows(kept, part, "second", order, before))
    seen = _scaled(kept, np.concatenate(found, -1), "seen") * real
    return _last(kept, seen.sum(1), real.sum(1))


def _words(kept: Mapping[str, np.ndarray], ids: np.ndarray) -> np.ndarray:
    """[rows, length, 512] of the table; its bytes become numbers only here."""
    chunk = ids % sentence_encoder.CHUNKS
    raw = kept["table"][ids].astype(np.float32)
    return raw * kept["table_scale"][chunk][..., None] + kept["table_offset"][chunk][..., None]


def _times(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """`x @ kernel` as one product of matrices, where NumPy would make one for each row: many times as fast."""
    return (x.reshape(-1, x.shape[-1]) @ kernel).reshape(*x.shape[:-1], kernel.shape[-1])


def _scaled(kept: Mapping[str, np.ndarray], x: np.ndarray, name: str) -> np.ndarray:
    """Layer normalization."""
    x = x - x.mean(-1, keepdims=True)
    spread = 1 / np.sqrt(np.square(x).mean(-1, keepdims=True) + EPSILON)
    return x * spread * kept[f"{name}_gamma"] + kept[f"{name}_beta"]


def _windows(kept: Mapping[str, np.ndarray], x: np.ndarray, turn: str, order: int, before: int) -> np.ndarray:
    """What a window over `order` tokens finds at each of them; outside the text there are zeros."""
    length = x.shape[1]
    wide = np.pad(x, ((0, 0), (before, order - 1 - before), (0, 0)))
    side = np.concatenate([wide[:, at : at + length] for at in range(order)], -1)
    return np.maximum(_times(side, kept[f"{turn}_{order}_kernel"]) + kept[f"{turn}_{order}_bias"], 0)


def _last(kept: Mapping[str, np.ndarray], total: np.ndarray, count: np.ndarray) -> np.ndarray:
    """The tokens' sum [rows, 1280] becomes the answer."""
    total = total @ kept["sum_kernel"] + count * kept["sum_bias"]
    mean = total / np.sqrt(np.maximum(count, 1))
    one = np.maximum(mean @ kept["dense_1_kernel"], 0)
    two = np.maximum(mean @ kept["past_2_kernel"] + one @ kept["dense_2_kernel"], 0)
    three = np.maximum(two @ kept["dense_3_kernel"], 0)
    four = np.tanh(two @ kept["past_4_kernel"] + three @ kept["dense_4_kernel"])
    return four / np.sqrt(np.maximum(np.square(four).sum(-1, keepdims=True), EPSILON))
