"""A network in plain words, for people who do not read drawings."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.graph.drawing import Graph
from core.graph.measure import LayerReport, measure
from core.words import Sentence, mark

STEPS = {
    1: mark("One step of {sizes} units looks for patterns."),
    2: mark("Two steps of {sizes} units look for patterns."),
    3: mark("Three steps of {sizes} units look for patterns."),
    4: mark("Four steps of {sizes} units look for patterns."),
    5: mark("Five steps of {sizes} units look for patterns."),
}


def explain(graph: Graph, facts: Mapping[str, Any]) -> list[Sentence]:
    """What the network reads, does and answers, one sentence each; empty while it does not work.

    Args:
        facts: As for `measure`, with `columns` (how many), and where known `target` (a column's name) and `classes`.
    """
    report = measure(graph, facts)
    if not report.ok:
        return []
    by_kind: dict[str, list[LayerReport]] = {}
    for layer in graph.layers:
        by_kind.setdefault(layer.kind, []).append(report.layers[layer.name])
    found = [_reads(facts), *_embeddings(by_kind), *_steps(by_kind), *_dropout(by_kind), _answer(facts)]
    return [*found, _size(report.weights, facts)]


def _reads(facts: Mapping[str, Any]) -> Sentence:
    return mark("Reads {count} column.", plural="Reads {count:,} columns.", count=facts["columns"])


def _embeddings(by_kind: Mapping[str, list[LayerReport]]) -> list[Sentence]:
    return [
        mark("Learns one number for each of the {values:,} known values of categories.",
             plural="Learns {count:,} numbers for each of the {values:,} known values of categories.",
             count=r.fields["output_dim"], values=r.fields["input_dim"])
        for r in by_kind.get("embedding", [])
    ]  # fmt: skip


def _steps(by_kind: Mapping[str, list[LayerReport]]) -> list[Sentence]:
    units = [r.fields["units"] for r in by_kind.get("dense", [])]
    if not units:
        return []
    if len(units) not in STEPS:
        return [
            mark(
                "{count} steps of {low:,} to {high:,} units look for patterns.",
                count=len(units), low=min(units), high=max(units),
            )
        ]  # fmt: skip
    sizes: Sentence | str = f"{units[0]:,}"
    for more in units[1:-1]:
        sizes = mark("{first}, {next:,}", first=sizes, next=more)
    if len(units) > 1:
        sizes = mark("{first} and {last:,}", first=sizes, last=units[-1])
    return [replace(STEPS[len(units)], values={"sizes": sizes})]


def _dropout(by_kind: Mapping[str, list[LayerReport]]) -> list[Sentence]:
    rates = [r.fields["rate"] for r in by_kind.get("dropout", []) if r.fields["rate"] > 0]
    if not rates:
        return []
    return [mark("While it learns, {share:.0%} of what a step finds is left out at random, so that it does not "
                 "learn single rows by heart.", share=max(rates))]  # fmt: skip


def _answer(facts: Mapping[str, Any]) -> Sentence:
    output, classes, target = facts["output"], facts.get("classes"), facts.get("target", "")
    if output["activation"] == "sigmoid" and output["units"] == 1:
        if not classes:
            return mark("Answers with one probability.")
        if not target:
            return mark(
                "Answers with one probability: how likely the answer is “{value}”.", value=classes[-1]
            )
        return mark(
            "Answers with one probability: how likely {target} is “{value}”.",
            target=target,
            value=classes[-1],
        )
    if output["activation"] == "softmax":
        if not target:
            return mark("Answers with {count} probabilities that add up to one.", count=output["units"])
        return mark(
            "Answers with {count} probabilities, one for each value of {target}.",
            count=output["units"],
            target=target,
        )
    if not target:
        return mark(
            "Answers with {count} number.", plural="Answers with {count:,} numbers.", count=output["units"]
        )
    return mark("Answers with one number: the {target} to be expected.", target=target)


def _size(weights: int, facts: Mapping[str, Any]) -> Sentence:
    rows = facts.get("rows", {}).get("train")
    if not rows:
        return mark("It has {weights:,} weights to learn.", weights=weights)
    return mark("It has {weights:,} weights, and {count} row to learn them from.",
                plural="It has {weights:,} weights, and {count:,} rows to learn them from.",
                weights=weights, count=rows)  # fmt: skip
