"""The other tower of a network that recommends: every item by what is known of it, beside what was learned of it alone."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class ItemTower(keras.layers.Layer):
    """From numbers that describe a person [rows, width], or each step of what one did, a score for each item [rows, items].

    An item's point is what two dense layers make of its facts, and what was learned of the item itself added to it. While
    it trains, the latter is left out of some items by chance, so that the facts learn to stand alone; items that never
    trained have facts only, and are no rivals in training. Of steps, all are answered while it trains, and otherwise only
    the last one.

    Args:
        items: How many codes of items there are, 0 included, which stands for none.
        facts: How many numbers are known of each.
        units: Of the first dense layer; 0 leaves it out.
        left_out: The share of items that are met as if they were new, 0 to 1.
        sampled: As for `ItemScores`.

    Sources: Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019 (two
        towers and a softmax; over all items at each step there is no bias of a sample to correct); Volkovs, Yu and
        Poutanen, "DropoutNet: Addressing Cold Start in Recommender Systems", NeurIPS 2017 (what is left out).
    """

    def __init__(self, items, facts, units=64, left_out=0.3, sampled=0, **kwargs):
        super().__init__(**kwargs)
        self.sampled = int(sampled)
        self.items, self.facts, self.units, self.left_out = (
            int(items),
            int(facts),
            int(units),
            float(left_out),
        )
        self.dice = keras.random.SeedGenerator(7)

    def build(self, input_shape):
        width = input_shape[-1]
        self.known = self.add_weight(
            shape=(self.items, self.facts), initializer="zeros", trainable=False, name="known"
        )
        self.trained = self.add_weight(
            shape=(self.items,), initializer="ones", trainable=False, name="trained"
        )
        inner = self.facts
        if self.units:
            self.first = self.add_weight(
                shape=(self.facts, self.units), initializer="glorot_uniform", name="first"
            )
            self.first_bias = self.add_weight(shape=(self.units,), initializer="zeros", name="first_bias")
            inner = self.units
        self.second = self.add_weight(shape=(inner, width), initializer="glorot_uniform", name="second")
        self.second_bias = self.add_weight(shape=(width,), initializer="zeros", name="second_bias")
        self.own = self.add_weight(shape=(self.items, width), initializer="glorot_uniform", name="own")
        self.popular = self.add_weight(shape=(self.items,), initializer="zeros", name="popular")
        if self.sampled:
            self.chances = self.add_weight(
                shape=(self.items,), initializer="ones", trainable=False, name="chances"
            )

    def points(self, known):
        """What the facts alone make of items, [items, width].

        Args:
            known: Their facts, [items, facts].
        """
        inner = known
        if self.units:
            inner = ops.relu(ops.matmul(inner, self.first) + self.first_bias)
        return ops.matmul(inner, self.second) + self.second_bias

    def points_of(self, codes):
        """What some codes are scored by while it trains, [codes, width], and what is added, [codes]."""
        kept = self.kept(ops.take(self.trained, codes), training=True)
        points = self.points(ops.take(self.known, codes, axis=0))
        own = ops.take(self.own, codes, axis=0) * ops.expand_dims(kept, -1)
        return points + own, ops.take(self.popular, codes) * kept

    def kept(self, trained, training):
        """How much counts what was learned of each item itself: 1, or 0 of those that are met as new."""
        if not training or not self.left_out:
            return trained
        thrown = keras.random.uniform(ops.shape(trained), seed=self.dice)
        return trained * ops.cast(thrown >= self.left_out, trained.dtype)

    def call(self, inputs, training=None):
        if self.sampled and training:
            return inputs
        if len(inputs.shape) == 3 and not training:
            inputs = inputs[:, -1, :]
        kept = self.kept(ops.convert_to_tensor(self.trained), training)
        points = self.points(self.known) + self.own * ops.expand_dims(kept, -1)
        scores = ops.matmul(inputs, ops.transpose(points)) + self.popular * kept
        if training:
            scores = scores - 1e9 * (1.0 - self.trained)
        return scores

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.items)

    def get_config(self):
        return {
            **super().get_config(), "items": self.items, "facts": self.facts, "units": self.units, "left_out": self.left_out,
            "sampled": self.sampled,
        }  # fmt: skip
