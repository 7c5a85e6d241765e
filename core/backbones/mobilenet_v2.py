"""MobileNetV2 as Keras applications bring it; its weights are fetched, or lie where Keras keeps them.

Source: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018, table 2.
"""

from core.backbones._inverted import Convolution, Stage, Sum, inverted
from core.words import mark

LABEL = mark("MobileNetV2")
HELP = mark(
    "An older network that has learned to tell 1,000 kinds of things apart; its weights are fetched first."
)
LICENCE = "Apache-2.0"
FILE = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_96_no_top.h5"
PACKAGE: tuple[str, str] | None = None
ADDRESS = f"https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/{FILE}"
MEGABYTES = 9
SCALE, OFFSET = 2.0, -1.0
EPSILON = 1e-3
STAGES = (
    Stage(1, 3, 1, 1, 16), Stage(2, 3, 2, 6, 24), Stage(3, 3, 2, 6, 32), Stage(4, 3, 2, 6, 64),
    Stage(3, 3, 1, 6, 96), Stage(3, 3, 2, 6, 160), Stage(1, 3, 1, 6, 320),
)  # fmt: skip
NORMS = {"gamma": "gamma", "beta": "beta", "mean": "moving_mean", "variance": "moving_variance"}


def convolutions() -> tuple[Convolution | Sum, ...]:
    return inverted(STAGES, first=32, last=1280)


def kept(name: str, what: str) -> str:
    """What the file calls it.

    Example:
        >>> kept("stem", "gamma"), kept("block_0_depthwise", "kernel"), kept("block_3_expand", "mean")
        ('bn_Conv1/gamma', 'expanded_conv_depthwise/kernel', 'block_3_expand_BN/moving_mean')
    """
    layer, norm = {"stem": ("Conv1", "bn_Conv1"), "head": ("Conv_1", "Conv_1_bn")}.get(
        name, (name.replace("block_0", "expanded_conv", 1) if name.startswith("block_0_") else name, "")
    )
    if what != "kernel":
        return f"{norm or f'{layer}_BN'}/{NORMS[what]}"
    return f"{layer}/kernel"
