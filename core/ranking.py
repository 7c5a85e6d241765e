"""The answers of a list are ranked by how near each lies to a question, with NumPy alone; exports of such models carry a copy.

Beside the network that turns a question into a point lie `answers.json`, the list, and `answers.npz`: `points` [answers, width],
`known` [questions, width] for the questions that were learned from, `of` [questions], rising, the answer of each, and `alike`,
how near a new question has to come to a known one before that one counts. All points have length one, so that a product is
the cosine of the angle between two.
"""

import json
from pathlib import Path

import numpy as np

TEXTS, POINTS = "answers.json", "answers.npz"
MOST = 5  # answers that are told, the best first
CELLS_AT_ONCE = 8_000_000
DIGITS = 5  # of a score: what differs by less counts as equal on every machine


def load(folder):
    """What was stored beside a network: `texts`, `points`, `known`, `of` and `alike`."""
    with np.load(Path(folder) / POINTS, allow_pickle=False) as file:
        found = {name: file[name] for name in file.files}
    found |= {
        name: found[name].astype(np.float32) for name in ("points", "known")
    }  # kept by half of their digits
    return {**found, "texts": json.loads((Path(folder) / TEXTS).read_text(encoding="utf-8"))}


def scores(stored, asked):
    """How near each answer of the list lies to each question, [questions, answers], from -1 to 1.

    An answer is as near as the nearest of itself and of those questions that it is known to answer and that are alike enough.

    Args:
        asked: A point for each question, [questions, width].
    """
    found = asked @ stored["points"].T
    if len(stored["known"]):
        of, known = by_answer(stored["of"], asked @ stored["known"].T)
        found[:, of] = counted(found[:, of], known, stored["alike"])
    return np.round(found, DIGITS)


def by_answer(of, near):
    """The answers of known questions, and how near the nearest known question of each comes, [questions, answers]."""
    starts = np.flatnonzero(np.r_[True, np.diff(of) != 0])
    return of[starts], np.maximum.reduceat(near, starts, axis=1)


def counted(alone, known, alike):
    """How near answers are, by themselves or by known questions that come as near as `alike` or nearer."""
    return np.maximum(alone, np.where(known >= alike, known, -1.0))


def best(stored, asked, most=MOST):
    """The places in the list of the best answers to each question and their scores, [questions, most] each, best first.

    Example:
        >>> stored = {"points": np.eye(2), "known": np.array([[0.8, 0.6]]), "of": np.array([1]), "alike": 0.9}
        >>> best(stored, np.array([[0.8, 0.6]]), 2)[0].tolist(), best(stored, np.array([[1.0, 0.0]]), 2)[0].tolist()
        ([[1, 0]], [[0, 1]])
    """
    asked = np.nan_to_num(np.asarray(asked, np.float32))
    most = min(most, len(stored["points"]))
    each = max(1, CELLS_AT_ONCE // max(1, len(stored["points"]) + len(stored["known"])))
    places, near = np.zeros((len(asked), most), np.int64), np.zeros((len(asked), most), np.float32)
    for at in range(0, len(asked), each):
        found = scores(stored, asked[at : at + each])
        some = np.argpartition(-found, most - 1, axis=1)[:, :most]
        # Equal scores stand in the list's order, so that the same question always gets the same answer.
        some = np.sort(some, axis=1)
        order = np.argsort(-np.take_along_axis(found, some, 1), axis=1, kind="stable")
        places[at : at + each] = np.take_along_axis(some, order, 1)
        near[at : at + each] = np.take_along_axis(found, places[at : at + each], 1)
    return places, near


def answer_names(recipes):
    """The columns that answers have as a table."""
    numbers = range(1, recipes["target"]["told"] + 1)
    return ["prediction", "score", *(name for n in numbers for name in (f"answer_{n}", f"score_{n}"))]


def answers(recipes, stored, asked, columns):
    """The answers to some questions, as a list for each of `answer_names`.

    `prediction` is empty where even the best answer scores below the threshold: then the model does not know. A question
    without any text has no answers.

    Args:
        recipes: The whole of `recipes.json`.
        stored: As `load` gives it.
        asked: What the network says, [questions, width].
        columns: The texts of the questions by column.
    """
    target = recipes["target"]
    places, near = best(stored, asked, target["told"])
    empty = [not any(str(text or "").strip() for text in row) for row in zip(*columns.values(), strict=True)]
    said = {name: [] for name in answer_names(recipes)}
    for row, nothing in enumerate(empty):
        texts = [""] * target["told"] if nothing else [stored["texts"][place] for place in places[row]]
        scored = [0.0] * target["told"] if nothing else [float(value) for value in near[row]]
        knows = not nothing and scored[0] >= target["threshold"]
        said["prediction"].append(texts[0] if knows else "")
        said["score"].append(scored[0])
        for number, (text, score) in enumerate(zip(texts, scored, strict=True), start=1):
            said[f"answer_{number}"].append(text)
            said[f"score_{number}"].append(score)
    return said


def lines(recipes, stored, asked, columns):
    """As `answers`, a dict for each question."""
    said = answers(recipes, stored, asked, columns)
    return [dict(zip(said, row, strict=True)) for row in zip(*said.values(), strict=True)]
