"""What is seen in a preview: the picture of one layer's numbers, the names of its places, and a sentence about it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from core import recipes
from core.graph import LayerReport
from core.layers import SHELF
from core.words import Sentence, mark
from core.worker import looks

if TYPE_CHECKING:
    from core.worker.previewing import Network

# Kinds that may put something else into the first place of what they give than what came in there.
MOVES_PLACES = {"permute", "reshape", "repeat_vector", "concatenate"}


def preview(network: "Network", name: str, row: int, given: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """All fields of a preview, `words` as plain data of a `Sentence`.

    Args:
        given: What every layer of the opened drawing gives for the row.
    """
    known = network.report.layers[name]
    values = given[network.stands_for[name][-1].name]
    attention = network.attention(name)
    scores = given[f"{attention.name}/scores"] if attention else None
    names = names_of(network, name, given)
    told = {
        "state": "ready",
        "row": row,
        "rows": network.prepared.facts["rows"]["validation"],
        "trained": network.weights == "trained",
        **looks.look(values, codes=bool(known.codes), picture=known.kind == "input"),
        "names": names,
    }
    if scores is not None:
        told |= {"look": "attention", "attention": looks.attention(scores)}
        said = _attention_words(scores, names)
    else:
        said = _words(network, name, known, values, row)
    about = _about_weights(network.weights, known.kind)
    said = mark("{first} {second}", first=said, second=about) if about else said
    return {**told, "words": said.to_json()}


def names_of(network: "Network", name: str, given: Mapping[str, np.ndarray]) -> list[str]:
    """What the places of a plain row, or of a sequence's steps, are called; empty where nobody can say."""
    while True:
        known, layers = network.report.layers[name], network.stands_for[name]
        values = given[layers[-1].name]
        if known.kind == "output":
            return _answers(network)
        if known.kind == "input":
            return _inputs(network, known, values)
        before = network.before[name]
        keeps = known.takes and values.shape[:1] == known.takes[0][:1] and known.kind not in MOVES_PLACES
        # A plain row keeps its names only through layers that treat each number on its own.
        kept = values.ndim > 1 or (keeps and len(known.takes[0]) == 1 and not known.weights)
        if not before or not keeps or not kept:
            return []
        name = before[0]


def _inputs(network: "Network", known: LayerReport, values: np.ndarray) -> list[str]:
    source = known.fields["source"]
    if known.codes:
        return looks.code_names(network.prepared.recipes, source, values.reshape(-1)[: looks.MOST_VALUES])
    names = looks.feature_names(network.prepared.recipes, source)
    return names if len(names) == values.size else []


def _answers(network: "Network") -> list[str]:
    classes = network.prepared.facts["classes"] or []
    if "range" in network.prepared.recipes["target"]:
        shares = network.prepared.recipes["target"]["range"]["shares"]
        return [f"{share:.0%}" for share in shares]
    if network.prepared.recipes["target"]["as"] == "labels":
        return network.prepared.recipes["target"]["labels"]
    if network.prepared.recipes["target"].get("steps"):
        return [f"> {name}" for name in classes[:-1]]
    return [classes[1]] if len(classes) == 2 else classes or [network.prepared.facts["target"]]


def _words(network: "Network", name: str, known: LayerReport, values: np.ndarray, row: int) -> Sentence:
    """What stands out most."""
    if known.kind == "output":
        return _answer_words(network, values, row)
    if known.kind == "input":
        return mark(
            "This is row {row:,} as the network reads it: {count} number.",
            plural="This is row {row:,} as the network reads it: {count:,} numbers.",
            row=row + 1, count=values.size,
        )  # fmt: skip
    if not np.isfinite(values).all():
        return mark("Some of these numbers grew beyond all bounds, so the network cannot learn like this.")
    if SHELF[known.kind].GROUP == "guarding" and not known.weights:
        return mark("It lets every number of row {row:,} pass: it acts only while training.", row=row + 1)
    if known.fields.get("activation") == "relu" or known.kind == "relu":
        return mark(
            "For row {row:,}, {zeros:,} of the {count:,} numbers are zero: ReLU lets only positive sums through.",
            row=row + 1, zeros=int((values == 0).sum()), count=values.size,
        )  # fmt: skip
    low, high = _short(values.min()), _short(values.max())
    if low == high:
        return mark("For row {row:,}, every number is {value:,g}.", row=row + 1, value=low)
    return mark(
        "For row {row:,}, the numbers lie between {low:,g} and {high:,g}, on average {mean:,g}.",
        row=row + 1, low=low, high=high, mean=_short(values.mean()),
    )  # fmt: skip


def _answer_words(network: "Network", values: np.ndarray, row: int) -> Sentence:
    facts = network.prepared.facts
    said = recipes.answers(network.prepared.recipes, values[None])
    if "probabilities" not in said:
        return mark(
            "For row {row:,} it answers {answer:,g} for {target}.",
            row=row + 1, answer=_short(said["prediction"][0]), target=facts["target"],
        )  # fmt: skip
    chances = said["probabilities"][0]
    if network.prepared.recipes["target"]["as"] == "labels":
        named = said["prediction"][0] or "–"
        return mark(
            "For row {row:,} it names these labels for {target}: {labels}.",
            row=row + 1,
            target=facts["target"],
            labels=named,
        )
    best = 1 if len(chances) == 2 else int(chances.argmax())
    return mark(
        "For row {row:,} it answers {chance:.2f} for {target} = {value}.",
        row=row + 1, chance=float(chances[best]), target=facts["target"], value=facts["classes"][best],
    )  # fmt: skip


def _attention_words(scores: np.ndarray, names: list[str]) -> Sentence:
    """The strongest look of one place at another one, over all heads."""
    mean = scores.mean(axis=0)
    query, key = np.unravel_index(int(mean.argmax()), mean.shape)
    called = [
        names[i] if i < len(names) else mark("place {number:,}", number=int(i) + 1) for i in (query, key)
    ]
    return mark(
        "The strongest look is that of “{query}” at “{key}”, with {share:.0%} of its attention.",
        query=called[0], key=called[1], share=float(mean[query, key]),
    )  # fmt: skip


def _about_weights(weights: str, kind: str) -> Sentence | None:
    if kind == "input":
        return None
    return {
        "trained": mark("The network is trained."),
        "other": mark(
            "The trained network has other layers than this drawing, so this one answers by chance."
        ),
        "new": mark("It is not trained yet, so this is chance."),
    }[weights]


def _short(value: Any) -> float:
    return float(f"{float(value):.3g}")
