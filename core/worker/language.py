"""Before it learns the answers, a network may learn the language of the texts: it guesses hidden words in all of them,
those without an answer too.

What it has learned lies in the workspace under `language/<id>/`, a file for each input of texts; the id is the hash of the
drawing, the rows and the seed, so that an interrupted run, one that learns once more, or the next one with other settings for
the answers finds it there. The rows that test are never among the texts.

Source: Devlin et al., "BERT", NAACL 2019; on the user's own texts: Gururangan et al., "Don't Stop Pretraining", ACL 2020.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import keras
import numpy as np

from core import home
from core.layers._sizes import by_rows
from core.tokens import UNKNOWN
from core.words import Sentence, mark
from core.worker import masked_words
from core.worker.build import build
from core.worker.chunks import Chunks
from core.worker.learning import Job
from core.worker.loop import row_order
from core.worker.objective import learning_rate
from core.worker.stages import stage
from core.worker.unanswered import unanswered

FOLDER, VERSION = "language", 1
STAGE = "language"
# How often all texts are seen: few texts say little, but are soon seen often.
PASSES = ((1_000, 60), (3_000, 40), (10_000, 20), (30_000, 10), (None, 5))
PATIENCE = 4  # passes without a better one
RATE, DECAY, WARM_UP = 1e-3, 0.01, 1.0
SHARE_OF_TIME = 0.5  # of the minutes that a run may take
AT_ONCE = 8  # steps between two looks at whether somebody wants an end
MOST_JUDGED = 2_000  # texts
SECONDS_BETWEEN_KEPT = 10.0


@dataclass
class _At:
    """How far it has come: passes that are done, the best of them, its surprise in nats, the share of words that it
    guessed, and the seconds that all took."""

    passes: int = 0
    best: int = 0
    surprise: float = float("inf")
    guessed: float = 0.0
    seconds: float = 0.0


def wanted(job: Job) -> list[str]:
    """The inputs of texts whose language this run's network is to learn first."""
    if job.settings.get("masked_words") != "on" or job.spec.starts_from or job.spec.continues:
        return []
    inputs = job.prepared.recipes["inputs"]
    return [name for name, part in inputs.items() if part.get("view") == "tokens"]


def learn(job: Job) -> str:
    """Learn what is not known yet; one of `core.worker.limits.GOING` where the process has to go before that."""
    if job.saved:  # its weights have come further already
        return ""
    for name in wanted(job):
        if _found(job, name) is None:
            going = _learn(job, name)
            if going:
                return going
    return ""


def put_weights(job: Job, model: keras.Model) -> list[Sentence]:
    """Give a network that begins what was learned of the language; a sentence about each input of texts."""
    told = []
    for name in wanted(job):
        path = _found(job, name)
        if path is None:
            continue
        with np.load(path, allow_pickle=False) as kept:
            for layer in _layers(model, name):
                layer.set_weights([kept[f"{layer.name}/{at}"] for at in range(len(layer.weights))])
            told.append(_told(float(kept["guessed"]), float(kept["usual"]), int(kept["texts"])))
    return told


def _learn(job: Job, name: str) -> str:
    keras.utils.set_random_seed(job.spec.seed)
    whole = build(job.spec.graph, job.prepared.facts)
    model = masked_words.guessing(whole, name, job.spec.seed)
    if model is None:
        return ""
    stage(job.journal, STAGE, mark("Learning the language of your texts first: collecting them"))
    sides = {side: np.asarray(job.prepared.arrays(side)[0][name][:]) for side in ("train", "validation")}
    codes = np.concatenate([sides["train"], unanswered(job.prepared, name)])
    judged = sides["validation"][:MOST_JUDGED]
    passes = by_rows(PASSES, len(codes))
    steps = -(-len(codes) // job.settings["batch_size"])
    rate = learning_rate(
        {"learning_rate": RATE, "schedule": "cosine", "warm_up": WARM_UP, "epochs": passes}, steps
    )
    model.compile(keras.optimizers.AdamW(rate, weight_decay=DECAY, global_clipnorm=1.0), masked_words.Told())
    chunks = Chunks(
        model, {name: codes}, np.zeros((len(codes), 1), np.float32), job.settings["batch_size"],
        masked_words.Guessed(), fast=False, parts=job.parts,
    )  # fmt: skip
    kept = _Kept(_kept(job, name), model, _layers(whole, name))
    usual = _usual(sides["train"], judged)
    ended = _passes(job, chunks, kept, {name: judged}, passes, usual)
    if ended in ("leave", "pause"):
        return ended
    # What was cut short serves this run alone: the next one may have more time.
    kept.done(_cut_short(job, name) if ended else kept.path, usual, len(codes))
    return ""


def _passes(
    job: Job, chunks: Chunks, kept: "_Kept", judged: Mapping[str, np.ndarray], passes: int, usual: float
) -> str:
    """See the texts again and again; why it ended before, or nothing."""
    at = kept.found()
    began = time.monotonic() - at.seconds
    while at.passes < passes and at.passes - at.best < PATIENCE:
        _tell(job, at, passes, usual)
        for _ in _steps(chunks, row_order(job.spec.seed, at.passes + 1, chunks.rows)):
            ended = "pause" if job.limits.paused() and job.limits.gives_way else job.limits.asked()
            if ended:
                return ended
            if time.monotonic() - began > SHARE_OF_TIME * job.limits.seconds:
                return "minutes"
        at.passes, at.seconds = at.passes + 1, time.monotonic() - began
        surprise, said = chunks.judge(judged, np.zeros((len(next(iter(judged.values()))), 1), np.float32))
        if not isfinite(surprise):
            return "grew"
        if surprise < at.surprise:
            at.best, at.surprise, at.guessed = at.passes, surprise, float(said[:, 1].mean())
            kept.take()
        kept.write(at)
    return ""


def _steps(chunks: Chunks, order: np.ndarray) -> Iterator[None]:
    chunks.begin_epoch(order)
    at = 0
    while at < chunks.steps:
        at += len(chunks.run(at, AT_ONCE))
        yield


class _Kept:
    """What is learned, in memory and on disk: the best so far, and all that is needed to go on.

    Args:
        path: Where the layers' weights lie once it is done; the state on the way lies beside it.
        layers: Those that the run's network has too.
    """

    def __init__(self, path: Path, model: keras.Model, layers: Sequence[keras.layers.Layer]):
        self.path, self.model, self.layers = path, model, layers
        self.state = path.with_suffix(".state.npz")
        self.at, self.best, self._wrote = _At(), self._weights(), time.monotonic()

    def found(self) -> _At:
        """How far an interrupted process had come, with the network in the state in which it was then."""
        self.model.optimizer.build(self.model.trainable_variables)
        try:
            with np.load(self.state, allow_pickle=False) as kept:
                values = [kept[f"v{number}"] for number in range(len(self._variables()))]
                self.best = {key[2:]: kept[key] for key in kept.files if key.startswith("b/")}
                self.at = _At(*(kind(kept[f"at_{name}"]) for name, kind in _At.__annotations__.items()))
        except (OSError, ValueError, KeyError):  # never written, or not whole: from the beginning
            return self.at
        for variable, value in zip(self._variables(), values, strict=True):
            variable.assign(value)
        return self.at

    def take(self) -> None:
        """The weights are the best so far."""
        self.best = self._weights()

    def write(self, at: _At) -> None:
        """Keep the state on disk, not more often than worth it."""
        if time.monotonic() - self._wrote < SECONDS_BETWEEN_KEPT:
            return
        self._wrote = time.monotonic()
        values = {f"v{number}": one.numpy() for number, one in enumerate(self._variables())}
        best = {f"b/{key}": value for key, value in self.best.items()}
        told = {f"at_{name}": getattr(at, name) for name in _At.__annotations__}
        _save(self.state, {**values, **best, **told})

    def done(self, path: Path, usual: float, texts: int) -> None:
        """Leave the best for the networks that begin with it."""
        at = self.at
        _save(path, {**self.best, "guessed": at.guessed, "usual": usual, "texts": texts})
        self.state.unlink(missing_ok=True)

    def _weights(self) -> dict[str, np.ndarray]:
        return {
            f"{layer.name}/{at}": one.numpy()
            for layer in self.layers for at, one in enumerate(layer.weights)
        }  # fmt: skip

    def _variables(self) -> list[Any]:
        return [*self.model.variables, *self.model.optimizer.variables]


def _save(path: Path, arrays: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f".{path.name}.{os.getpid()}")
    with building.open("wb") as file:
        np.savez(file, **arrays)
    os.replace(building, path)


def _layers(model: keras.Model, name: str) -> list[keras.layers.Layer]:
    """The layers with weights that read this input alone, step by step."""
    found = masked_words.reading(model, name)
    if found is None:
        return []
    given = next(tensor for tensor in model.inputs if tensor.name == name)
    return [layer for layer in keras.Model(given, found[1]).layers if layer.weights]


def _kept(job: Job, name: str) -> Path:
    id = home.fingerprint(
        {
            "prepared": job.prepared.id, "graph": job.spec.graph.to_json(), "seed": job.spec.seed, "version": VERSION,
            "batch_size": job.settings["batch_size"], "keras": keras.__version__,
        }
    )  # fmt: skip
    return home.folder(FOLDER) / id / f"{name}.npz"


def _cut_short(job: Job, name: str) -> Path:
    return job.folder / f"language.{name}.npz"


def _found(job: Job, name: str) -> Path | None:
    return next((path for path in (_cut_short(job, name), _kept(job, name)) if path.exists()), None)


def _usual(codes: np.ndarray, judged: np.ndarray) -> float:
    """The share of the words that is guessed by always saying the most frequent one."""
    words = codes[codes > UNKNOWN]
    asked = judged[judged > UNKNOWN]
    if not len(words) or not len(asked):
        return 0.0
    return float((asked == np.bincount(words).argmax()).mean())


def _tell(job: Job, at: _At, passes: int, usual: float) -> None:
    if not at.passes:
        stage(job.journal, STAGE, mark("Learning the language of your texts first: it guesses hidden words"))
        return
    stage(job.journal, STAGE, mark(
        "Learning the language of your texts first: seen {done} of {passes} times, {guessed:.0%} of the hidden words "
        "guessed (always the most frequent word: {usual:.0%}); about {left:,.0f} s left",
        done=at.passes, passes=passes, guessed=at.guessed, usual=usual, left=at.seconds / at.passes * (passes - at.passes),
    ))  # fmt: skip


def _told(guessed: float, usual: float, texts: int) -> Sentence:
    return mark(
        "It first learned the language of {texts:,} texts by guessing hidden words: {guessed:.0%} of them right, where always "
        "saying the most frequent word would get {usual:.0%}.",
        texts=texts, guessed=guessed, usual=usual,
    )  # fmt: skip
