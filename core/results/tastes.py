"""How well items are recommended: every person who was kept apart is asked, and all items that the person has not had are ranked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from core import recommending
from core.baselines import SHELF as BASELINES
from core.baselines import suiting
from core.baselines._tastes import TastesQuestion
from core.results import ratings, taste_words
from core.results.evaluation import plain
from core.tasks import recommend
from core.tasks._scores import intervals, share_interval
from core.tastes.apart import TEST, VALIDATION, Sides
from core.tastes.chosen import Chosen, filled
from core.tastes.events import Events
from core.tastes.prepared import side_pasts
from core.words import Sentence, mark

Progress = Callable[[float, Sentence], None]
Predict = Callable[[Mapping[str, np.ndarray]], np.ndarray]
CELLS_AT_ONCE = 8_000_000
SHOWN = recommend.SHOWN
PASTS = (0, 5, 20)  # items that a person had: none, few, some, many
POPULAR = 0.5  # of the events, those of the most popular items
SAMPLES = 12


@dataclass(frozen=True)
class Asked:
    """Persons of one side, what they had before, and what they then took.

    Args:
        persons: Codes, [persons].
        pasts: Codes of items, of each person in order.
        right: Codes of what they took, 0 fills up, [persons, most].
        seen: What they had, 0 fills up, [persons, most].
    """

    persons: np.ndarray
    pasts: Sequence[np.ndarray]
    right: np.ndarray
    seen: np.ndarray


@dataclass(frozen=True)
class Found:
    """Where the right items stand [persons, most], -1 fills up, and which were shown [persons, `SHOWN`], 0 for none."""

    places: np.ndarray
    shown: np.ndarray


def asked(events: Events, sides: Sides, wanted: int) -> Asked:
    """The persons of the validation or the test side."""
    persons = sides.validation if wanted == VALIDATION else sides.test
    pasts, right = side_pasts(events, sides.side, persons, wanted)
    return Asked(persons, pasts, filled(right), filled(pasts))


def search(questions: Asked, codes: int, score: Callable[[slice], np.ndarray]) -> Found:
    """Rank all items for all persons, some at a time.

    Args:
        score: From some of the persons to their scores, [some, codes].
    """
    places, shown = [], []
    each = max(1, CELLS_AT_ONCE // codes)
    for at in range(0, len(questions.persons), each):
        some = slice(at, at + each)
        said = np.array(score(some), np.float32)
        places.append(recommend.ranks(said, questions.right[some], questions.seen[some]))
        said[:, 0] = -np.inf
        np.put_along_axis(said, questions.seen[some], -np.inf, 1)
        best, near = recommending.best(said, SHOWN)
        shown.append(np.pad(np.where(np.isfinite(near), best, 0), ((0, 0), (0, SHOWN - best.shape[1]))))
    return Found(np.concatenate(places), np.concatenate(shown))


def evaluate(
    made: Mapping[str, Any], facts: Mapping[str, Any], stored: Mapping[str, Any], events: Events, sides: Sides, predict: Predict,
    *, seconds: float = 0.0, best_epoch: int = 0, chosen: Chosen | None = None, validation: Mapping[str, float] | None = None, progress: Progress = lambda share, text: None,
) -> dict[str, Any]:  # fmt: skip
    """All that Results shows, as plain JSON, like `core.results.evaluate`.

    Args:
        made: The whole of `recipes.json`.
        facts: Of the prepared rows.
        stored: As `recommending.load` gives it.
        predict: From the network's inputs to its scores.
        validation: The figures on validation persons, where the model has learned from their events since; else nothing, and they are measured.
    """
    sets = {
        name: asked(events, sides, wanted) for name, wanted in (("validation", VALIDATION), ("test", TEST))
    }
    codes = len(events.items) + 1
    ours = {
        name: search(one, codes, lambda some, one=one: recommending.scores(
            made, stored, predict, one.persons[some], one.pasts[some]))
        for name, one in sets.items()
    }  # fmt: skip
    others = _baselines(events, sides, sets["test"], codes, progress)
    progress(0.7, mark("Measuring how sure the figures are"))
    had = np.bincount(events.item[(sides.side >= 0) & (sides.side < TEST)], minlength=codes)
    test = sets["test"]
    metrics = _metrics(ours, others, had, len(events.persons))
    found = {
        "version": 1, "task": "recommend", "target": made["target"]["column"], "main": recommend.MAIN,
        "rows": facts["rows"], "seconds": round(seconds, 2), "best_epoch": best_epoch,
        "metrics": {**metrics, "validation": dict(validation) if validation else metrics["validation"]},
        "asked": {
            "validation": len(sets["validation"].persons), "test": len(test.persons), "items": codes - 1, "by": facts["tastes"]["by"],
            "ordered": events.time is not None, "never": int((had[test.right[test.right > 0]] == 0).sum()),
            "taken": int((test.right > 0).sum()),
        },
        "beside": asdict(chosen) if chosen else None,
        "groups": _groups(test, ours["test"], others, had),
        "shown": {"popular": _popular(ours["test"].shown, had), "taken": _popular(test.right, had)},
        "ratings": None if sides.rated is None else ratings.evaluate(events, sides.rated),
        "examples": _examples(test, ours["test"], events), "worst": [], "importance": [],
    }  # fmt: skip
    told = taste_words.tell(found, facts)
    found["sentences"] = [sentence.to_json() for sentence in told.sentences]
    found["warnings"] = [sentence.to_json() for sentence in told.warnings]
    progress(1.0, mark("Measured"))
    return plain(found)


def _baselines(events: Events, sides: Sides, test: Asked, codes: int, tell: Progress) -> dict[str, Found]:
    known = (sides.side >= 0) & (sides.side < TEST)
    time = None if events.time is None else events.time[known]
    question = TastesQuestion(events.person[known], events.item[known], time, test.pasts, codes)
    found = {}
    for name in suiting("recommend"):
        tell(0.3, mark("Comparing with: {baseline}", baseline=BASELINES[name].LABEL))
        said = BASELINES[name].answer(question)
        if said is not None:
            found[name] = search(test, codes, said)
    return found


def _metrics(
    ours: Mapping[str, Found], others: Mapping[str, Found], had: np.ndarray, persons: int
) -> dict[str, Any]:
    each = {name: recommend.by_person(one.places) for name, one in {**others, "": ours["test"]}.items()}

    def weighed(name: str) -> Callable[[np.ndarray], dict[str, np.ndarray]]:
        return lambda weights: {key: weights @ values / weights.sum(1) for key, values in each[name].items()}

    def between(name: str) -> dict[str, tuple[float, float]]:
        count = len(ours["test"].places)
        found = intervals(weighed(name), count)
        return {
            key: share_interval(low, count) if low == high and key in ("hit_10", "recall_10") else (low, high)
            for key, (low, high) in found.items()
        }

    def ahead(weights: np.ndarray) -> dict[str, np.ndarray]:
        own = weighed("")(weights)[recommend.MAIN]
        return {name: own - weighed(name)(weights)[recommend.MAIN] for name in others}

    def means(places: np.ndarray) -> dict[str, float]:
        return {name: float(values.mean()) for name, values in recommend.by_person(places).items()}

    return {
        "validation": means(ours["validation"].places),
        "test": {**means(ours["test"].places), **beyond(ours["test"].shown, had, persons)},
        "intervals": between(""),
        "baselines": {
            name: {**means(one.places), **beyond(one.shown, had, persons)} for name, one in others.items()
        },
        "baseline_intervals": {name: between(name) for name in others},
        "ahead": intervals(ahead, len(ours["test"].places)),
    }


def beyond(shown: np.ndarray, had: np.ndarray, persons: int) -> dict[str, float]:
    """What is shown at all: the share of the catalogue, how little known it is in bits, and how many persons had it before.

    Args:
        shown: Codes, [persons, shown], 0 for none.
        had: How many persons had each code.
        persons: How many persons there are.

    Source: Castells, Hurley and Vargas, "Novelty and Diversity in Recommender Systems" (2022), section 3 (self-information);
        Abdollahpouri et al., "The Unfairness of Popularity Bias in Recommendation", 2019 (average popularity).
    """
    codes = shown[shown > 0]
    share = np.maximum(had[codes], 1) / max(persons, 1)
    return {
        "coverage": len(np.unique(codes)) / max(len(had) - 1, 1),
        "novelty": float(-np.log2(np.minimum(share, 1)).mean()) if len(codes) else float("nan"),
        "popularity": float((had[codes] / max(persons, 1)).mean()) if len(codes) else float("nan"),
    }


def _popular(codes: np.ndarray, had: np.ndarray) -> float:
    """The share of these codes that are among the most popular items, which make up half of all events."""
    codes = codes[codes > 0]
    return float(_bestsellers(had)[codes].mean()) if len(codes) else 0.0


def _bestsellers(had: np.ndarray) -> np.ndarray:
    """Whether each code is among the most popular items that together make up `POPULAR` of the events."""
    order = np.argsort(-had, kind="stable")
    before = np.cumsum(had[order]) - had[order]
    found = np.zeros(len(had), bool)
    found[order] = before < POPULAR * had.sum()
    return found


def _groups(test: Asked, ours: Found, others: Mapping[str, Found], had: np.ndarray) -> list[dict[str, Any]]:
    """Who finds something, by how much a person had before and by how popular what they took is."""
    count = np.array([len(past) for past in test.pasts])
    borders = [*PASTS, np.inf]
    groups = [("none", count == 0)]
    groups += [(f"past_{low + 1}", (count > low) & (count <= high)) for low, high in pairwise(borders)]
    popular = _bestsellers(had)[test.right] | (test.right == 0)
    groups += [("popular", popular.all(1)), ("rare", ~popular.all(1))]
    found = []
    for name, rows in groups:
        if rows.any():
            reached = {
                one: float(recommend.by_person(part.places[rows])["hit_10"].mean())
                for one, part in {"": ours, **others}.items()
            }
            found.append(
                {"group": name, "persons": int(rows.sum()), "hit": reached.pop(""), "others": reached}
            )
    return found


def _examples(test: Asked, ours: Found, events: Events) -> list[dict[str, Any]]:
    """Some persons with what they had last, what they were shown and what they took."""
    picked = np.sort(np.random.RandomState(1).permutation(len(test.persons))[:SAMPLES])
    name = lambda codes: [events.items[code - 1] for code in codes if code > 0]  # noqa: E731
    return [{
        "person": events.persons[test.persons[row] - 1], "had": name(test.pasts[row][-3:]), "shown": name(ours.shown[row]),
        "took": name(test.right[row]), "place": int(np.min(ours.places[row][ours.places[row] >= 0])) + 1,
    } for row in picked]  # fmt: skip
