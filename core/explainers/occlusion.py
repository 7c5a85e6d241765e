"""Where a network looks in a picture: places are covered one after the other, and what it then says is compared.

Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 4.2.
"""

from collections.abc import Callable, Mapping

import numpy as np

from core.words import mark

LABEL = mark("Covered places")
HELP = mark("Covers one place after the other and looks how much less likely its answer gets.")
PLACES = 7  # on each side
AT_ONCE = 256

Predict = Callable[[Mapping[str, np.ndarray]], np.ndarray]


def explain(
    predict: Predict, inputs: Mapping[str, np.ndarray], source: str, units: np.ndarray, signs: np.ndarray
) -> np.ndarray:
    """How much each place says for the answer, [rows, `PLACES`, `PLACES`] from 0 to 1; 0 everywhere where none does.

    A place is covered with the picture's own mean colour.

    Args:
        inputs: The network's inputs for these rows.
        source: The input that holds the pictures.
        units: For each row the output that is asked about.
        signs: 1 where more of that output speaks for the answer, -1 where less does.
    """
    pictures = np.asarray(inputs[source])
    places = [
        (slice(high[0], high[-1] + 1), slice(wide[0], wide[-1] + 1))
        for high in _cut(pictures.shape[1]) for wide in _cut(pictures.shape[2])
    ]  # fmt: skip
    plain = pictures.reshape(len(pictures), -1, pictures.shape[3]).mean(1).astype(pictures.dtype)
    before = _said(predict, inputs, units)
    lost = np.empty((len(pictures), len(places)))
    for number, (high, wide) in enumerate(places):
        covered = pictures.copy()
        covered[:, high, wide] = plain[:, None, None]
        lost[:, number] = signs * (before - _said(predict, {**inputs, source: covered}, units))
    maps = np.maximum(lost, 0).reshape(len(pictures), len(_cut(pictures.shape[1])), -1)
    most = maps.max(axis=(1, 2), keepdims=True)
    return np.divide(maps, most, out=np.zeros_like(maps), where=most > 1e-6)


def _cut(side: int) -> list[np.ndarray]:
    """The places of one side in at most `PLACES` parts."""
    return np.array_split(np.arange(side), min(PLACES, side))


def _said(predict: Predict, inputs: Mapping[str, np.ndarray], units: np.ndarray) -> np.ndarray:
    said = [
        predict({name: np.asarray(array[at : at + AT_ONCE]) for name, array in inputs.items()})
        for at in range(0, len(units), AT_ONCE)
    ]
    return np.concatenate(said)[np.arange(len(units)), units].astype(np.float64)
