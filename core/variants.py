"""A picture as training sees it: changed at random as the drawing's layers do, so that people can judge these changes.

The mathematics is that of Keras's layers, for one picture at a time and with NumPy alone, because pages load no TensorFlow.
"""

from collections.abc import Callable, Mapping
from math import cos, pi, sin
from typing import Any

import numpy as np

from core.graph import Graph, Layer, measure, opened, order
from core.layers import SHELF

GROUP = "augmenting"
Dice = np.random.Generator
Picture = np.ndarray  # float32 [height, width, channels], 0 to 255


def changing(graph: Graph, facts: Mapping[str, Any], source: str) -> list[Layer]:
    """The layers that change the pictures of this input at random, in order; none where the drawing does not work yet."""
    report = measure(graph, facts)
    if not report.ok:
        return []
    flat = opened(graph, facts)
    known = measure(flat, facts).layers
    led, found = set(), []
    for layer in order(flat):
        if layer.kind == "input":
            read = known[layer.name].fields["source"] == source
        else:
            # Behind the first layer that makes something else of it, it is no picture for people any more.
            read = len(layer.inputs) == 1 and layer.inputs[0] in led
            read = read and (SHELF[layer.kind].GROUP == GROUP or layer.kind in ("rescaling", "resizing"))
        if read:
            led.add(layer.name)
            if SHELF[layer.kind].GROUP == GROUP:
                found.append(Layer(layer.name, layer.kind, layer.inputs, known[layer.name].fields))
    return found


def varied(picture: np.ndarray, layers: list[Layer], seed: int) -> np.ndarray:
    """The picture changed at random by these layers, uint8 as it was; the same seed changes it in the same way."""
    dice, values = np.random.default_rng(seed), picture.astype(np.float32)
    for layer in layers:
        values = CHANGES[layer.kind](values, layer.fields, dice) if layer.kind in CHANGES else values
    return np.clip(np.round(values), 0, 255).astype(np.uint8)


def moved(picture: Picture, matrix: np.ndarray, fill_mode: str, interpolation: str) -> Picture:
    """The picture by an affine map.

    Args:
        matrix: [2, 3]: from a place (y, x, 1) of the new picture, counted from its middle, to one of the old picture.
        fill_mode: What lies beyond the edges, as Keras calls it.
        interpolation: `bilinear` or `nearest`.
    """
    height, width = picture.shape[:2]
    middle = np.array([(height - 1) / 2, (width - 1) / 2])
    grid = np.stack(np.meshgrid(np.arange(height), np.arange(width), indexing="ij"), axis=-1) - middle
    places = grid @ matrix[:, :2].T + matrix[:, 2] + middle
    if interpolation == "nearest":
        return _at(picture, np.round(places).astype(int), fill_mode)
    low = np.floor(places).astype(int)
    part = (places - low)[:, :, :, None].astype(np.float32)
    (down, right), found = (part[:, :, 0], part[:, :, 1]), np.zeros_like(picture)
    for corner in ((0, 0), (0, 1), (1, 0), (1, 1)):
        y, x = corner
        share = (down if y else 1 - down) * (right if x else 1 - right)
        found += share * _at(picture, low + np.array(corner), fill_mode)
    return found


def _at(picture: Picture, places: np.ndarray, fill_mode: str) -> Picture:
    """The numbers at these places [height, width, 2], also beyond the edges."""
    found = []
    for axis in (0, 1):
        size, place = picture.shape[axis], places[:, :, axis]
        if fill_mode == "wrap":
            place = place % size
        elif fill_mode == "reflect":
            place = place % (2 * size)
            place = np.where(place < size, place, 2 * size - 1 - place)
        found.append(np.clip(place, 0, size - 1))
    values = picture[found[0], found[1]]
    if fill_mode != "constant":
        return values
    inside = np.all((places >= 0) & (places < picture.shape[:2]), axis=-1, keepdims=True)
    return np.where(inside, values, 0)


def _moved(picture: Picture, fields: Mapping[str, Any], *rows: tuple[float, float, float]) -> Picture:
    return moved(picture, np.array(rows, float), fields["fill_mode"], fields["interpolation"])


def _flip(picture: Picture, fields: Mapping[str, Any], dice: Dice) -> Picture:
    if "horizontal" in fields["mode"] and dice.random() < 0.5:
        picture = picture[:, ::-1]
    return picture[::-1] if "vertical" in fields["mode"] and dice.random() < 0.5 else picture


def _translation(picture: Picture, fields: Mapping[str, Any], dice: Dice) -> Picture:
    down, right = (
        dice.uniform(-fields[name], fields[name]) * size
        for name, size in zip(("height_factor", "width_factor"), picture.shape[:2], strict=True)
    )
    return _moved(picture, fields, (1, 0, -down), (0, 1, -right))


def _rotation(picture: Picture, fields: Mapping[str, Any], dice: Dice) -> Picture:
    turn = dice.uniform(-fields["factor"], fields["factor"]) * 2 * pi
    return _moved(picture, fields, (cos(turn), sin(turn), 0), (-sin(turn), cos(turn), 0))


def _zoom(picture: Picture, fields: Mapping[str, Any], dice: Dice) -> Picture:
    """Above 1 more is seen, and smaller."""
    times = 1 + dice.uniform(-fields["height_factor"], fields["height_factor"])
    return _moved(picture, fields, (times, 0, 0), (0, times, 0))


def _contrast(picture: Picture, fields: Mapping[str, Any], dice: Dice) -> Picture:
    mean = picture.mean(axis=(0, 1), keepdims=True)
    return (picture - mean) * (1 + dice.uniform(-fields["factor"], fields["factor"])) + mean


CHANGES: Mapping[str, Callable[[Picture, Mapping[str, Any], Dice], Picture]] = {
    "random_flip": _flip,
    "random_translation": _translation,
    "random_rotation": _rotation,
    "random_zoom": _zoom,
    "random_contrast": _contrast,
}
