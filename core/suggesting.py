"""Items for one person with reasons, items like one item, and items for somebody new who has clicked on a few: as plain data."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from core import recommending
from core.answer import Model

MOST_HAD = 12  # of what a person had, the latest are told
CANDIDATES = 100  # the best ones, among which variety is looked for


def answer(model: Model, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to what `core.answering` says that may be asked."""
    only = [tuple(pair) for pair in asked.get("only", ())]
    if "alike" in asked:
        return {"shown": alike(model, asked["alike"], asked.get("most", recommending.MOST), only)}
    return for_person(
        model,
        asked.get("person", ""),
        asked.get("had", ()),
        asked.get("most", recommending.MOST),
        asked.get("keep_seen", False),
        asked.get("variety", 0.0),
        only,
    )


def for_person(
    model: Model, person: str, had: Sequence[str] = (), most: int = recommending.MOST, keep_seen: bool = False, variety: float = 0.0,
    only: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:  # fmt: skip
    """The best items for a person, or for somebody new by what they clicked on, each with the items that speak for it.

    Args:
        person: A name; empty for somebody new.
        had: What somebody new had, the latest last; of a known person, that comes after what is known.
        variety: From 0, the best ones whatever they are, to 1, as different from each other as the best hundred allow.
        only: What the items have to be, as `recommending.fitting` takes it.
    """
    stored = model.tastes
    code = int(recommending.codes_of(stored, [person])[0]) if person else 0
    clicked = [place for place in (_code(stored, item) for item in had) if place]
    past = np.concatenate([recommending.history(stored, code), np.array(clicked, np.int64)]).astype(np.int64)
    avoid = [recommending.avoided(stored, code)]
    found = recommending.scores(model.recipes, stored, model.scored, [code], [past], keep_seen, avoid)
    if only:  # only now: the scores of the others hang on what they all are
        found[:, ~recommending.fitting(model.recipes, stored, only)] = -np.inf
    codes, near = (part[0] for part in recommending.best(found, max(most, CANDIDATES) if variety else most))
    if variety:
        codes, near = _varied(stored, codes[np.isfinite(near)], near[np.isfinite(near)], most, variety)
    name = _names(stored)
    return {
        "known": code > 0,
        "had": [name(one) for one in past[::-1][:MOST_HAD]],
        "count": len(past),
        "shown": [
            {"item": name(one), "score": float(score), "because": [name(b) for b in recommending.because(stored, past, one)]}
            for one, score in zip(codes, near, strict=True) if np.isfinite(score)
        ],
    }  # fmt: skip


def _varied(
    stored: Mapping[str, Any], codes: np.ndarray, near: np.ndarray, most: int, variety: float
) -> tuple[np.ndarray, np.ndarray]:
    """Some of the candidates, one after the other: each suits well and is unlike those before it.

    How alike two are is how often the same persons had them.

    Source: Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing
        Summaries", SIGIR 1998.
    """
    if not len(codes):
        return codes, near
    likeness = _likeness(stored, codes)
    spread = float(near.max() - near.min()) or 1.0
    suits, nearest, chosen = (near - near.min()) / spread, np.zeros(len(codes)), []
    for _ in range(min(most, len(codes))):
        worth = (1 - variety) * suits - variety * nearest
        worth[chosen] = -np.inf
        chosen.append(int(np.argmax(worth)))
        nearest = np.maximum(nearest, likeness[chosen[-1]])
    return codes[chosen], near[chosen]


def _likeness(stored: Mapping[str, Any], codes: np.ndarray) -> np.ndarray:
    """How alike items are, from 0 to 1, [items, items]; 0 where neither is among the other's nearest."""
    same = stored["near_codes"][codes][:, :, None] == codes
    found = np.where(same, stored["near"][codes][:, :, None], 0.0).max(1, initial=0.0)
    return np.maximum(found, found.T)


def alike(
    model: Model, item: str, most: int = recommending.MOST, only: Sequence[tuple[str, str]] = ()
) -> list[dict[str, Any]]:
    """The items that the same persons had most often, with their cosines, from 0 to 1.

    Args:
        only: As for `for_person`.
    """
    stored, name = model.tastes, _names(model.tastes)
    code = _code(stored, item)
    found = zip(stored["near_codes"][code], stored["near"][code], strict=True) if code else ()
    fits = (
        recommending.fitting(model.recipes, stored, only) if only else np.ones(len(stored["items"]) + 1, bool)
    )
    shown = [(one, near) for one, near in found if near > 0 and one > 0 and fits[one]]
    return [{"item": name(one), "score": float(near)} for one, near in shown[:most]]


def _names(stored: Mapping[str, Any]) -> Any:
    return lambda code: stored["items"][int(code) - 1]


def _code(stored: Mapping[str, Any], item: str) -> int:
    """The code of an item's name, 0 where it is not known."""
    try:
        return stored["items"].index(item) + 1
    except ValueError:
        return 0
