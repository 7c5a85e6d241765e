"""Inputs that may have been told the answer: known only afterwards, or the answer in other words.

A look at each column alone, on training rows only: half of them learn, the other half judge. Then a look at gaps: what is empty
just where the answer is, or filled only with one answer, was written down when the answer was known.
"""

from typing import TYPE_CHECKING

import numpy as np

from core import recipes, split
from core.columns import SHELF as COLUMNS
from core.goal import Goal
from core.profile import Worry
from core.tasks import SHELF as TASKS
from core.tasks import _scores
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_ROWS = 10_000
FEWEST_ROWS = 40
BINS = 50
SMOOTHING = 1.0
# A single honest column hardly ever gets there.
LIMITS = {"yes_no": 0.95, "classes": 0.98, "number": 0.985}
EXACT = 0.9999
MOST_TOGETHER = 5
# Of gaps: rows from which on they say something, how sure they have to be, and how far they may miss.
FEWEST_GAPS, BY_CHANCE, NEARLY_ALL, MOST_OF = 20, 1e-6, 0.995, 0.8


def look(data_id: str, goal: Goal) -> list[Worry]:
    """Worries about inputs that tell the answer almost perfectly. Never raises on odd columns: they are skipped."""
    from core import datasets  # noqa: PLC0415 - gate to pandas

    return look_at(datasets.table(data_id, goal.columns), goal)


def look_at(table: "DataFrame", goal: Goal) -> list[Worry]:
    """As `look`, for a table of text that holds the goal's columns."""
    if TASKS[goal.task].FORM == "labels":  # one column seldom tells a whole list
        return []
    if goal.task == "best_answer":
        return []  # a question is there to lead to its answer
    if goal.task == "recommend":
        return []  # who and when are asked about, and tell nothing by themselves
    if goal.task == "rewrite":
        return []  # a text is there to become another one
    if goal.task == "next_token":
        return []  # there is nothing but the texts
    if goal.task == "forecast":
        return []  # of the other columns it is only told what was known by then
    training = table.iloc[split.divide(table, goal)[0]["train"]]
    picked = np.random.RandomState(1).permutation(len(training))[:MOST_ROWS]
    if len(picked) < FEWEST_ROWS:
        return []
    rows = training.iloc[picked]
    truth = _truth(goal, rows)
    columns = {
        name: _values(goal, rows, name)
        for name in goal.inputs
        if COLUMNS[goal.kinds[name]].INPUT in ("numbers", "categories")
    }
    alone = {name: _alone(goal, codes_of(values), truth) for name, values in columns.items()}
    found = [_worry_alone(name, goal) for name, score in alone.items() if score > _limit(goal)]
    if TASKS[goal.task].FORM == "number":
        found += _together({name: v for name, v in columns.items() if v.dtype == float}, truth, goal)
    else:
        found += _filled_with_one_answer(rows, goal)
    found += _empty_together(table, goal)
    first: dict[str, Worry] = {}
    for worry in found:
        first.setdefault(worry.column, worry)
    return list(first.values())


def _limit(goal: Goal) -> float:
    return LIMITS.get(goal.task) or LIMITS[TASKS[goal.task].FORM]


def _truth(goal: Goal, rows: "DataFrame") -> np.ndarray:
    """Class numbers, or amounts, of the rows."""
    texts = rows[goal.target].tolist()
    if TASKS[goal.task].FORM == "number":
        return recipes.read_values(texts, COLUMNS["number"].reading(texts))
    target = TASKS["one_of_many"].fit_target(texts, goal.kinds.get(goal.target, ""))
    return TASKS["one_of_many"].encode_target(target, texts)


def _values(goal: Goal, rows: "DataFrame", name: str) -> np.ndarray:
    """A column as floats with NaN, or as an array of text."""
    kind = COLUMNS[goal.kinds[name]]
    texts = rows[name].tolist()
    values = recipes.read_values(texts, kind.reading(texts))
    return np.asarray(values, float if kind.INPUT == "numbers" else object)


def codes_of(values: np.ndarray) -> np.ndarray:
    """A column as small whole numbers: quantile bins, 0 where missing, or a number for each text."""
    if values.dtype != float:
        return np.unique(values.astype(str), return_inverse=True)[1]
    known = values[~np.isnan(values)]
    if not len(known):
        return np.zeros(len(values), int)
    edges = np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)))[1:-1]
    return np.where(np.isnan(values), 0, 1 + np.searchsorted(edges, values, side="right"))


def _alone(goal: Goal, codes: np.ndarray, truth: np.ndarray) -> float:
    """The task's main metric of a table of means for each code, learned on one half and judged on the other."""
    half = len(truth) // 2
    learn, judge = slice(None, half), slice(half, None)
    ones = np.ones((1, len(truth) - half))
    if TASKS[goal.task].FORM == "number":
        means = _means(codes[learn], truth[learn], codes.max() + 1)
        return float(_scores.r2(truth[judge], means[codes[judge]], ones)[0])
    classes = int(truth.max()) + 1
    chances = np.stack([_means(codes[learn], truth[learn] == c, codes.max() + 1) for c in range(classes)], 1)
    if goal.task == "yes_no":
        score = _scores.roc_auc(*_scores.tied(chances[codes[judge], 1], truth[judge] == 1, ones))[0]
        return float(np.nan_to_num(score, nan=0.5))
    return float((chances[codes[judge]].argmax(1) == truth[judge]).mean())


def _means(codes: np.ndarray, truth: np.ndarray, size: int) -> np.ndarray:
    """The truth's mean for each code, drawn a little towards the mean of all."""
    overall = truth.mean()
    count = np.bincount(codes, minlength=size)
    return (np.bincount(codes, truth, minlength=size) + SMOOTHING * overall) / (count + SMOOTHING)


def _together(columns: dict[str, np.ndarray], truth: np.ndarray, goal: Goal) -> list[Worry]:
    """A worry where a few numbers add up to the target, such as two parts of a sum."""
    left = {
        name: np.nan_to_num((v - np.nanmean(v)) / s) for name, v in columns.items() if (s := np.nanstd(v)) > 0
    }
    aim = (truth - truth.mean()) / truth.std()
    taken: list[str] = []
    rest = aim
    while len(taken) < min(MOST_TOGETHER, len(left)):
        best = max(
            (name for name in left if name not in taken), key=lambda name, rest=rest: abs(left[name] @ rest)
        )
        taken.append(best)
        parts = np.stack([left[name] for name in taken], 1)
        rest = aim - parts @ np.linalg.lstsq(parts, aim, rcond=None)[0]
        if 1 - rest.var() > EXACT:
            return _sum_told(taken, goal)
    return []


def _sum_told(names: list[str], goal: Goal) -> list[Worry]:
    """One worry for each part, since each has to be taken out by itself."""
    first = mark("“{target}” can be worked out exactly from {names}.", target=goal.target, names=list(names))
    others = [
        mark("Column “{column}” is one of the parts that make up “{target}” exactly.", column=name, target=goal.target)
        for name in names[1:]
    ]  # fmt: skip
    return [_worry(name, what, goal) for name, what in zip(names, [first, *others], strict=True)]


def _filled_with_one_answer(rows: "DataFrame", goal: Goal) -> list[Worry]:
    """Worries about columns that are filled, or empty, hardly ever but with one answer, such as a number that only the dead got."""
    found = []
    answers = rows[goal.target].to_numpy()
    values, counts = np.unique(answers.astype(str), return_counts=True)
    usual = dict(zip(values, counts / len(answers), strict=True))
    for name in goal.inputs:
        empty = _empty(rows, name)
        for side, told_of in ((~empty, _filled_told), (empty, _empty_told)):
            told = answers[side].astype(str)
            if not FEWEST_GAPS <= len(told) < len(answers):
                continue
            answer, count = _commonest(told)
            if count >= NEARLY_ALL * len(told) and usual[answer] ** len(told) < BY_CHANCE:
                found.append(_worry(name, told_of(name, answer[:40], count, goal), goal))
                break
    return found


def _filled_told(name: str, answer: str, rows: int, goal: Goal) -> Sentence:
    return mark(
        "Where column “{column}” is filled, “{target}” is “{answer}”, in {count:,} rows.",
        column=name, target=goal.target, answer=answer, count=rows,
    )  # fmt: skip


def _empty_told(name: str, answer: str, rows: int, goal: Goal) -> Sentence:
    return mark(
        "Where column “{column}” is empty, “{target}” is “{answer}”, in {count:,} rows.",
        column=name, target=goal.target, answer=answer, count=rows,
    )  # fmt: skip


def _commonest(answers: np.ndarray) -> tuple[str, int]:
    values, counts = np.unique(answers, return_counts=True)
    return str(values[counts.argmax()]), int(counts.max())


def _empty_together(table: "DataFrame", goal: Goal) -> list[Worry]:
    """Worries about columns that are empty only where the answer is, and in most of these rows: they come about with it."""
    no_answer = _empty(table, goal.target)
    if no_answer.sum() < FEWEST_GAPS:
        return []
    alike = []
    for name in goal.inputs:
        empty = _empty(table, name)
        both = (empty & no_answer).sum()
        if both >= MOST_OF * no_answer.sum() and both >= NEARLY_ALL * empty.sum():
            alike.append((name, int(both)))
    if 2 * len(alike) > len(goal.inputs):  # whole rows are empty
        return []
    return [_worry(name, _gaps_told(name, rows, goal), goal) for name, rows in alike]


def _gaps_told(name: str, rows: int, goal: Goal) -> Sentence:
    return mark(
        "Column “{column}” is empty only where “{target}” is, in {count:,} rows: both seem to be written down together.",
        column=name, target=goal.target, count=rows,
    )  # fmt: skip


def _empty(table: "DataFrame", name: str) -> np.ndarray:
    return (table[name].str.strip() == "").to_numpy(bool)


def _worry_alone(name: str, goal: Goal) -> Worry:
    what = mark("Column “{column}” alone tells “{target}” almost perfectly.", column=name, target=goal.target)
    return _worry(name, what, goal)


def _worry(name: str, what: Sentence, goal: Goal) -> Worry:
    fix = mark("Take it out of the inputs if it is known no earlier than “{target}”.", target=goal.target)
    return Worry("giveaway", name, "warning", what, fix)
