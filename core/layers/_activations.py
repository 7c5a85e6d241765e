"""The bends that layers can put on their numbers, by Keras's names."""

from core.errors import GraphError, Mend
from core.layers._shapes import Shape
from core.words import mark

ACTIVATIONS = {
    "relu": mark("ReLU"),
    "relu6": mark("ReLU6"),
    "leaky_relu": mark("Leaky ReLU"),
    "gelu": mark("GELU"),
    "silu": mark("SiLU (Swish)"),
    "mish": mark("Mish"),
    "elu": mark("ELU"),
    "selu": mark("SELU"),
    "softplus": mark("Softplus"),
    "softsign": mark("Softsign"),
    "tanh": mark("Tanh"),
    "sigmoid": mark("Sigmoid"),
    "hard_sigmoid": mark("Hard sigmoid"),
    "softmax": mark("Softmax"),
    "linear": mark("None (linear)"),
}


def check_activation(activation: str, shape: Shape) -> None:
    """Raises GraphError where the activation would answer the same whatever comes in."""
    if activation == "softmax" and shape[-1] == 1:
        raise GraphError(
            mark("Softmax over a single number always answers 1."),
            mark("Use Sigmoid here, or more than one unit."),
            mends=[Mend(mark("Use Sigmoid here"), ({"do": "set", "fields": {"activation": "sigmoid"}},))],
        )
