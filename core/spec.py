"""What a run is asked to do: frozen data that becomes JSON and comes back, with a version."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from core.fields import Choice, Decimal, Fields, Whole, check_all, defaults
from core.goal import Goal
from core.graph import Graph
from core.tasks import SHELF as TASKS
from core.templates import SHELF as TEMPLATES
from core.templates import chosen
from core.templates._pictures import sources as picture_sources
from core.words import mark

VERSION = 1
# Where fewer validation rows than this say when to stop, as many divisions of all rows say for how long it learns once more.
FEW_VALIDATION_ROWS, DIVISIONS = 250, 5

CLASSES_ONLY = ("class_weight", "label_smoothing")  # settings that an amount as target does not know
PICTURES_ONLY = ("mirrored_answers",)  # settings for pictures that mean the same mirrored
TEXTS_ONLY = ("masked_words",)
# Automatic values (None) are chosen by the template from the number of rows, see `core.templates`.
TRAINING: Fields = {
    "epochs": Whole(
        label=mark("Epochs, at most"), low=1, high=10_000, default=120, main=True,
        help=mark("How often the network may see all training rows. It stops earlier when it no longer improves."),
    ),
    "minutes": Decimal(
        label=mark("Minutes, at most"), low=0.05, high=10_080, step=1.0, default=10.0, main=True,
        help=mark("Training ends after this time, whatever it has reached, and keeps the best."),
    ),
    "batch_size": Whole(
        label=mark("Rows per step"), low=1, high=65_536, default=None, auto=True,
        help=mark("More rows per step are faster and smoother; fewer sometimes find a better answer."),
    ),
    "learning_rate": Decimal(
        label=mark("Learning rate"), low=1e-7, high=10.0, step=0.001, default=None, auto=True,
        help=mark("The size of each step. Too large and it jumps about, too small and it takes for ever."),
    ),
    "weight_decay": Decimal(
        label=mark("Weight decay"), low=0.0, high=10.0, step=0.001, default=None, auto=True,
        help=mark("Pulls weights towards zero, so that the network does not learn single rows by heart."),
    ),
    "patience": Whole(
        label=mark("Patience in epochs"), low=1, high=10_000, default=None, auto=True,
        help=mark("How many epochs without improvement on the validation rows end the training."),
    ),
    "schedule": Choice(
        label=mark("Learning rate over time"), default="constant",
        options={"constant": mark("stays the same"), "cosine": mark("falls to zero, along a cosine")},
        help=mark("A falling rate settles down towards the last epoch; set the epochs to what you will let it have."),
    ),
    "warm_up": Decimal(
        label=mark("Warm-up in epochs"), low=0.0, high=1_000.0, step=0.5, default=None, auto=True,
        help=mark("The learning rate rises from zero over these first epochs, which calms networks that start wildly."),
    ),
    "global_clipnorm": Decimal(
        label=mark("Longest step (gradient clipping)"), low=0.0, high=1_000.0, step=0.1, default=1.0,
        help=mark("Steps longer than this are shortened, so that single rows cannot throw it off; 0 shortens none."),
    ),
    "class_weight": Choice(
        label=mark("Weight of the answers"), default="none",
        options={"none": mark("every row alike"), "balanced": mark("rare answers count more")},
        help=mark("Balanced finds more of the rare answers, but its percentages then come out too high for them."),
    ),
    "label_smoothing": Decimal(
        label=mark("Label smoothing"), low=0.0, high=0.5, step=0.01, default=None, auto=True,
        help=mark("Tells it that no answer is entirely sure, which keeps it from becoming too sure of itself."),
    ),
    "mirrored_answers": Choice(
        label=mark("Look at each picture twice"), default="off",
        options={"off": mark("no"), "on": mark("yes, mirrored the second time")},
        help=mark("The answer is the mean of both looks: often a little better, and it takes twice as long to answer."),
    ),
    "once_more": Choice(
        label=mark("Learn once more with all rows"), default=None, auto=True, options={"on": mark("on"), "off": mark("off")},
        help=mark(
            "Once it is known how long to train, it starts again and learns from the validation rows too. "
            "It takes twice as long; of few rows each one counts."
        ),
    ),
    "masked_words": Choice(
        label=mark("Learn the language of the texts first"), default=None, auto=True, options={"on": mark("on"), "off": mark("off")},
        help=mark(
            "Before the answers, it learns to guess hidden words in all texts, those of rows without an answer too. "
            "That helps where many texts have no answer yet."
        ),
    ),
    "jit_compile": Choice(
        label=mark("Compile the steps (XLA)"), default=None, auto=True, options={"on": mark("on"), "off": mark("off")},
        help=mark("Compiling costs seconds and makes many networks faster; automatic measures which is faster."),
    ),
    "mixed_precision": Choice(
        label=mark("Mixed precision (bfloat16)"), default=None, auto=True, options={"on": mark("on"), "off": mark("off")},
        help=mark(
            "Fewer digits inside a step: faster on processors made for it. Automatic measures it, and leaves out numbers and amounts."
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Spec:
    """Everything that a run is asked to do.

    Args:
        data: Id of the data set, the hash of its content.
        goal: Target, task, inputs, kinds and split.
        template: The item of the shelf `core.templates` that proposed the graph.
        graph: The layers.
        training: Values of the fields `TRAINING`, checked; None is automatic.
        seed: Decides initial weights, order of rows and dropout.
        project: The project that asked, if one did.
        name: What the user calls it.
        versions: Versions of the libraries at the time of asking.
        device: Where it is to run, one of `core.devices`, or empty: the supervisor chooses.
        starts_from: Id of a run whose best weights this one starts with, or empty.
        continues: For a run that goes on where a finished one ended: its id as `run`, and the `epoch` and the
            `spent` seconds that it had come to; empty otherwise.
    """

    data: str
    goal: Goal
    template: str
    graph: Graph
    training: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 1
    project: str = ""
    name: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    device: str = ""
    starts_from: str = ""
    continues: Mapping[str, Any] = field(default_factory=dict)

    def settings(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Values of `TRAINING`, with the automatic ones filled in by the template for the rows behind these facts."""
        proposed = TEMPLATES[chosen(self.template, facts)].training(facts)
        set_by_hand = {name: value for name, value in self.training.items() if value is not None}
        return {**defaults(TRAINING), **proposed, **set_by_hand}

    def to_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "version": VERSION,
            "goal": self.goal.to_json(),
            "graph": self.graph.to_json(),
            "training": dict(self.training),
            "versions": dict(self.versions),
            "continues": dict(self.continues),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Spec":
        """Raises SettingError or GraphError where a value is outside its limits."""
        return cls(
            data=data["data"],
            goal=Goal.from_json(data["goal"]),
            template=data["template"],
            graph=Graph.from_json(data["graph"]),
            training=check_all(TRAINING, data["training"]),
            seed=int(data["seed"]),
            project=data.get("project", ""),
            name=data.get("name", ""),
            versions=dict(data.get("versions", {})),
            device=data.get("device", ""),
            starts_from=data.get("starts_from", ""),
            continues=dict(data.get("continues", {})),
        )


def most_epochs(settings: Mapping[str, Any], rows: Mapping[str, int]) -> float:
    """How many looks at all training rows a run takes at most, that of learning once more among them.

    Args:
        settings: Values of `TRAINING`, automatic ones filled in.
        rows: How many there are on each side, from the facts.
    """
    if settings.get("once_more") != "on":
        return settings["epochs"]
    again = 1 + rows["validation"] / rows["train"]
    divided = DIVISIONS if rows["validation"] < FEW_VALIDATION_ROWS else 0
    return settings["epochs"] * (1 + again + divided * again * (1 - 1 / DIVISIONS))


def training_fields(facts: Mapping[str, Any]) -> Fields:
    """Those settings of the training that mean something for these facts."""
    pictures = set(picture_sources(facts))
    left_out = set() if "crossentropy" in TASKS[facts["task"]].LOSS else set(CLASSES_ONLY)
    if not pictures or not pictures <= set(facts.get("mirrored", ())):
        left_out |= set(PICTURES_ONLY)
    if not any(part.get("view") == "tokens" for part in facts["inputs"].values()):
        left_out |= set(TEXTS_ONLY)
    if (
        facts["task"] == "forecast"
    ):  # whose validation rows come after its training rows, and are no more of the same
        left_out |= {"once_more"}
    return {name: field for name, field in TRAINING.items() if name not in left_out}
