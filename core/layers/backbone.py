"""A network that has seen a million pictures, as one block; its weights are looked up when training begins.

Batch normalization is folded into the windows (`core.pretrained`), so that what stays as it is needs no running means.

Source: Yosinski et al., "How transferable are features in deep neural networks?", NeurIPS 2014: what is found before the last
layers suits other pictures better than what those layers make of it.
"""

from collections.abc import Mapping
from typing import Any

from core.backbones import DEFAULT, Convolution, Sum
from core.backbones import SHELF as BACKBONES
from core.errors import GraphError
from core.fields import Choice
from core.layers._blocks import CODES, KERAS
from core.layers._made import Part
from core.layers._pictures import need_picture
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["CODES", "KERAS"]

LABEL = mark("Pretrained network")
HELP = mark(
    "Has learned from a million photographs what edges, fur, wheels and leaves look like, and tells what it sees."
)
WHEN = mark("Take it behind pictures whose numbers lie between 0 and 1, where you have few of them.")
MORE = mark(
    "The more of it goes on learning, the closer it fits your pictures, and the more of them it needs."
)
PICTURE = "block"
GROUP = "blocks"
INPUTS = (1, 1)

FIELDS = {
    "network": Choice(
        label=mark("Network"), default=DEFAULT, main=True,
        options={name: BACKBONES[name].LABEL for name in BACKBONES},
        help=mark("Which one; their weights come with Modelyard, from a folder, or are fetched once."),
    ),
    "learns": Choice(
        label=mark("What goes on learning"), default="nothing", main=True,
        options={
            "nothing": mark("nothing: it stays as it is"),
            "last": mark("its last blocks"),
            "all": mark("all of it"),
        },
        help=mark("With few pictures nothing, or later its last blocks with a small learning rate."),
    ),
    "until": Choice(
        label=mark("Used up to"), default="parts",
        options={"parts": mark("parts of things"), "end": mark("its end: whole things")},
        help=mark("Its last layers know the things that it has learned, which may not be yours."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(40, 33, 3)]},
    {"fields": {"network": "mobilenet_v2", "until": "end", "learns": "last"}, "shapes": [(32, 32, 1)]},
]


def layers(fields: Mapping[str, Any], shapes: list[Shape]) -> tuple[Part, ...]:
    need_picture(shapes[0])
    if shapes[0][-1] not in (1, 3):
        raise GraphError(
            mark("it knows pictures of 1 or 3 channels, but gets {count}.", count=shapes[0][-1]),
            mark("Put it right behind the picture and its rescaling."),
        )
    network = BACKBONES[fields["network"]]
    scale = {"scale": network.SCALE, "offset": network.OFFSET}
    return (Part("as_learned", "rescaling", ("in_1",), scale), *(_part(one) for one in used(fields)))


def used(fields: Mapping[str, Any]) -> list[Convolution | Sum]:
    """Its layers up to where it is used: to its end, or to the last widening of the last stage but one."""
    whole = list(BACKBONES[fields["network"]].convolutions())
    if fields["until"] == "end":
        return whole
    last = max(one.stage for one in whole) - 1
    widened = [at for at, one in enumerate(whole) if one.stage == last and one.name.endswith("_expand")]
    return whole[: widened[-1] + 1]


def learning(fields: Mapping[str, Any]) -> set[str]:
    """Names of its parts that go on learning."""
    found = used(fields)
    last = found[-1].stage
    return {
        one.name for one in found
        if fields["learns"] == "all" or (fields["learns"] == "last" and one.stage == last)
    }  # fmt: skip


def _part(one: Convolution | Sum) -> Part:
    if isinstance(one, Sum):
        return Part(one.name, "add", one.before)
    window = {
        "kernel_size": [one.kernel, one.kernel], "strides": [one.strides, one.strides],
        "padding": "same", "activation": one.activation,
    }  # fmt: skip
    if one.filters is None:
        return Part(one.name, "depthwise_conv_2d", (one.before,), window)
    before = one.before or "as_learned"
    return Part(one.name, "conv_2d", (before,), {"filters": one.filters, **window})
