"""How well answers are found for questions that were never asked before: figures with intervals, beside simpler searches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core import home, ranking
from core.baselines import SHELF as BASELINES
from core.baselines import suiting
from core.baselines._replies import Points, RepliesQuestion
from core.prepare import Prepared
from core.replies import ANSWERS
from core.results import reply_words, unsure
from core.results.evaluation import plain
from core.results.unsure import Ranked
from core.tasks import best_answer
from core.tasks._scores import intervals, share_interval
from core.tasks.best_answer import plain as same
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

Progress = Callable[[float, Sentence], None]
MOST_CELLS = 40_000_000  # questions times answers
FEWEST_ASKED = 200
MOST_KNOWN = 50_000
ALIKE = (0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, -1.0)  # word for word, nearly so, or any
WORST = 20
LONGEST_SHOWN = 300


@dataclass(frozen=True)
class Asked:
    """Questions of the rows that did not train, each once, and all that may be answered.

    Args:
        answers: The list to choose from.
        rows: The row of each question by side, `"validation"` and `"test"`.
        right: For each question of a side, the numbers of the answers that the table gives to it.
        known: Training rows, one for each pair of a question and an answer, by the number of the answer.
        of: The number of each of their answers, rising.
        texts: Each row's question, all its columns in one.
    """

    answers: Sequence[str]
    rows: Mapping[str, np.ndarray]
    right: Mapping[str, Sequence[np.ndarray]]
    known: np.ndarray
    of: np.ndarray
    texts: Sequence[str]

    @property
    def questions(self) -> np.ndarray:
        """The rows of both sides, validation first."""
        return np.concatenate([self.rows["validation"], self.rows["test"]])


def asked(ready: Prepared, table: "DataFrame") -> Asked:
    """What is asked of the rows that did not train.

    Args:
        table: The whole table of text.
    """
    stored = home.read_json(ready.folder / ANSWERS)
    numbers = np.array(stored["row_answers"])
    columns = dict.fromkeys(
        part["of"] for part in ready.recipes["inputs"].values() if part["view"] == "question"
    )
    texts = ["\n".join(row).strip() for row in zip(*(table[name].tolist() for name in columns), strict=True)]
    plain_texts = [same(text) for text in texts]
    rows, right = {}, {}
    most = max(FEWEST_ASKED, MOST_CELLS // max(len(stored["answers"]), len(ready.rows("train"))))
    for side in ("validation", "test"):
        found: dict[str, list[int]] = {}
        for row in ready.rows(side):
            found.setdefault(plain_texts[row], []).append(int(row))
        picked = set(np.random.RandomState(1).permutation(len(found))[:most].tolist())
        groups = [group for place, group in enumerate(found.values()) if place in picked]
        rows[side] = np.array([group[0] for group in groups], np.int64)
        right[side] = [np.unique(numbers[group]) for group in groups]
    pairs = {(int(numbers[row]), plain_texts[row]): int(row) for row in ready.rows("train")}
    ordered = sorted(pairs.items(), key=lambda item: (item[0][0], item[1]))[:MOST_KNOWN]
    return Asked(
        stored["answers"], rows, right, np.array([row for _, row in ordered], np.int64),
        np.array([number for (number, _), _ in ordered], np.int64), texts,
    )  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What a way to search came to.

    Args:
        alike: How near a question has to come to a known one before that one counts, as validation questions decided.
        ranks: By side, how many answers stand before the first right one.
        best: By side, the number of the best answer.
        score: By side, its score.
    """

    alike: float
    ranks: Mapping[str, np.ndarray]
    best: Mapping[str, np.ndarray]
    score: Mapping[str, np.ndarray]

    def side(self, name: str) -> Ranked:
        return Ranked(self.score[name], self.ranks[name] < 1)


def search(questions: Asked, points: Points) -> Found:
    """Search by the answers, and by known questions that are alike enough; how much that is, validation questions decide.

    As few known questions count as find as many right answers: what a question resembles may still be another question.
    """
    near = _dense(points.asked @ points.answers.T)
    if not len(questions.known):
        return _found(questions, near, ALIKE[0])
    of, known = ranking.by_answer(questions.of, _dense(points.asked @ points.known.T))
    rows, best = slice(len(questions.rows["validation"])), (-1, ALIKE[0])
    for alike in ALIKE:
        some = near[rows].copy()
        some[:, of] = ranking.counted(some[:, of], known[rows], alike)
        hits = sum(
            _rank(row, right) < 1 for row, right in zip(some, questions.right["validation"], strict=True)
        )
        best = max(best, (hits, alike))
    near[:, of] = ranking.counted(near[:, of], known, best[1])
    return _found(questions, near, best[1])


def _dense(product: Any) -> np.ndarray:
    return np.asarray(product.toarray() if hasattr(product, "toarray") else product, np.float32)


def _found(questions: Asked, near: np.ndarray, alike: float) -> Found:
    near = np.round(near, ranking.DIGITS)
    ranks, best, score, at = {}, {}, {}, 0
    for side in ("validation", "test"):
        some = near[at : at + len(questions.rows[side])]
        at += len(some)
        best[side] = some.argmax(1) if len(some) else np.zeros(0, np.int64)
        score[side] = np.take_along_axis(some, best[side][:, None], 1)[:, 0].astype(np.float64)
        ranks[side] = np.array(
            [_rank(row, right) for row, right in zip(some, questions.right[side], strict=True)], np.int64
        )
    return Found(alike, ranks, best, score)


def _rank(near: np.ndarray, right: np.ndarray) -> int:
    """How many answers stand before the first right one; of equal ones, those that come first in the list."""
    own = right[near[right].argmax()]
    return int((near > near[own]).sum() + (near[:own] == near[own]).sum())


def evaluate(
    ready: Prepared,
    table: "DataFrame",
    questions: Asked,
    network: Found,
    threshold: float,
    meaning: Callable[[Sequence[str]], np.ndarray],
    *,
    seconds: float = 0.0,
    best_epoch: int = 0,
    progress: Progress = lambda share, text: None,
) -> dict[str, Any]:
    """All that Results shows, as plain JSON, like `core.results.evaluate`.

    Args:
        network: What the network's points came to.
        threshold: The score from which on it answers.
        meaning: As for `RepliesQuestion`.
    """
    others = {"most_frequent": _guessed(questions), **_baselines(questions, meaning, progress)}
    progress(0.6, mark("Measuring how sure the figures are"))
    counts = {side: len(rows) for side, rows in questions.rows.items()}
    found = {
        "version": 1, "task": ready.recipes["task"], "target": ready.recipes["target"]["column"],
        "main": best_answer.MAIN, "rows": ready.facts["rows"], "seconds": round(seconds, 2), "best_epoch": best_epoch,
        "metrics": _metrics(network, others),
        "asked": {
            **counts, "answers": len(questions.answers), "new": _never_learned(questions),
            "alike": network.alike,
        },
        "curve": unsure.curve(network.side("test")),
        "unsure": {**unsure.told(network.side("test"), threshold), "chosen": "validation"},
        "missed": _missed(ready, table, questions, network), "worst": [], "importance": [],
    }  # fmt: skip
    told = reply_words.tell(found)
    found["sentences"] = [sentence.to_json() for sentence in told.sentences]
    found["warnings"] = [sentence.to_json() for sentence in told.warnings]
    progress(1.0, mark("Measured"))
    return plain(found)


def _guessed(questions: Asked) -> Found:
    """Always the answers that training rows give most often, the most frequent first."""
    counts = np.bincount(questions.of, minlength=len(questions.answers))
    asked_for = len(questions.questions)
    return _found(questions, np.broadcast_to(counts.astype(np.float32), (asked_for, len(counts))), ALIKE[0])


def _baselines(questions: Asked, meaning: Any, tell: Progress) -> dict[str, Found]:
    texts = questions.texts
    asked_for, known = ([texts[row] for row in rows] for rows in (questions.questions, questions.known))
    question, found = RepliesQuestion(asked_for, questions.answers, known, meaning), {}
    for name in suiting("best_answer"):
        tell(0.3, mark("Comparing with: {baseline}", baseline=BASELINES[name].LABEL))
        found[name] = search(questions, BASELINES[name].answer(question))
    return found


def _metrics(network: Found, others: Mapping[str, Found]) -> dict[str, Any]:
    def measured(ranks: np.ndarray) -> dict[str, float]:
        ones = np.ones((1, len(ranks)))
        return {name: float(values[0]) for name, values in best_answer.of_ranks(ranks, ones).items()}

    def between(ranks: np.ndarray) -> dict[str, tuple[float, float]]:
        found = intervals(lambda weights: best_answer.of_ranks(ranks, weights), len(ranks))
        for name in ("recall_1", "recall_5"):
            if found[name][0] == found[name][1]:  # all right, or all wrong: every draw says the same
                found[name] = share_interval(found[name][0], len(ranks))
        return found

    ours, theirs = network.ranks["test"], {name: one.ranks["test"] for name, one in others.items()}

    def ahead(weights: np.ndarray) -> dict[str, np.ndarray]:
        own = best_answer.of_ranks(ours, weights)[best_answer.MAIN]
        return {
            n: own - best_answer.of_ranks(ranks, weights)[best_answer.MAIN] for n, ranks in theirs.items()
        }

    return {
        "validation": measured(network.ranks["validation"]),
        "test": measured(ours),
        "intervals": between(ours),
        "baselines": {name: measured(ranks) for name, ranks in theirs.items()},
        "baseline_intervals": {name: between(ranks) for name, ranks in theirs.items()},
        "ahead": intervals(ahead, len(ours)),
    }


def _never_learned(questions: Asked) -> int:
    """Test questions none of whose answers was any training row's."""
    learned = np.zeros(len(questions.answers), bool)
    learned[questions.of] = True
    return sum(not learned[right].any() for right in questions.right["test"])


def _missed(ready: Prepared, table: "DataFrame", questions: Asked, network: Found) -> list[dict[str, Any]]:
    """The questions whose wrong answer had the highest score: there it would have misled somebody."""
    wrong = np.flatnonzero(network.ranks["test"] > 0)
    order = wrong[np.argsort(-network.score["test"][wrong], kind="stable")][:WORST]
    columns = dict.fromkeys(
        part["of"] for part in ready.recipes["inputs"].values() if part["view"] == "question"
    )
    found = []
    for place in order:
        row = int(questions.rows["test"][place])
        true = questions.answers[int(questions.right["test"][place][0])]
        said = questions.answers[int(network.best["test"][place])]
        found.append({
            "row": row, "true": true[:LONGEST_SHOWN], "predicted": said[:LONGEST_SHOWN],
            "rank": int(network.ranks["test"][place]) + 1, "score": float(network.score["test"][place]),
            "values": {name: str(table[name].iloc[row])[:LONGEST_SHOWN] for name in columns},
        })  # fmt: skip
    return found
