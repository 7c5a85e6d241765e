"""A network in plain words, for people who do not read drawings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.graph import telling
from core.graph.drawing import Graph, Layer
from core.graph.measure import Report, measure
from core.graph.order import order
from core.graph.pretrained import learned_weights
from core.layers import SHELF
from core.words import Sentence, mark

LONGEST = 12  # sentences
REPEATED = 6  # longest pattern of sentences that is looked for


def explain(graph: Graph, facts: Mapping[str, Any], report: Report | None = None) -> list[Sentence]:
    """What the network reads, does and answers, following the drawing; empty while it does not work.

    Args:
        facts: As for `measure`, with `columns` (how many), and where known `target` (a column's name) and `classes`.
        report: What `measure` says about the graph with these facts, where it is known already.
    """
    report = report or measure(graph, facts)
    if not report.ok:
        return []
    first, last = _reads(facts), [_answer(facts), _size(report, facts)]
    notes = telling.notes(list(report.layers.values())) + _answered_twice(graph, report)
    told, most = _sentences(order(graph), report), LONGEST - len(first) - len(notes) - len(last)
    if len(told) > most:
        told = _shortened(_repeats(told), most)
    return [*first, *told, *notes, *last]


def _answered_twice(graph: Graph, report: Report) -> list[Sentence]:
    """A hint where a layer makes the answer's probabilities already, which the output then makes anew from them."""
    output = next(layer for layer in graph.layers if layer.kind == "output")
    before, answer = report.layers[output.inputs[0]], report.layers[output.name]
    same = all(before.fields.get(name) == answer.fields[name] for name in ("units", "activation"))
    if before.kind != "dense" or not same or answer.fields["activation"] not in ("softmax", "sigmoid"):
        return []
    return [
        mark("“{layer}” does what the output does once more: without it, or with another bend, it learns better.",
             layer=output.inputs[0])
    ]  # fmt: skip


def _sentences(layers: Sequence[Layer], report: Report) -> list[Sentence]:
    """One for each run of layers and for each place where ways come together, where they begin."""
    by_name = {layer.name: layer for layer in layers}
    feeding = [name for layer in layers for name in dict.fromkeys(layer.inputs)]
    forks = {name for name, count in _counts(feeding).items() if count > 1}
    raw = _raw(layers)
    runs: list[list[Layer]] = []
    run_of: dict[str, int] = {}
    for layer in layers:
        family = telling.family(layer.kind)
        if not family or (layer.kind == "concatenate" and layer.name in raw):
            continue
        before = run_of.get(_told_before(layer, by_name, forks), -1)
        if before < 0 or _is_merge(layer) or telling.family(runs[before][-1].kind) != family:
            before = len(runs)
            runs.append([])
        runs[before].append(layer)
        run_of[layer.name] = before
    return [sentence for run in runs for sentence in _told(run, report, by_name)]


def _told(run: list[Layer], report: Report, by_name: Mapping[str, Layer]) -> list[Sentence]:
    if _is_merge(run[0]):
        ways = list(dict.fromkeys(run[0].inputs))
        if len(ways) > 1:
            return [telling.merged(report.layers[run[0].name], len(ways), _is_straight(ways, by_name))]
    return telling.told([report.layers[layer.name] for layer in run])


def _is_merge(layer: Layer) -> bool:
    return SHELF[layer.kind].GROUP == "merging"


def _counts(names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return found


def _raw(layers: Sequence[Layer]) -> set[str]:
    """Layers that no layer that looks for patterns has touched yet: laying them side by side goes without saying."""
    found: set[str] = set()
    for layer in layers:
        family = telling.family(layer.kind)
        if (not family or family in ("embedding", "concatenate")) and all(
            name in found for name in layer.inputs
        ):
            found.add(layer.name)
    return found


def _told_before(layer: Layer, by_name: Mapping[str, Layer], forks: set[str]) -> str:
    """The layer of which a sentence tells that leads here, and only here; or empty."""
    while len(layer.inputs) == 1 and layer.inputs[0] not in forks:
        layer = by_name[layer.inputs[0]]
        if telling.family(layer.kind):
            return layer.name
    return ""


def _is_straight(ways: Sequence[str], by_name: Mapping[str, Layer]) -> bool:
    """Whether one of the ways begins where another one ends."""
    wanted, seen = set(ways), set()
    todo = [name for way in ways for name in by_name[way].inputs]
    while todo:
        name = todo.pop()
        if name in wanted:
            return True
        if name not in seen:
            seen.add(name)
            todo.extend(by_name[name].inputs)
    return False


def _repeats(sentences: list[Sentence]) -> list[Sentence]:
    """The same, with what comes several times in a row told once."""
    found: list[Sentence] = []
    place = 0
    while place < len(sentences):
        length, times = max(
            ((length, _times(sentences, place, length)) for length in range(1, REPEATED + 1)),
            key=lambda pattern: (pattern[0] * (pattern[1] - 1), -pattern[0]),
        )
        found += sentences[place : place + length]
        if times > 1 and length == 1:
            found.append(mark("This comes {times:,} times.", times=times))
        elif times > 1:
            found.append(
                mark(
                    "The last {sentences} sentences hold {times:,} times in a row.",
                    sentences=length,
                    times=times,
                )
            )
        place += length * times
    return found


def _times(sentences: list[Sentence], place: int, length: int) -> int:
    """How many times in a row the sentences from there on come."""
    pattern, times = sentences[place : place + length], 1
    while sentences[place + times * length : place + (times + 1) * length] == pattern:
        times += 1
    return times


def _shortened(sentences: list[Sentence], most: int) -> list[Sentence]:
    """The first ones and the last ones, where there are too many."""
    if len(sentences) <= most:
        return sentences
    behind = (most - 1) // 3
    ahead = most - 1 - behind
    between = mark("More steps follow in between; the drawing shows them all.")
    return [*sentences[:ahead], between, *sentences[len(sentences) - behind :]]


def _reads(facts: Mapping[str, Any]) -> list[Sentence]:
    if "columns" not in facts:
        return []
    if "past" in facts["inputs"] and "series" in facts:
        steps, back = facts["series"]["steps"], facts["series"]["back"]
        return [
            mark(
                "Reads the last {back:,} steps, and what is known of the next {steps:,}.",
                back=back,
                steps=steps,
            )
        ]
    return [mark("Reads {count} column.", plural="Reads {count:,} columns.", count=facts["columns"])]


SEVERAL = {
    "ordered": mark(
        "Answers with {count} probabilities: how likely {target} goes beyond each of its steps but the last."
    ),
    "many_of_many": mark("Answers with {count} probabilities, one for each label of {target}."),
    "amount_range": mark(
        "Answers with {count} numbers: the middle of what {target} may be, and both ends of its range."
    ),
}


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
    if output["activation"] == "points":
        return mark(
            "Answers with two points, one for the question and one for the answer: what belongs together lies close."
        )
    if output["activation"] == "softmax":
        if not target:
            return mark("Answers with {count} probabilities that add up to one.", count=output["units"])
        return mark(
            "Answers with {count} probabilities, one for each value of {target}.",
            count=output["units"],
            target=target,
        )
    if target and facts.get("task") in SEVERAL:
        return replace(SEVERAL[facts["task"]], values={"count": output["units"], "target": target})
    if target and output["units"] > 1:
        return mark(
            "Answers with {count:,} numbers: the next values of {target}.",
            count=output["units"],
            target=target,
        )
    if not target:
        return mark(
            "Answers with {count} number.", plural="Answers with {count:,} numbers.", count=output["units"]
        )
    if output["activation"] == "sigmoid" and facts.get("task") == "many_of_many":
        return mark("Answers with {count} probabilities: for each label of {target}, how likely it belongs to the row.",
                    count=output["units"], target=target)  # fmt: skip
    if output["activation"] == "sigmoid":
        return mark("Answers with {count} probabilities: at each step of {target}, how likely it goes on to the next.",
                    count=output["units"], target=target)  # fmt: skip
    if output["units"] > 1:
        return mark("Answers with {count} numbers: the middle and both ends of the range in which {target} will most likely lie.",
                    count=output["units"], target=target)  # fmt: skip
    return mark("Answers with one number: the {target} to be expected.", target=target)


def _size(report: Report, facts: Mapping[str, Any]) -> Sentence:
    rows, weights, learned = facts.get("rows", {}).get("train"), report.weights, learned_weights(report)
    if rows and learned < weights:
        return mark("It has {weights:,} weights: {learned:,} of them learn, and the others stay as they are.",
                    weights=weights, learned=learned)  # fmt: skip
    if not rows:
        return mark("It has {weights:,} weights to learn.", weights=weights)
    return mark("It has {weights:,} weights, and {count} row to learn them from.",
                plural="It has {weights:,} weights, and {count:,} rows to learn them from.",
                weights=weights, count=rows)  # fmt: skip
