"""The beginning and the end that picture templates share: pixels brought to 0 to 1, varied, and joined by other columns."""

from collections.abc import Callable, Mapping
from math import log2
from typing import Any

from core.fields import Choice, Decimal, Fields, Whole
from core.graph import Graph, Layer
from core.layers._sizes import by_rows
from core.templates import _columns
from core.templates._sizes import PATIENCE, embedding_width
from core.words import mark

DROPOUT: Fields = {
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, auto=True, main=True,
        help=mark("More makes it harder to learn pictures by heart, and slower to learn at all."),
    ),
}  # fmt: skip
VARIED: Fields = {
    "augmentation": Choice(
        label=mark("Vary the pictures"), auto=True, main=True,
        options={
            "none": mark("not at all"),
            "moved": mark("moved, turned and enlarged a little"),
            "mirrored": mark("the same, and mirrored"),
        },
        help=mark("While training, each picture looks a little different every time, so that one counts as several; "
                  "mirrored only where left and right mean the same."),
    ),
}  # fmt: skip
# How far pictures are moved, turned and enlarged: so little that a 6 stays a 6.
SHIFT, TURN, ZOOM = 0.08, 0.03, 0.1
RATES_LEFT_OUT = ((1_000, 0.4), (20_000, 0.3), (None, 0.2))
BATCH = ((1_000, 32), (20_000, 64), (None, 128))
FAR = 7  # places on a side that are few enough to be looked at together

Inside = Callable[[str, str], list[Layer]]


def sources(facts: Mapping[str, Any]) -> list[str]:
    """The inputs that bring in pictures."""
    return [name for name, part in facts["inputs"].items() if is_picture(part)]


def is_picture(part: Mapping[str, Any]) -> bool:
    return len(part["shape"]) == 3 and part["shape"][2] in (1, 3) and "vocabulary" not in part


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether there are pictures, and nothing else than what can stand beside them."""
    pictures = sources(facts)
    return bool(pictures) and _columns.always(facts) <= {*_columns.INPUTS, *pictures}


def size(facts: Mapping[str, Any]) -> tuple[int, int]:
    """The smallest height and width of all pictures."""
    shapes = [facts["inputs"][source]["shape"] for source in sources(facts)]
    return min(shape[0] for shape in shapes), min(shape[1] for shape in shapes)


def halvings(facts: Mapping[str, Any], most: int = 4) -> int:
    """How often the pictures can be halved until `FAR` places are left on the shorter side; at least once.

    Example:
        >>> halvings({"inputs": {"picture": {"shape": [28, 28, 1]}}}), halvings({"inputs": {"p": {"shape": [96, 96, 3]}}})
        (2, 4)
    """
    return min(max(round(log2(min(size(facts)) / FAR)), 1), most)


def automatic(facts: Mapping[str, Any], varied: bool = True) -> dict[str, Any]:
    """What the automatic fields come to; pictures are mirrored only where that was found to keep their meaning."""
    found: dict[str, Any] = {"dropout": by_rows(RATES_LEFT_OUT, facts["rows"]["train"])}
    if varied:
        same = set(sources(facts)) <= set(facts.get("mirrored", ()))
        found["augmentation"] = "mirrored" if same else "moved"
    return found


def network(facts: Mapping[str, Any], values: Mapping[str, Any], inside: Inside) -> Graph:
    """All pictures through `inside`, the other columns beside them, then dropout and the answer.

    Args:
        inside: From the name that its layers begin with, and the layer before, to layers that end in a plain row.
    """
    layers, ends = [], []
    pictures = sources(facts)
    for number, source in enumerate(pictures, start=1):
        lead = "" if len(pictures) == 1 else f"picture_{number}_"
        layers += _begin(lead, source, values.get("augmentation", "none"))
        layers += inside(lead, layers[-1].name)
        ends.append(layers[-1].name)
    if _columns.always(facts) > set(pictures):
        categories = facts["inputs"].get("categories")
        layers += _columns.columns(facts, embedding_width(categories) if categories else None)
        ends.append(layers[-1].name)
    if len(ends) > 1:
        layers.append(Layer("together", "concatenate", tuple(ends)))
    if values.get("dropout"):
        layers.append(Layer("dropout", "dropout", (layers[-1].name,), {"rate": values["dropout"]}))
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))


def _begin(lead: str, source: str, augmentation: str) -> list[Layer]:
    picture, brightness = (f"{lead}{name}" for name in ("picture", "brightness"))
    layers = [
        Layer(picture, "input", fields={"source": source}),
        Layer(brightness, "rescaling", (picture,), {"scale": 1 / 255}),
    ]
    edges = {"fill_mode": "nearest"}
    steps: list[tuple[str, str, dict[str, Any]]] = []
    if augmentation == "mirrored":
        steps.append(("mirrored", "random_flip", {}))
    if augmentation != "none":
        steps += [
            ("moved", "random_translation", {"height_factor": SHIFT, "width_factor": SHIFT, **edges}),
            ("turned", "random_rotation", {"factor": TURN, **edges}),
            ("enlarged", "random_zoom", {"height_factor": ZOOM, **edges}),
        ]
    for name, kind, fields in steps:
        layers.append(Layer(f"{lead}{name}", kind, (layers[-1].name,), fields))
    return layers


def training_values(facts: Mapping[str, Any], learning_rate: float, weight_decay: float) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    rows = facts["rows"]["train"]
    return {
        "batch_size": by_rows(BATCH, rows),
        "learning_rate": learning_rate,
        "weight_decay": weight_decay,
        "patience": by_rows(PATIENCE, rows),
        "once_more": "off",
        "masked_words": "off",
        "label_smoothing": 0.0,
        "warm_up": 0.0,
    }


def depth_field(label: Any, help: Any, default: int | None = None, high: int = 12) -> Whole:
    """The knob for how many steps there are."""
    return Whole(label=label, help=help, low=1, high=high, auto=default is None, default=default, main=True)
