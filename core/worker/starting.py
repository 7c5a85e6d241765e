"""What a run begins with that another run has learned: its best weights, layer by layer."""

from collections.abc import Mapping
from typing import Any
from zipfile import BadZipFile

import keras
import numpy as np

from core import prepare, runs
from core.errors import RunError
from core.graph import sources
from core.prepare import Prepared
from core.runs import Run
from core.runs.again import reads_alike
from core.words import Sentence, mark
from core.worker.build import build


def put_weights(model: keras.Model, prepared: Prepared, run_id: str) -> Sentence:
    """Give the model the other run's best weights, layer by layer; which layers begin anew, in a sentence.

    A layer takes them over where the other network has one of the same name and sort with weights of the same shapes.

    Args:
        prepared: The rows that the model will learn from.

    Raises:
        RunError: Where there are no such weights, where the other run reads its inputs otherwise or
            has learned from rows that are to judge this one, or where no layer fits.
    """
    other = runs.load(run_id)
    asked = other.spec()
    name = asked.name or other.id
    its = prepare.prepare(asked.data, asked.goal).reading(sources(asked.graph))
    if not reads_alike(other.recipes() or its.recipes, prepared.recipes):
        raise RunError(
            mark(
                "“{run}” reads its columns otherwise than this run, so its weights mean something else.",
                run=name,
            ),
            mark("Choose the same columns as there, or start without its weights."),
        )
    if asked.data == prepared.facts["data"] and _has_seen(its, prepared):
        raise RunError(
            mark("“{run}” has learned from rows that this run keeps apart to judge itself.", run=name),
            mark("Divide the rows as there, with the same target and seed, or start without its weights."),
        )
    begun = build(asked.graph, its.facts)
    _restore(begun, other, name)
    anew = _copied(begun, model)
    learned = [layer.name for layer in model.layers if layer.get_weights()]
    if len(anew) == len(learned):
        raise RunError(
            mark("No layer of this drawing is called and shaped like one of “{run}”.", run=name),
            mark("Start from a drawing that shares layers with it, or start without its weights."),
        )
    if not anew:
        return mark("All weights start from those of “{run}”.", run=name)
    return mark(
        "Weights start from those of “{run}”; these layers begin anew: {layers}.", run=name, layers=anew
    )


def gone() -> RunError:
    """What is said where the state that a run should continue from has vanished."""
    return RunError(
        mark("The state from which this run should continue is not there any more."),
        mark("Continue the other run once more, or start from its weights."),
    )


def _has_seen(other: Prepared, ours: Prepared) -> bool:
    """Whether rows of the same data set, from which the other run has learned, are to judge this one."""
    learned = {side: other.rows(side) for side in ("train", "validation")}
    apart = {side: ours.rows(side) for side in ("validation", "test")}
    pairs = (("train", "validation"), ("train", "test"), ("validation", "test"))
    return any(np.intersect1d(learned[first], apart[second]).size for first, second in pairs)


def _restore(model: keras.Model, run: Run, name: str) -> None:
    """Put the run's best weights into a model of its own drawing."""
    try:
        with np.load(run.folder / "best.weights.npz", allow_pickle=False) as kept:
            model.set_weights(
                [kept[f"w{number}"] for number in range(len(kept.files) - 2)]
            )  # and epoch and loss
    except (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        BadZipFile,
    ) as error:  # none, half a file, or those of an older version
        raise RunError(
            mark("The weights of “{run}” cannot be read.", run=name),
            mark("Choose another run to start from, or start without its weights."),
        ) from error


def _copied(source: keras.Model, target: keras.Model) -> list[str]:
    """Copy the weights of all layers that fit; the names of those that do not."""
    known: Mapping[str, Any] = {layer.name: layer for layer in source.layers}
    anew = []
    for layer in target.layers:
        now = layer.get_weights()
        theirs = known.get(layer.name)
        old = theirs.get_weights() if type(theirs) is type(layer) else []
        if now and [array.shape for array in old] == [array.shape for array in now]:
            layer.set_weights(old)
        elif now:
            anew.append(layer.name)
    return anew
