"""Whether pictures mean the same when left and right change places: asked of the pictures themselves."""

import numpy as np

MOST_PICTURES = 1_500
SIDE = 12  # places to which a picture comes down for this
LEAST_KNOWN = 0.1  # by how much looking alike has to be better than guessing before it says anything
KEPT = 0.8  # share of that which has to be left when mirrored


def keeps_meaning(pictures: np.ndarray, classes: np.ndarray) -> bool:
    """Whether a mirrored picture is as much like others of its class as the picture itself.

    Each picture is answered by the most similar other one, once as it is and once mirrored. Where the answers get
    worse by that, or where they were hardly better than guessing anyway, the answer is no: a wrong mirror image teaches
    what is not so, and a missing one costs little.

    Args:
        pictures: uint8 [rows, height, width, channels].
        classes: The class number of each.
    """
    step = max(1, len(pictures) // MOST_PICTURES)
    some = smaller(np.asarray(pictures[::step][:MOST_PICTURES]), SIDE)
    answers = np.asarray(classes).reshape(-1)[::step][:MOST_PICTURES]
    if len(some) < 2:
        return False
    guessed = np.unique(answers, return_counts=True)[1].max() / len(answers)
    plain, mirrored = (_right(side, some, answers) - guessed for side in (some, some[:, :, ::-1]))
    return bool(guessed < 1 and plain >= LEAST_KNOWN * (1 - guessed) and mirrored >= KEPT * plain)


def _right(asked: np.ndarray, known: np.ndarray, answers: np.ndarray) -> float:
    """The share that the nearest other picture answers rightly."""
    asked, known = (side.reshape(len(side), -1) for side in (asked, known))
    distances = (known**2).sum(1)[None, :] - 2 * asked @ known.T
    np.fill_diagonal(distances, np.inf)
    return float((answers[distances.argmin(1)] == answers).mean())


def smaller(pictures: np.ndarray, side: int) -> np.ndarray:
    """Pictures averaged to at most `side` × `side` places, float32 from -0.5 to 0.5."""
    values = pictures.astype(np.float32) / 255 - 0.5
    for axis in (1, 2):
        size = values.shape[axis]
        if size > side:
            starts = np.arange(side) * size // side
            counts = np.diff([*starts, size]).astype(np.float32)
            form = [-1 if place == axis else 1 for place in range(values.ndim)]
            values = np.add.reduceat(values, starts, axis=axis) / counts.reshape(form)
    return values
