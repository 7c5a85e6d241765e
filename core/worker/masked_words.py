"""A network that guesses hidden words, made around a drawing's own layers: what they learn by it is how the texts' language works.

Of each text some words are hidden; what the drawing makes of the others, step by step, has to say what stood there. The
guesses share the table of the drawing's embedding.

Source: Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", NAACL 2019,
    section 3.1 and appendix A.1 (which words are hidden, and how); the head as in its published code; Press and Wolf,
    "Using the Output Embedding to Improve Language Models", EACL 2017, for the shared table.
"""

from typing import Any

import keras
from keras import ops

from core.tokens import UNKNOWN
from core.worker.frozen import nodes

FIRST = UNKNOWN + 1  # the first code that stands for a word
HIDDEN = 0.15  # share of a text's words
BLANK, OTHER = (
    0.8,
    0.1,
)  # of the hidden ones: replaced by a blank, and by any other word; the rest stays as it was
JUDGED_SEED = 17  # which words are hidden while it is judged


def reading(model: keras.Model, name: str) -> tuple[keras.layers.Embedding, Any] | None:
    """The embedding that reads this input, and the last tensor [rows, steps, numbers] that follows from it alone and still
    has a step for each word; None where there is no such thing."""
    given = next((tensor for tensor in model.inputs if tensor.name == name), None)
    if given is None:
        return None
    alone, embedding, last = {id(given)}, None, None
    for node in nodes(model):
        if not all(id(tensor) in alone for tensor in node.input_tensors):
            continue
        alone.update(id(tensor) for tensor in node.output_tensors)
        if isinstance(node.operation, keras.layers.Embedding):
            embedding = node.operation
        out = node.output_tensors[0]
        if len(out.shape) == 3 and out.shape[1] == given.shape[1]:
            last = out
    return None if embedding is None or last is None else (embedding, last)


def guessing(model: keras.Model, name: str, seed: int) -> keras.Model | None:
    """The network that guesses words hidden in this input, with the layers of `model`; None where it has none that could.

    Returns:
        Not compiled. From codes [rows, steps] to [rows, 2]: the mean surprise at the hidden words, in nats, and the share
        of them that is guessed.
    """
    found = reading(model, name)
    if found is None:
        return None
    embedding, last = found
    given = next(tensor for tensor in model.inputs if tensor.name == name)
    codes = keras.Input(given.shape[1:], dtype=given.dtype, name=name)
    shown, blank, places, words, count = HideWords(embedding.input_dim, seed, name="hide_words")(codes)
    put = Blanks(name="blanks")

    def way(layer: Any) -> Any:
        return (lambda *given, **more: put([layer(*given, **more), blank])) if layer is embedding else layer

    states = keras.Model(given, last)._run_through_graph([shown], operation_fn=way)
    said = GuessWords(embedding, name="guess_words")(
        [states[0] if isinstance(states, list) else states, places, words, count]
    )
    return keras.Model([codes], said)


class Told(keras.losses.Loss):
    """The loss that the network itself has worked out, [rows]."""

    def call(self, y_true: Any, y_pred: Any) -> Any:
        return y_pred[:, 0]


class Guessed(keras.metrics.Mean):
    """The share of the hidden words that is guessed."""

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        super().update_state(y_pred[:, 1])


class HideWords(keras.layers.Layer):
    """Hides some words of each text, anew each time while it learns, always the same ones while it is judged.

    Gives what is shown instead [rows, steps], where a blank is to stand [rows, steps], and for at most as many hidden words
    as a whole text can have: their places, the words [rows, most] and whether each counts, 1 or 0.
    """

    def __init__(self, vocabulary: int, seed: int, **kwargs: Any):
        super().__init__(**kwargs)
        self.vocabulary = vocabulary
        self._dice = keras.random.SeedGenerator(seed)

    def build(self, input_shape: Any) -> None:
        self.most = max(1, round(HIDDEN * input_shape[1]))

    def call(self, codes: Any, training: bool = False) -> Any:
        chance, way, other = (
            keras.random.uniform(ops.shape(codes), seed=self._dice if training else JUDGED_SEED + number)
            for number in range(3)
        )
        word = codes >= FIRST
        chance = ops.where(word, chance, -1.0)
        best, places = ops.top_k(chance, self.most)
        there = ops.sum(ops.cast(word, "float32"), axis=1, keepdims=True)
        wanted = ops.clip(ops.round(HIDDEN * there), 1.0, float(self.most))
        count = (ops.arange(self.most, dtype="float32") < wanted) & (best >= 0.0)
        least = ops.take_along_axis(best, ops.cast(wanted, "int32") - 1, axis=1)
        hidden = word & (chance >= least)
        any_word = FIRST + ops.cast(other * (self.vocabulary - FIRST), codes.dtype)
        swapped = hidden & (way >= BLANK) & (way < BLANK + OTHER)
        shown = ops.where(swapped, any_word, codes)
        words = ops.take_along_axis(codes, places, axis=1)
        return shown, hidden & (way < BLANK), places, words, ops.cast(count, "float32")


class Blanks(keras.layers.Layer):
    """Puts the same learned numbers wherever a word is hidden; from [rows, steps, numbers] and where, [rows, steps]."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, input_shape: Any) -> None:
        self.blank = self.add_weight(shape=(input_shape[0][-1],), initializer="uniform", name="blank")

    def call(self, inputs: Any) -> Any:
        states, where = inputs
        return ops.where(ops.expand_dims(where, -1), ops.cast(self.blank, states.dtype), states)

    def compute_mask(self, inputs: Any, previous_mask: Any = None) -> Any:
        return previous_mask[0] if previous_mask else None


class GuessWords(keras.layers.Layer):
    """What is guessed at the hidden places, held against the words that stood there, [rows, 2].

    Args:
        embedding: Its table says how near a guess is to each word.
    """

    def __init__(self, embedding: keras.layers.Embedding, **kwargs: Any):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.embedding = embedding
        self.bent = keras.layers.Dense(embedding.output_dim, activation="gelu", name="bent")
        self.scale = keras.layers.LayerNormalization(epsilon=1e-6, name="scale")

    def build(self, input_shape: Any) -> None:
        self.bent.build(input_shape[0])
        self.scale.build((*input_shape[0][:-1], self.embedding.output_dim))
        self.bias = self.add_weight(shape=(self.embedding.input_dim,), initializer="zeros", name="bias")

    def call(self, inputs: Any) -> Any:
        states, places, words, counts = inputs
        there = ops.take_along_axis(states, ops.expand_dims(places, -1), axis=1)
        near = ops.matmul(self.scale(self.bent(there)), ops.transpose(self.embedding.embeddings)) + self.bias
        near = ops.cast(near, "float32")
        surprise = keras.losses.sparse_categorical_crossentropy(words, near, from_logits=True)
        right = ops.cast(ops.argmax(near, axis=-1) == ops.cast(words, "int32"), "float32")
        each = ops.stack([surprise, right], axis=-1) * ops.expand_dims(counts, -1)
        return ops.divide_no_nan(ops.sum(each, axis=1), ops.sum(counts, axis=1, keepdims=True))

    def compute_mask(self, inputs: Any, previous_mask: Any = None) -> None:
        return None
