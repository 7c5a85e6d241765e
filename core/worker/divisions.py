"""How many epochs are best, from several divisions of the rows instead of from one.

Where twenty validation rows say when to stop, it is luck when they do. So the same rows are divided anew, several times, such that
each row says once when to stop, and what is best for all of them together is what counts.

Source: Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning" (2nd ed. 2009), section 7.10.
"""

from collections.abc import Callable

import numpy as np

from core.spec import DIVISIONS
from core.worker import measures
from core.worker.chunks import Chunks
from core.worker.learning import Job


def parts(truth: np.ndarray, seed: int) -> np.ndarray:
    """Which of `DIVISIONS` parts each row belongs to [rows]: alike in size and in what the answers are.

    Rows are put in the order of their answers, rows of the same answer by chance, and dealt out like cards.
    """
    answers = truth.reshape(len(truth), -1)
    by_chance = np.random.default_rng([seed, DIVISIONS]).permutation(len(truth))
    order = np.lexsort((by_chance, *answers.T[::-1]))
    found = np.empty(len(truth), np.int32)
    found[order] = np.arange(len(truth)) % DIVISIONS
    return found


def best_epoch(curves: list[list[float]]) -> int:
    """The epoch, from 1, at which the mean of all curves is lowest; one that ended sooner stays as it was last."""
    longest = max(map(len, curves))
    every = [[*curve, *[curve[-1]] * (longest - len(curve))] for curve in curves]
    return int(np.argmin(np.mean(every, axis=0))) + 1


def curve(
    job: Job, chunks: Chunks, validation: tuple, learn: Callable[[Chunks, int], str]
) -> tuple[list[float], str]:
    """What decides the best epoch, for each epoch until it no longer gets better; and what ended it before, or nothing.

    Args:
        validation: Inputs and encoded target of the rows that say when to stop.
        learn: Takes the network through one epoch; why it ended before that was over, or nothing.
    """
    inputs, truth = validation
    found: list[float] = []
    while len(found) < job.limits.epochs and (not found or _since_best(found) < job.limits.patience):
        ended = learn(chunks, len(found) + 1)
        if ended:
            return found, ended
        with chunks.averaged():
            loss, outputs = chunks.judge(inputs, truth)
        found.append(measures.choosing(job.spec.goal.task, truth, outputs, loss))
    return found, ""


def _since_best(found: list[float]) -> int:
    return len(found) - 1 - int(np.argmin(found))
