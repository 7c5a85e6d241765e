"""What every baseline is asked, and the plain features that it answers from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core import recipes
from core.columns._mirrored import smaller
from core.encoding import TEXTS_AT_ONCE
from core.tasks import SHELF as TASKS

if TYPE_CHECKING:
    from pandas import DataFrame
    from scipy.sparse import csr_matrix

MOST_ROWS = 50_000
MOST_CODES = 250
MOST_PIECES = 128  # of texts, for trees
TEXT_SCALE = 1 / 150
LINEAR_SIDE, TREE_SIDE = (
    16,
    8,
)  # places to which pictures come down for those who look at each place by itself


@dataclass(frozen=True)
class Question:
    """The same question that the network was asked.

    Args:
        task: An item of the shelf `core.tasks`.
        recipes: The whole of `recipes.json`.
        train: The training rows as text.
        truth: Their encoded target, as the task encodes it.
        test: The test rows as text.
        pixels: By input of pictures, those of the training and of the test rows, uint8 [rows, height, width, channels].
        seed: Decides which rows are taken where there are more than `MOST_ROWS`.
    """

    task: str
    recipes: dict[str, Any]
    train: "DataFrame"
    truth: np.ndarray
    test: "DataFrame"
    pixels: Mapping[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    seed: int = 1

    def sample(self) -> "Question":
        """The question with at most `MOST_ROWS` training rows, so that a baseline never takes minutes."""
        if len(self.train) <= MOST_ROWS:
            return self
        rows = np.sort(np.random.RandomState(self.seed).permutation(len(self.train))[:MOST_ROWS])
        pixels = {name: (seen[rows], asked) for name, (seen, asked) in self.pixels.items()}
        return replace(self, train=self.train.iloc[rows], truth=self.truth[rows], pixels=pixels)

    def brightness(self, name: str, side: int) -> tuple[np.ndarray, np.ndarray]:
        """Training and test pictures averaged to at most `side` × `side` places, flat [rows, numbers]."""
        train, test = (smaller(pixels, side) for pixels in self.pixels[name])
        return train.reshape(len(train), -1), test.reshape(len(test), -1)

    @property
    def labels(self) -> np.ndarray:
        """The truth as one value a row: class numbers, or the standardised amount."""
        flat = np.asarray(self.truth).reshape(len(self.truth))
        return flat.astype(np.float64) if self.is_number else flat.astype(int)

    @property
    def is_number(self) -> bool:
        """Whether the answer is a number, and no class."""
        return TASKS[self.task].FORM == "number"

    def each_label(self, count: int, most: int, answer: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """Outputs [rows, labels]: what is answered for each of the `most` frequent labels, and the share of the others."""
        said = np.tile(self.truth.mean(0, dtype=np.float64), (count, 1))
        for place in np.argsort(-self.truth.sum(0), kind="stable")[:most]:
            if 0 < said[0, place] < 1:
                said[:, place] = answer(self.truth[:, place].astype(int))
        return said

    def spread(self, chances: np.ndarray, classes: np.ndarray) -> np.ndarray:
        """Chances [rows, classes met] in the form of the network's outputs, whatever classes were met."""
        if self.task == "yes_no":
            return (
                chances[:, list(classes).index(1)][:, None] if 1 in classes else np.zeros((len(chances), 1))
            )
        outputs = np.zeros((len(chances), len(self.recipes["target"]["classes"])))
        outputs[:, classes] = chances
        return _steps(outputs) if "steps" in self.recipes["target"] else outputs


def _steps(chances: np.ndarray) -> np.ndarray:
    """Chances [rows, classes] as the chance at each step to go on, [rows, steps]; as good as even where none comes so far."""
    reached = chances[:, ::-1].cumsum(1)[:, ::-1]
    return np.divide(
        reached[:, 1:], reached[:, :-1], out=np.full_like(chances[:, 1:], 0.5), where=reached[:, :-1] > 1e-12
    )


def linear_features(question: Question) -> tuple["csr_matrix", "csr_matrix"]:
    """Training and test rows: numbers standardised, dates by their parts, one column for each category."""
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - gate to a heavy library

    sides: tuple[list[Any], list[Any]] = ([], [])
    for recipe in question.recipes["columns"]:
        texts = [table[recipe["column"]].tolist() for table in (question.train, question.test)]
        if recipe["kind"] == "image":
            pair = [csr_matrix(values) for values in question.brightness(recipe["input"], LINEAR_SIDE)]
        elif recipe["input"] == "texts":
            pair = [_shares(recipe, t) for t in texts]
        elif recipe["input"] == "categories":
            size = 1 + len(recipe["features"][0]["values"])
            pair = [_one_hot(recipes.encode_column(recipe, t)[:, 0] - recipe["start"], size) for t in texts]
        else:
            pair = [csr_matrix(values) for values in _standardised(*(_plain(recipe, t) for t in texts))]
        for side, made in zip(sides, pair, strict=True):
            side.append(made)
    return hstack(sides[0], format="csr"), hstack(sides[1], format="csr")


def _shares(recipe: dict[str, Any], texts: list[str]) -> "csr_matrix":
    """What each piece is of each text, most of it zero; made of some rows at a time."""
    from scipy.sparse import csr_matrix, vstack  # noqa: PLC0415 - gate to a heavy library

    parts = [texts[at : at + TEXTS_AT_ONCE] for at in range(0, max(len(texts), 1), TEXTS_AT_ONCE)]
    made = [csr_matrix(recipes.encode_column(recipe, part).astype(np.float32) * TEXT_SCALE) for part in parts]
    return vstack(made, format="csr")


def _best(recipe: dict[str, Any]) -> dict[str, Any]:
    """The recipe of a text column with the pieces that tell most: trees ask about one number at a time, slowly."""
    feature = recipe["features"][0]
    fewer = {**feature, **{name: feature[name][:MOST_PIECES] for name in ("known", "weights")}}
    return {**recipe, "features": [fewer]}


def _one_hot(codes: np.ndarray, size: int) -> "csr_matrix":
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - gate to a heavy library

    return csr_matrix((np.ones(len(codes)), (np.arange(len(codes)), codes)), shape=(len(codes), size))


def _plain(recipe: dict[str, Any], texts: list[str]) -> np.ndarray:
    """A number or date without the steps that only a network needs: its value, and whether it is missing."""
    values = recipes.read_values(texts, recipe["parse"])
    filled = np.where(np.isnan(values), recipe["fill"], values)
    kept = [f for f in recipe["features"] if f["make"] in ("cycle", "missing")]
    parts = dict.fromkeys(
        f.get("part", "") for f in recipe["features"] if f["make"] not in ("cycle", "missing")
    )
    made = [(recipes.date_part(filled, part) if part else filled)[:, None] for part in parts]
    if kept:
        made.append(recipes.encode_column({**recipe, "features": kept}, texts))
    return np.concatenate(made, axis=1)


def _standardised(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean, scale = train.mean(0), train.std(0)
    scale = np.where(scale > 0, scale, 1.0)
    return (train - mean) / scale, np.clip((test - mean) / scale, -20, 20)


def tree_features(question: Question) -> tuple[np.ndarray, np.ndarray, list[bool]]:
    """Training and test rows as trees like them: raw numbers, missing ones kept, categories as codes.

    Returns:
        Both arrays [rows, features], and which features are codes.
    """
    sides: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    is_code: list[bool] = []
    for recipe in question.recipes["columns"]:
        texts = [table[recipe["column"]].tolist() for table in (question.train, question.test)]
        if recipe["kind"] == "image":
            pair = question.brightness(recipe["input"], TREE_SIDE)
            is_code += [False] * pair[0].shape[1]
        elif recipe["input"] == "texts":
            pair = [recipes.encode_column(_best(recipe), t) for t in texts]
            is_code += [False] * pair[0].shape[1]
        elif recipe["input"] == "categories":
            codes = [recipes.encode_column(recipe, t)[:, 0] - recipe["start"] for t in texts]
            pair = _frequent_first(*codes)
            is_code.append(True)
        else:
            pair = tuple(_raw(recipe, t) for t in texts)
            is_code += [False] * pair[0].shape[1]
        for side, made in zip(sides, pair, strict=True):
            side.append(made)
    return np.concatenate(sides[0], axis=1), np.concatenate(sides[1], axis=1), is_code


def _frequent_first(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes by falling frequency; all beyond `MOST_CODES` share the last one."""
    size = int(max(train.max(initial=0), test.max(initial=0))) + 1
    order = np.argsort(-np.bincount(train, minlength=size), kind="stable")
    place = np.empty(size, int)
    place[order] = np.minimum(np.arange(size), MOST_CODES)
    return place[train][:, None].astype(float), place[test][:, None].astype(float)


def _raw(recipe: dict[str, Any], texts: list[str]) -> np.ndarray:
    values = recipes.read_values(texts, recipe["parse"])
    parts = dict.fromkeys(f["part"] for f in recipe["features"] if f.get("part") not in (None, "days"))
    return np.stack([values, *(recipes.date_part(values, part) for part in parts)], axis=1)
