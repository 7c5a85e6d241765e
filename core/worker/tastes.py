"""What comes after the training of a network that recommends: a linear model beside it, the persons' histories, and the test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np

from core import home, recommending, tastes
from core.prepare import Prepared
from core.results import tastes as results
from core.runs.events import Journal
from core.spec import Spec
from core.tastes import chosen, known
from core.tastes.apart import TEST, TRAIN, Sides
from core.tastes.chosen import Chosen, Judged
from core.tastes.events import Events
from core.tastes.linear import Model, Tell
from core.tastes.pairs import Pairs
from core.tastes.prepared import pasts
from core.words import Sentence, mark
from core.worker import onnx_file, samples, solving
from core.worker.limits import Outcome
from core.worker.own.item_tower import ItemTower
from core.worker.stages import stage, teller

ROWS_AT_ONCE = 512


@dataclass(frozen=True)
class Beside:
    """What is stored beside the network.

    Args:
        chosen: What validation persons decided.
        linear: The linear model, learned from training and validation events, as `core.recommending` reads it.
        near_codes: The most alike items of each.
        near: How alike they are.
        validation: The figures on validation persons before anything was learned from their events.
    """

    chosen: Chosen
    linear: Model
    near_codes: np.ndarray
    near: np.ndarray
    validation: Mapping[str, float]


def finish(
    folder: Path, journal: Journal, spec: Spec, prepared: Prepared, model: keras.Model, outcome: Outcome
) -> None:
    """Write the model and its results.

    Args:
        model: With its best weights.
    """
    stage(journal, "exporting", mark("Solving what items say about each other"))
    events, sides = tastes.read_events(prepared.folder)
    beside = _beside(prepared, spec, model, events, sides, _telling(journal))
    if beside.chosen.strength:
        journal.write("message", text=_told(beside.chosen, solving.wanted(model)).to_json())
    made = _recipes(prepared, beside.chosen, bool(solving.layers(model)))
    stage(journal, "exporting", mark("Writing the model"))
    if solving.layers(model):
        solving.put(model, beside.linear["weights"])
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


def _beside(
    prepared: Prepared, spec: Spec, model: keras.Model, events: Events, sides: Sides, tell: Tell
) -> Beside:
    """The linear model, chosen by validation persons and then learned from their events too."""
    judged = Judged(events, sides.side, sides.validation)
    pairs = _pairs(events, sides.side == TRAIN)
    before = chosen.choose_linear(judged, pairs, events.time is not None, solving.strength(spec.graph), tell)
    found, said = Chosen(before.strength, before.half), judged.said(before.model, before.half)
    both = said
    if not solving.wanted(model):
        network = _network(prepared, model, judged)
        share, alone = chosen.choose_share(judged, network, said)
        found = Chosen(before.strength, before.half, share, alone)
        both = recommending.together(network, said, share, judged.open_to)
    figures = judged.figures(both)
    del pairs, before, said, both  # of many items they take gigabytes
    pairs = _pairs(events, (sides.side >= 0) & (sides.side < TEST))
    (linear,) = pairs.models((found.strength,), tell)
    return Beside(found, linear, *pairs.neighbours(), figures)


def _telling(journal: Journal) -> Tell:
    """Tells of each tenth."""
    told = [0]

    def tell(share: float) -> None:
        tenth = int(10 * share)
        if tenth != told[0]:
            told[0] = tenth
            stage(
                journal,
                "exporting",
                mark("Solving what items say about each other: {share:.0%}", share=tenth / 10),
            )

    return tell


def _pairs(events: Events, chosen_events: np.ndarray) -> Pairs:
    return Pairs.of(events.person[chosen_events], events.item[chosen_events], len(events.items) + 1)


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
    if made["target"].get("told"):
        lists["told"] = known.told(prepared.folder)
    if any(isinstance(layer, ItemTower) for layer in model.layers):
        had = np.bincount(events.item[events.liked], minlength=len(events.items) + 1)
        lists["fresh"] = 1 + np.flatnonzero(had[1:] == 0)
    np.savez(
        folder / recommending.TASTES,
        **lists,
        **beside.linear,
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
