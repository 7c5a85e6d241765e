"""A trained model that looks at each picture twice, the second time mirrored, and answers with the mean of both looks.

Source: Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", NeurIPS 2012,
section 4.1, where answers about mirrored and cut-out pictures are averaged.
"""

from collections.abc import Mapping
from typing import Any

import keras

from core.templates._pictures import sources


def averaged(model: keras.Model, facts: Mapping[str, Any]) -> keras.Model:
    """The model with both looks inside, so that all that is taken away has them; itself where mirrored pictures mean something else.

    Args:
        facts: What is known about the prepared rows; `facts["mirrored"]` are the inputs that mean the same mirrored.
    """
    pictures = set(sources(facts))
    if not pictures or not pictures <= set(facts.get("mirrored", ())):
        return model
    inputs = [keras.Input(one.shape[1:], dtype=one.dtype, name=one.name) for one in model.inputs]
    turned = [keras.ops.flip(one, axis=2) if one.name in pictures else one for one in inputs]
    network = keras.Model(model.inputs, model.outputs[0], name="network")
    return keras.Model(inputs, keras.layers.Average(name="both")([network(inputs), network(turned)]))
