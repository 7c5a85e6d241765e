"""What comes after the training of a network that recommends: a linear model beside it, the persons' histories, and the test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keras
import numpy as np

from core import home, recommending, tastes
from core.prepare import Prepared
from core.results import tastes as results
from core.runs.events import Journal
from core.spec import Spec
from core.tastes import chosen, known, linear
from core.tastes.apart import TEST, TRAIN, Sides
from core.tastes.chosen import Chosen, Judged
from core.tastes.events import Events
from core.tastes.prepared import pasts
from core.words import Sentence, mark
from core.worker import onnx_file, samples, solving
from core.worker.limits import Outcome
from core.worker.own.item_tower import ItemTower
from core.worker.stages import stage, teller

ROWS_AT_ONCE = 512
NEAR_AT_MOST = 12_000  # items, of all of whose pairs neighbours are sought


@dataclass(frozen=True)
class Beside:
    """What is stored beside the network.

    Args:
        chosen: What validation persons decided.
        weights: Of the linear model, learned from training and validation events; a single 0 where there is none.
        near_codes: The most alike items of each.
        near: How alike they are.
        validation: The figures on validation persons before anything was learned from their events; none without a linear model.
    """

    chosen: Chosen
    weights: np.ndarray
    near_codes: np.ndarray
    near: np.ndarray
    validation: Mapping[str, float] = field(default_factory=dict)


def finish(
    folder: Path, journal: Journal, spec: Spec, prepared: Prepared, model: keras.Model, outcome: Outcome
) -> None:
    """Write the model and its results.

    Args:
        model: With its best weights.
    """
    stage(journal, "exporting", mark("Solving what items say about each other"))
    events, sides = tastes.read_events(prepared.folder)
    beside = _beside(prepared, spec, model, events, sides)
    if beside.chosen.strength:
        journal.write("message", text=_told(beside.chosen, solving.wanted(model)).to_json())
    made = _recipes(prepared, beside.chosen, bool(solving.layers(model)))
    stage(journal, "exporting", mark("Writing the model"))
    if solving.layers(model):
        solving.put(model, beside.weights)
    _write(folder, journal, made, prepared, model, events, beside)
    stage(journal, "testing", mark("Asking about what was kept apart"))
    stored = recommending.load(folder)
    predict = onnx_file.predictor(folder / "model.onnx")
    found = results.evaluate(
        made, prepared.facts, stored, events, sides, predict,
        seconds=outcome.seconds, best_epoch=outcome.best_epoch, chosen=beside.chosen, validation=beside.validation, progress=teller(journal),
    )  # fmt: skip
    samples.write_tastes(folder, made, stored, lambda given: _by_keras(model, given))
    home.write_json(folder / "results.json", {**found, "epochs": outcome.epochs})


def _by_keras(model: keras.Model, given: dict[str, np.ndarray]) -> np.ndarray:
    return model.predict([given[tensor.name] for tensor in model.inputs], verbose=0, batch_size=ROWS_AT_ONCE)


def _beside(prepared: Prepared, spec: Spec, model: keras.Model, events: Events, sides: Sides) -> Beside:
    """The linear model, chosen by validation persons and then learned from their events too."""
    codes = len(events.items) + 1
    if codes > NEAR_AT_MOST:
        none = np.zeros((codes, 1), np.int32)
        return Beside(Chosen(), np.zeros((1, 1), np.float32), none, none.astype(np.float32))
    training, before_test = sides.side == TRAIN, (sides.side >= 0) & (sides.side < TEST)
    pairs = linear.together(events.person[before_test], events.item[before_test], codes)
    near_codes, near = linear.neighbours(linear.cosines(pairs))
    if codes > linear.MOST_ITEMS:
        return Beside(Chosen(), np.zeros((1, 1), np.float32), near_codes, near)
    before = linear.together(events.person[training], events.item[training], codes)
    judged = Judged(events, sides.side, sides.validation)
    strength, half, _ = chosen.choose_linear(
        judged, before, events.time is not None, solving.strength(spec.graph)
    )
    found = Chosen(strength, half)
    said = recommending.counts(judged.pasts, codes, half) @ linear.solved(before, strength).astype(np.float32)
    both = said
    if not solving.wanted(model):
        network = _network(prepared, model, judged)
        share, alone = chosen.choose_share(judged, network, said)
        found = Chosen(strength, half, share, alone)
        both = recommending.together(network, said, share, judged.open_to)
    weights = linear.solved(pairs, strength).astype(np.float32)
    return Beside(found, weights, near_codes, near, judged.figures(both))


def _network(prepared: Prepared, model: keras.Model, judged: Judged) -> np.ndarray:
    """What the network says to the validation persons."""
    facts = {"person_facts": known.read(prepared.folder)["persons"]}
    return _by_keras(model, recommending.encode(prepared.recipes, facts, judged.persons, judged.pasts))


def _told(found: Chosen, alone: bool) -> Sentence:
    if alone:
        return mark(
            "Weights are pulled towards zero by {strength:,.0f}, as validation persons decided.",
            strength=found.strength,
        )
    network, said, both = (round(one, 4) for one in found.alone)
    return mark(
        "On validation persons NDCG@10 is {network} by the network, {linear} by the linear model beside it and {both} by both; "
        "the linear model counts {share:.0%}.",
        network=network, linear=said, both=both, share=found.share,
    )  # fmt: skip


def _recipes(prepared: Prepared, found: Chosen, solved: bool) -> dict[str, Any]:
    target = {**prepared.recipes["target"], "share": found.share, "half": found.half}
    return {**prepared.recipes, "target": {**target, "had_half": found.half} if solved else target}


def _write(
    folder: Path, journal: Journal, made: dict[str, Any], prepared: Prepared, model: keras.Model, events: Events, beside: Beside
) -> None:  # fmt: skip
    keras.Model(model.inputs, model.outputs[0], name="modelyard").save(folder / "model.keras")
    home.write_json(folder / "recipes.json", made)
    home.write_json(folder / recommending.NAMES, home.read_json(prepared.folder / recommending.NAMES))
    everybody = np.arange(1, len(events.persons) + 1)
    lists = {}
    for name, starts, chosen_events in (
        ("did", "starts", events.liked),
        ("avoid", "avoid_starts", ~events.liked),
    ):
        each = pasts(events.person[chosen_events], events.item[chosen_events], everybody)
        lists |= {starts: _starts(each), name: events.item[chosen_events].astype(np.int32)}
    if "person_facts" in made["inputs"]:
        lists["person_facts"] = known.read(prepared.folder)["persons"]
    if any(isinstance(layer, ItemTower) for layer in model.layers):
        had = np.bincount(events.item[events.liked], minlength=len(events.items) + 1)
        lists["fresh"] = 1 + np.flatnonzero(had[1:] == 0)
    np.savez(
        folder / recommending.TASTES,
        **lists,
        weights=beside.weights,
        near_codes=beside.near_codes,
        near=beside.near,
    )
    given_as = {name: part["dtype"] for name, part in made["inputs"].items()}
    onnx_file.write(model, folder / "model.onnx", given_as)
    some = _some(made, prepared)
    difference = onnx_file.check(folder / "model.onnx", some, _by_keras(model, some))
    journal.write("message", text=mark("The model for use outside differs by {difference:.1g} at most.", difference=difference).to_json())  # fmt: skip


def _starts(lists: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([[0], np.cumsum([len(one) for one in lists])]).astype(np.int64)


def _some(made: dict[str, Any], prepared: Prepared) -> dict[str, np.ndarray]:
    inputs, _ = prepared.arrays("validation")
    return {name: np.asarray(inputs[name][:64]) for name in made["inputs"]}
