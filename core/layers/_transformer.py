"""What Transformer blocks share: layers with a way around them, and a norm before or after.

Source: Vaswani et al., "Attention Is All You Need", 2017, section 3.1 (norm after); Xiong et al., "On Layer
Normalization in the Transformer Architecture", 2020 (norm before).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.fields import Choice, Decimal, Whole
from core.layers._attention import FIELDS as ATTENTION
from core.layers._blocks import ACTIVATION, DROPOUT, Step, chain, drop
from core.layers._made import Part
from core.layers._shapes import Shape
from core.layers._sizes import fill_in
from core.words import mark

FEED_FORWARD_WIDTH = 4  # times the width of a step, section 3.3 (2048 for 512)

FIELDS = {
    "num_heads": ATTENTION["num_heads"],
    "key_dim": replace(ATTENTION["key_dim"], main=False),
    "units": Whole(
        label=mark("Units"), low=1, high=65_536, auto=True, main=True,
        help=mark("How many patterns it looks for in each step after looking around; by itself, four times the width."),
    ),
    "activation": replace(ACTIVATION, default="gelu", main=False),
    "norm": Choice(
        label=mark("Keep in scale"), default="before",
        options={"before": mark("Before each part (trains more steadily)"), "after": mark("After each part (as first published)")},
        help=mark("Where the numbers are brought to a common scale."),
    ),
    "epsilon": Decimal(
        label=mark("Smallest spread"), low=1e-7, high=1.0, step=0.001, default=1e-5,
        help=mark("Keeps rows that hardly vary from being blown up."),
    ),
    "dropout": DROPOUT,
}  # fmt: skip


def from_shapes(fields: Mapping[str, Any], shapes: list[Shape]) -> dict[str, Any]:
    """Fills in `key_dim` and `units`, which follow from the width of a step."""
    width = shapes[0][-1]
    filled = fill_in(fields, "key_dim", max(1, width // fields["num_heads"]))
    return fill_in(filled, "units", FEED_FORWARD_WIDTH * width)


def attention_fields(fields: Mapping[str, Any], causal: bool = False) -> dict[str, Any]:
    return {"num_heads": fields["num_heads"], "key_dim": fields["key_dim"], "use_causal_mask": causal}


def around(start: str, name: str, fields: Mapping[str, Any], *inner: Step, beside: str = "") -> list[Part]:
    """The inner layers with a way around them: a norm, what they find added to `start`; the last is called `<name>_out`.

    Args:
        beside: A second layer that feeds the first inner layer.
    """
    scale: Step = (f"{name}_norm", "layer_normalization", {"epsilon": fields["epsilon"]})
    before = fields["norm"] == "before"
    parts = chain(start, scale if before else None, *inner, drop(f"{name}_dropout", fields["dropout"]))
    if beside:
        parts = [replace(p, inputs=(*p.inputs, beside)) if p.name == inner[0][0] else p for p in parts]
    if before:
        return [*parts, Part(f"{name}_out", "add", (start, parts[-1].name))]
    added = Part(f"{name}_sum", "add", (start, parts[-1].name))
    return [*parts, added, *chain(added.name, (f"{name}_out", *scale[1:]))]


def feed_forward(start: str, fields: Mapping[str, Any], width: int) -> list[Part]:
    """Two dense layers for every step by itself. Source: section 3.3."""
    return around(
        start,
        "feed",
        fields,
        ("feed_wide", "dense", {"units": fields["units"], "activation": fields["activation"]}),
        ("feed_back", "dense", {"units": width, "activation": "linear"}),
    )
