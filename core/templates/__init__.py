"""A shelf: ready-made graphs, sized from the facts about the data.

One file is one template: `LABEL`, `HELP`, `FIELDS`, `suits(facts) -> bool`, `graph(facts, fields) -> Graph`,
`automatic(facts) -> dict` with the values of its automatic fields, and `training(facts) -> dict` with those of
`core.spec.TRAINING`.
"""

from collections.abc import Mapping
from typing import Any

from core.shelf import Shelf
from core.words import Sentence, mark

SHELF = Shelf(__name__, mark("template"))
DEFAULT = "members_network"
ORDER = ("members_network", "table_network", "few_rows", "wide_and_deep", "ft_transformer")
ORDER_FOR_TEXTS = (
    "words_and_meaning", "counted_words", "meaning_vectors", "text_convolution", "text_recurrent", "text_transformer",
    "language_first",
)  # fmt: skip
DEFAULT_FOR_PICTURES = "picture_network"
DEFAULT_FOR_SERIES = "forecast_network"
DEFAULT_FOR_REPLIES = "two_towers"
DEFAULT_FOR_WRITING = "writer"
DEFAULTS_FOR_TASTES = (
    "next_items",
    "item_to_item",
    "matrix_factorisation",
)  # the second first where nothing tells the order
BY_FACTS = "two_towers_of_tastes"  # where somebody brings a table of facts
DEFAULT_FOR_REWRITING = "encoder_decoder"
DEFAULT_FOR_FEW_PICTURES = "pretrained_network"
DEFAULTS_FOR_TEXTS = (
    "words_and_meaning",
    "counted_words",
)  # the second where the sentence encoder is not there
LEAST_TEXTS = 0.5  # share of the columns from which on a table is made of texts


def default_for(facts: Mapping[str, Any]) -> str:
    """The template to begin with for these facts."""
    if facts.get("task") == "recommend":
        return next(name for name in _for_tastes(facts) if SHELF[name].suits(facts))
    texts = DEFAULTS_FOR_TEXTS if _mostly_texts(facts) else ()
    wanted = (
        DEFAULT_FOR_WRITING,
        DEFAULT_FOR_REWRITING,
        *texts,
        DEFAULT,
        DEFAULT_FOR_SERIES,
        DEFAULT_FOR_REPLIES,
    )
    table = next((name for name in wanted if SHELF[name].suits(facts)), "")
    few = not table and SHELF[DEFAULT_FOR_FEW_PICTURES].promises(facts)
    return table or (DEFAULT_FOR_FEW_PICTURES if few else DEFAULT_FOR_PICTURES)


def _for_tastes(facts: Mapping[str, Any]) -> tuple[str, ...]:
    first, second, *others = DEFAULTS_FOR_TASTES
    if not facts["tastes"]["ordered"]:
        return (second, *others, first)
    return (BY_FACTS, *DEFAULTS_FOR_TASTES) if facts["tastes"].get("given") else DEFAULTS_FOR_TASTES


def why_default(facts: Mapping[str, Any]) -> Sentence | None:
    """Why `default_for` chose as it did, where what is known about the data decided; None where it does not say."""
    if facts.get("task") != "recommend":
        return None
    known = facts["tastes"]
    if default_for(facts) == "item_to_item":
        if known.get("fresh"):
            return mark(
                "Chosen because nothing says what came first: then what items say about each other counts. For the {count:,} items that "
                "nobody had yet, take “{other}”.",
                count=known["fresh"], other=SHELF[BY_FACTS].LABEL,
            )  # fmt: skip
        return mark(
            "Chosen because nothing says what came first: then what items say about each other counts, and it is solved exactly."
        )
    if default_for(facts) == BY_FACTS:
        return mark(
            "Chosen because you brought facts: it learns from the order in time and from the facts, and can recommend items that nobody had yet."
        )
    if known["ordered"]:
        return mark(
            "Chosen because the order in time is known: what somebody had last says most about what comes next. {count:,} events "
            "are enough to learn it from, and a linear model from item to item stands beside it.",
            count=known["events"],
        )  # fmt: skip
    return mark(
        "Chosen because nothing says what came first, and {items:,} items are too many to hold all their pairs.",
        items=known["items"],
    )


def _mostly_texts(facts: Mapping[str, Any]) -> bool:
    """Whether at least half of the columns are texts: there, how texts are read decides more than all else."""
    columns = {part["of"] for part in facts["inputs"].values() if "view" in part}
    return bool(columns) and len(columns) >= LEAST_TEXTS * facts["columns"]


def suiting(facts: Mapping[str, Any]) -> list[str]:
    """All templates that suit, the one to begin with first, then in the order of `ORDER`; those for texts before or
    after those for tables, as the columns are mostly."""
    order = (*ORDER_FOR_TEXTS, *ORDER) if _mostly_texts(facts) else (*ORDER, *ORDER_FOR_TEXTS)
    first = [default_for(facts), *order]
    found = [name for name in SHELF if SHELF[name].suits(facts)]
    return sorted(found, key=lambda name: first.index(name) if name in first else len(first))


def chosen(name: str, facts: Mapping[str, Any]) -> str:
    """The template of that name, where it is one and suits, or else the one to begin with."""
    return name if name in SHELF and SHELF[name].suits(facts) else default_for(facts)
