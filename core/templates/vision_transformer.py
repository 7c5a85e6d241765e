"""A Transformer that reads a picture as a row of patches.

Source: Dosovitskiy et al., "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale", ICLR 2021.
"""

from collections.abc import Mapping
from math import gcd, sqrt
from typing import Any

from core.fields import Whole, check_all
from core.graph import Graph, Layer
from core.templates import _pictures
from core.templates._pictures import VARIED, suits
from core.words import mark

__all__ = ["suits"]

LABEL = mark("Vision Transformer")
HELP = mark("Cuts the picture into patches, and lets every patch look at all others; it wants many pictures.")
PATCHES = 56  # about so many, whatever the size of the pictures
FIELDS = {
    "patch": Whole(
        label=mark("Side of a patch"), low=1, high=128, auto=True, main=True,
        help=mark("Smaller patches keep finer details, and there are more of them to look at."),
    ),
    "width": Whole(
        label=mark("Numbers per patch"), low=8, high=1_024, default=64, main=True,
        help=mark("More numbers can say more about each patch, and need more pictures to be learned."),
    ),
    "depth": _pictures.depth_field(
        mark("Transformer blocks"), mark("More blocks see more indirect connections between patches."), default=4, high=24,
    ),
    "num_heads": Whole(
        label=mark("Heads"), low=1, high=64, default=4,
        help=mark("How many things each patch looks for at once in the others."),
    ),
    **VARIED,
}  # fmt: skip


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    height, width = _pictures.size(facts)
    side = min(values["patch"], height, width)

    def inside(lead: str, before: str) -> list[Layer]:
        cut = {
            "filters": values["width"], "kernel_size": [side, side], "strides": [side, side],
            "padding": "valid", "activation": "linear",
        }  # fmt: skip
        layers = [
            Layer(f"{lead}patches", "conv_2d", (before,), cut),
            Layer(f"{lead}steps", "reshape", (f"{lead}patches",), {"target_shape": [-1, values["width"]]}),
            Layer(f"{lead}places", "position_embedding", (f"{lead}steps",)),
        ]
        for number in range(1, values["depth"] + 1):
            heads = {"num_heads": values["num_heads"], "units": 2 * values["width"]}
            layers.append(Layer(f"{lead}block_{number}", "transformer_encoder", (layers[-1].name,), heads))
        layers.append(Layer(f"{lead}scale", "layer_normalization", (layers[-1].name,)))
        return [*layers, Layer(f"{lead}together_seen", "global_average_pooling_1d", (f"{lead}scale",))]

    return _pictures.network(facts, values, inside)


def patch(height: int, width: int) -> int:
    """The side of patches that makes about `PATCHES` of them, if possible without a rest.

    Example:
        >>> patch(28, 28), patch(96, 96), patch(31, 37)
        (4, 12, 5)
    """
    wanted = max(1.0, sqrt(height * width / PATCHES))
    common = gcd(height, width)
    fitting = [side for side in range(1, common + 1) if common % side == 0 and 0.6 <= side / wanted <= 1.6]
    return min(fitting, key=lambda side: abs(side - wanted), default=max(1, round(wanted)))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {
        "patch": patch(*_pictures.size(facts)),
        "augmentation": _pictures.automatic(facts)["augmentation"],
    }


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _pictures.training_values(facts, learning_rate=1e-3, weight_decay=1e-2)
