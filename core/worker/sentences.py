"""Texts become the sentence encoder's numbers: cut into tokens, laid beside others of like length, and read."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from tokenizers import Tokenizer

from core.pretrained import sentence_encoder, sentence_tokens
from core.worker.own.sentence_encoder import SentenceEncoder

TOKENS_AT_ONCE, TOKENS_ON_DEVICE = 2_048, 65_536


class Sentences:
    """The encoder with its weights and its tokens.

    Raises:
        RunError: If they are not on this machine.
        FileError: If their files are damaged.
    """

    def __init__(self) -> None:
        self.tokenizer = Tokenizer.from_str(sentence_tokens.tokenizer_json())
        layer = SentenceEncoder()
        layer.build((None, None))
        layer.put(sentence_encoder.weights())
        given = [tf.TensorSpec([None, None], tf.int32)]
        self._read = tf.function(lambda codes: layer(codes), input_signature=given, autograph=False)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """What each text means, float32 [texts, 512], each row of length one."""
        codes = [found.ids for found in self.tokenizer.encode_batch_fast(list(texts))]
        lengths = np.array([len(one) for one in codes], np.int64)
        answers = np.empty((len(codes), SentenceEncoder.WIDTH), np.float32)
        for chosen in batches(lengths, tokens_at_once()):
            answers[chosen] = self._read(tf.constant(_side_by_side([codes[row] for row in chosen]))).numpy()
        return answers


def tokens_at_once() -> int:
    """How many tokens are read together: as many as a processor has at hand, or as keep a device busy."""
    return TOKENS_ON_DEVICE if tf.config.list_physical_devices("GPU") else TOKENS_AT_ONCE


def batches(lengths: np.ndarray, tokens: int, most: int | None = None) -> Iterator[np.ndarray]:
    """Numbers of rows that are read together, of like length, so that few zeros are read.

    Args:
        lengths: Of each row, at least 1.
        tokens: So many of them at once, zeros included; a longer row stands alone.
        most: Rows at once, None for any number.

    Example:
        >>> [list(map(int, rows)) for rows in batches(np.array([9, 2, 3, 2]), 6)]
        [[1, 3], [2], [0]]
    """
    order, at = np.argsort(lengths, kind="stable"), 0
    while at < len(order):
        some = lengths[order[at : at + tokens]]
        taken = int(np.searchsorted(some * np.arange(1, len(some) + 1), tokens, "right"))
        taken = max(1, min(taken, most or taken))
        yield np.sort(order[at : at + taken])
        at += taken


def _side_by_side(codes: list[Any]) -> np.ndarray:
    """[rows, longest], filled up with zeros."""
    found = np.zeros((len(codes), max(map(len, codes))), np.int32)
    for row, one in zip(found, codes, strict=True):
        row[: len(one)] = one
    return found
