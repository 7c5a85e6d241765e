"""Texts of the test rows for Results, chosen once and kept beside the run: the worst and the most doubtful, and what was said.

shown_texts.json   which texts there are, in two orders, with the words that decided (`core.explainers.words`)
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import home
from core.recipes import answers
from core.results.pictures import classes_of
from core.tasks import amount

if TYPE_CHECKING:
    from pandas import DataFrame

    from core.results.evaluation import Answered

FILE = "shown_texts.json"
WORST, DOUBTFUL = 12, 12
LONGEST = 20_000  # characters of a cell that are kept

Pushes = Mapping[str, Sequence[Sequence[float]]]
Explain = Callable[[Mapping[str, str]], Pushes | None]
Entry = dict[str, Any]


def columns(made: Mapping[str, Any]) -> list[str]:
    """The columns of texts that the model reads, each once."""
    return list(dict.fromkeys(recipe["column"] for recipe in made["columns"] if recipe["kind"] == "text"))


def chosen(answered: "Answered") -> dict[str, list[int]]:
    """Places among the test rows: those it missed most, the worst first, and those of which it was least sure.

    A doubtful text may be answered rightly. Amounts have no doubt, and where classes are asked for, only wrong answers are
    among the worst.
    """
    miss, doubt, wrong = _judged(answered)
    worst = [place for place in np.argsort(-miss, kind="stable").tolist() if wrong[place]]
    doubtful = [] if doubt is None else np.argsort(-doubt, kind="stable")[:DOUBTFUL].tolist()
    return {"worst": worst[:WORST], "doubtful": doubtful}


def _judged(answered: "Answered") -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
    """Of each row how far off the answer was, how doubtful it was, and whether it was wrong."""
    target = answered.target
    if target["as"] == "number":
        said = np.array(answers({"target": target}, answered.outputs)["prediction"], np.float64)
        miss = np.abs(amount.decode(target, answered.truth) - said)
        return miss, None, miss > 0
    if target["as"] == "labels":
        off = np.abs(answered.truth - answered.outputs)
        # One label that is neither here nor there makes the whole answer doubtful.
        return off.max(1), 1 - np.abs(2 * answered.outputs - 1).min(1), (off > 0.5).any(1)
    truth, chances = classes_of(answered)
    said = answers({"target": target}, answered.outputs)["prediction"]
    names = list(target["classes"])
    wrong = np.array([names[place] != name for place, name in zip(truth, said, strict=True)], bool)
    if "threshold" in target:
        doubt = 1 - np.abs(chances[:, 1] - target["threshold"])
    else:
        first, second = np.sort(chances, axis=1)[:, :-3:-1].T
        doubt = 1 - (first - second)
    return 1 - chances[np.arange(len(truth)), truth], doubt, wrong


def write(
    folder: Path,
    answered: "Answered",
    made: Mapping[str, Any],
    test_rows: "DataFrame",
    numbers: np.ndarray,
    explain: Explain,
) -> None:
    """Keep the chosen texts in the run's folder.

    Args:
        made: The recipes; nothing is kept where they read no texts.
        test_rows: The table of text.
        numbers: Each test row's number in the data set.
        explain: What each stretch of a row's texts did for its answer, by column; None where that is not known.
    """
    texts = columns(made)
    if not texts:
        return
    groups = chosen(answered)
    told = _Told(answered)
    names = list(dict.fromkeys(recipe["column"] for recipe in made["columns"]))
    # First come first: where time runs out, the worst and the most doubtful know their words.
    places = list(dict.fromkeys(place for pair in _turns(*groups.values()) for place in pair))
    entries: dict[int, Entry] = {}
    for place in places:
        row = {name: str(test_rows[name].iloc[place])[:LONGEST] for name in names}
        pushes = explain(row)
        entries[place] = {
            "place": place, "row": int(numbers[place]), "values": row,
            "true": str(test_rows[answered.target["column"]].iloc[place]).strip(), **told.of(place),
            "pushes": None if pushes is None else {name: _short(pushes.get(name, ())) for name in texts},
        }  # fmt: skip
    home.write_json(
        folder / FILE,
        {"columns": texts, **groups, "texts": [entries[place] for place in sorted(entries)]},
    )


def _turns(first: Sequence[int], second: Sequence[int]) -> list[tuple[int, ...]]:
    longest = max(len(first), len(second))
    return [(*first[at : at + 1], *second[at : at + 1]) for at in range(longest)]


def _short(pushes: Sequence[Sequence[float]]) -> list[list[float]]:
    return [[int(begin), int(end), float(f"{push:.4g}")] for begin, end, push in pushes]


class _Told:
    """What was said of each row: `said`, and of classes the `chance` of that and of the `true_chance`."""

    def __init__(self, answered: "Answered"):
        self.target = answered.target
        given = answers({"target": answered.target}, answered.outputs)
        self.said = given["prediction"]
        self.true, self.chances = (
            classes_of(answered) if "classes" in answered.target else (None, None)
        )  # of labels, each has a chance of its own

    def of(self, place: int) -> Entry:
        said = self.said[place]
        if self.true is None or self.chances is None:
            return {"said": said, "chance": None, "true_chance": None}
        chances = self.chances[place]
        answer = list(self.target["classes"]).index(said)
        return {
            "said": said, "chance": round(float(chances[answer]), 5),
            "true_chance": round(float(chances[self.true[place]]), 5),
        }  # fmt: skip


def read(folder: Path) -> dict[str, Any] | None:
    """What is shown of a run's test texts: `columns`, `worst`, `doubtful` and `texts`; None where it has none."""
    try:
        return home.read_json(folder / FILE)
    except FileNotFoundError:
        return None


def excerpt(text: str, pushes: Sequence[Sequence[float]], most: int) -> tuple[int, int]:
    """Where to begin and to end showing a long text so that about `most` characters hold the words that decided most.

    Example:
        >>> excerpt("one two three four five six", [(8, 13, 0.9)], 10)
        (8, 18)
    """
    if len(text) <= most:
        return 0, len(text)
    found = [(int(begin), int(end), abs(push)) for begin, end, push in pushes] or [(0, 0, 0.0)]
    starts = [0, *(begin for begin, _, _ in found)]
    held = [
        sum(push for begin, end, push in found if start <= begin and end <= start + most) for start in starts
    ]
    best = starts[max(range(len(starts)), key=lambda place: (held[place], -starts[place]))]
    begin = min(best, len(text) - most)
    if begin > 0 and not text[begin - 1].isspace():
        begin = _after_space(text, begin)
    return begin, _before_space(text, begin + most)


def _after_space(text: str, at: int) -> int:
    """Where the next word begins, if one does soon."""
    near = next((place for place in range(at, min(at + 25, len(text))) if text[place].isspace()), None)
    return at if near is None else near + 1


def _before_space(text: str, at: int) -> int:
    if at >= len(text) or text[at].isspace():
        return min(at, len(text))
    near = text.rfind(" ", max(0, at - 25), at)
    return at if near < 0 else near
