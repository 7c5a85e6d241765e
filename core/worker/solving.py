"""A network without anything to train: its weights are solved exactly from the events, in place of learning."""

import keras
import numpy as np

from core import tastes
from core.graph import Graph
from core.tastes import chosen
from core.tastes.apart import TRAIN
from core.tastes.pairs import Pairs
from core.words import mark
from core.worker import measures
from core.worker.keep import Best
from core.worker.learning import Job
from core.worker.limits import Outcome
from core.worker.own.item_to_item import ItemToItem
from core.worker.stages import stage

MOST_ROWS = 4_096  # whose loss is told


def layers(model: keras.Model) -> list[ItemToItem]:
    """The layers whose weights are solved."""
    return [layer for layer in model.layers if isinstance(layer, ItemToItem)]


def wanted(model: keras.Model) -> bool:
    """Whether all there is can be solved."""
    return bool(layers(model)) and not model.trainable_weights


def strength(graph: Graph) -> float:
    """The strength that somebody has set in the drawing; 0 where the validation rows choose."""
    return max(
        (
            float(layer.fields.get("strength") or 0.0)
            for layer in graph.layers
            if layer.kind == "item_to_item"
        ),
        default=0.0,
    )


def put(model: keras.Model, weights: np.ndarray) -> None:
    """Put the solved weights into all such layers."""
    for layer in layers(model):
        layer.kernel.assign(weights.astype(np.float32))


def solve(job: Job, model: keras.Model) -> chosen.Chosen:
    """Solve the weights from the training events; what validation persons chose for them."""
    events, sides = tastes.read_events(job.prepared.folder)
    known = (part[sides.side == TRAIN] for part in (events.person, events.item))
    pairs = Pairs.of(*known, len(events.items) + 1)
    judged = chosen.Judged(events, sides.side, sides.validation)
    found = chosen.choose_linear(judged, pairs, events.time is not None, strength(job.spec.graph))
    put(model, found.model["weights"])
    return chosen.Chosen(found.strength, found.half)


def learn(job: Job, model: keras.Model) -> Outcome:
    """Solve the weights, and tell of it as of a training with one epoch."""
    job.tell_beginning(model, solved=True)
    stage(job.journal, "training", mark("Solving the weights"))
    began = job.clock.seconds()
    solve(job, model)
    inputs, truth = job.prepared.arrays("validation")
    outputs = model.predict([np.asarray(inputs[tensor.name]) for tensor in model.inputs], verbose=0)
    metric = measures.watched(job.spec.goal.task)
    losses = {side: _loss(model, *job.prepared.arrays(side), metric) for side in ("validation", "train")}
    best = Best(job.folder / "best.weights.npz")
    best.offer(model, 1, losses["validation"])
    best.write()
    spent = job.clock.seconds()
    task, target = job.spec.goal.task, job.prepared.recipes["target"]
    exact = measures.exact(task, target, np.asarray(truth), outputs)
    job.journal.write(
        "epoch", epoch=1, step=1, loss=losses["train"], val_loss=losses["validation"],
        **{metric.name: float(metric.result())}, **exact, seconds=round(spent - began, 4), best=True, spent=round(spent, 3),
    )  # fmt: skip
    return Outcome(1, 1, "solved", spent - began)


def _loss(
    model: keras.Model, inputs: dict[str, np.ndarray], truth: np.ndarray, metric: keras.metrics.Metric
) -> float:
    """The loss on at most some thousand rows, which the metric sees too."""
    some = slice(0, MOST_ROWS)
    said = model.predict([np.asarray(inputs[tensor.name][some]) for tensor in model.inputs], verbose=0)
    metric.reset_state()
    metric.update_state(np.asarray(truth[some]), said)
    return float(keras.ops.convert_to_numpy(model.compute_loss(y=np.asarray(truth[some]), y_pred=said)))
