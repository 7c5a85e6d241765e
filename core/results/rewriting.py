"""How alike the texts that a network writes are to the true ones, beside the nearest known text; and which it does worst."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from core import rewrite
from core.baselines import SHELF as BASELINES
from core.baselines import suiting
from core.baselines._rewriting import RewritingQuestion
from core.prepare import Prepared
from core.results.evaluation import plain
from core.results.likeness import Likeness, cut_by
from core.tasks import SHELF as TASKS
from core.tasks import _scores
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

Progress = Callable[[float, Sentence], None]
MOST_ASKED = 1_000  # test rows
AT_ONCE = 128
SHOWN = 12  # texts of each sort
FEW_PAIRS = 5_000


def evaluate(
    ready: Prepared,
    table: "DataFrame",
    network: Any,
    *,
    seconds: float = 0.0,
    best_epoch: int = 0,
    progress: Progress = lambda share, text: None,
) -> dict[str, Any]:
    """All that Results shows, as plain JSON, like `core.results.evaluate`.

    Args:
        table: The goal's columns of the whole data set.
        network: As for `core.rewrite.answers`.
    """
    made, target = ready.recipes, ready.recipes["target"]["column"]
    source = made["columns"][0]["column"]
    rows = _some(ready.rows("test"))
    sources, truth = (table[name].iloc[rows].tolist() for name in (source, target))
    answers = _answers(made, network, sources, progress)
    train = ready.rows("train")
    question = RewritingQuestion(*(table[name].iloc[train].tolist() for name in (source, target)), sources)
    said = {"network": [some[0]["text"] for some in answers]}
    for name in suiting(made["task"]):
        progress(0.8, mark("Comparing with: {baseline}", baseline=BASELINES[name].LABEL))
        said[name] = BASELINES[name].answer(question)
    likeness = {name: Likeness(texts, truth, cut_by(truth)) for name, texts in said.items()}
    found = {
        "version": 1, "task": made["task"], "target": target, "source": source, "main": TASKS[made["task"]].MAIN,
        "rows": ready.facts["rows"], "seconds": round(seconds, 2), "best_epoch": best_epoch,
        "metrics": _metrics(sources, truth, said, likeness), "worst": [], "importance": [],
        "rewriting": {
            **ready.facts["rewriting"], "asked": len(rows), "cut": sum(not some[0]["ended"] for some in answers),
            "with_placeholders": sum(bool(rewrite.placeholders(text)) for text in sources),
            "reads": made["columns"][0]["features"][0]["length"], "writes": made["target"]["length"] - 1,
        },
        "texts": _shown(rows, sources, truth, answers, said, likeness["network"].of_each()),
    }  # fmt: skip
    found["sentences"] = [one.to_json() for one in _sentences(found)]
    found["warnings"] = [one.to_json() for one in _warnings(found)]
    progress(1.0, mark("Measured"))
    return plain(found)


def _some(rows: np.ndarray) -> np.ndarray:
    return rows[np.unique(np.linspace(0, len(rows) - 1, min(len(rows), MOST_ASKED)).round().astype(int))]


def _answers(
    made: Mapping[str, Any], network: Any, sources: Sequence[str], tell: Progress
) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = []
    for at in range(0, len(sources), AT_ONCE):
        tell(0.8 * at / len(sources), mark("Writing the texts that were kept apart"))
        found += rewrite.answers(made, network, sources[at : at + AT_ONCE])
    return found


def _metrics(
    sources: Sequence[str],
    truth: Sequence[str],
    said: Mapping[str, Sequence[str]],
    likeness: Mapping[str, Likeness],
) -> dict[str, Any]:
    """Figures with intervals: of the network, and of each baseline."""
    marked = np.array([bool(rewrite.placeholders(text)) for text in sources])

    def of(name: str) -> Callable[[np.ndarray], dict[str, np.ndarray]]:
        exact = np.array([a == b for a, b in zip(said[name], truth, strict=True)])
        kept = np.array([rewrite.kept(a, b) for a, b in zip(sources, said[name], strict=True)])

        def scores(weights: np.ndarray) -> dict[str, np.ndarray]:
            found = {**likeness[name].scores(weights), "exact": _scores.mean(exact, weights)}
            if not marked.any():
                return found
            counted = weights @ marked.astype(np.float64)
            share = np.divide(
                weights @ (marked & kept), counted, out=np.full(len(weights), np.nan), where=counted > 0
            )
            return {**found, "kept": share}

        return scores

    rows, others = len(truth), [name for name in said if name != "network"]
    return {
        "validation": {},
        "test": _scores.once(of("network"), rows),
        "intervals": _scores.intervals(of("network"), rows),
        "baselines": {name: _scores.once(of(name), rows) for name in others},
        "baseline_intervals": {name: _scores.intervals(of(name), rows) for name in others},
    }


def _shown(
    rows: np.ndarray, sources: Sequence[str], truth: Sequence[str], answers: Sequence[Sequence[Mapping[str, Any]]],
    said: Mapping[str, Sequence[str]], each: np.ndarray,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """The texts that it does worst and best, those of the middle, and those that lost a placeholder."""
    order = np.argsort(each, kind="stable").tolist()
    middle = max((len(order) - SHOWN) // 2, 0)
    lost = [place for place in range(len(sources)) if not answers[place][0]["kept"]]

    def told(place: int) -> dict[str, Any]:
        best = answers[place][0]
        return {
            "row": int(rows[place]), "source": sources[place], "truth": truth[place], "said": best["text"],
            "nearest": said["nearest_text"][place], "chrf": float(each[place]), "chance": best["chance"],
        }  # fmt: skip

    chosen = {
        "worst": order[:SHOWN],
        "middle": order[middle : middle + SHOWN],
        "best": order[::-1][:SHOWN],
        "lost": lost[:SHOWN],
    }
    return {name: [told(place) for place in places] for name, places in chosen.items()}


def _sentences(results: Mapping[str, Any]) -> list[Sentence]:
    ours, others = results["metrics"]["test"], results["metrics"]["baselines"]
    values = {
        "ours": ours["chrf"],
        "nearest": others["nearest_text"]["chrf"],
        "copied": others["copied_source"]["chrf"],
    }
    if ours["chrf"] > max(values["nearest"], values["copied"]):
        first = mark(
            "Of 100 points of likeness to the true texts (chrF) it reaches {ours:.0f}; looking up the nearest known text reaches "
            "{nearest:.0f}, leaving the text as it is {copied:.0f}.", **values,
        )  # fmt: skip
    else:
        first = mark(
            "Of 100 points of likeness to the true texts (chrF) it reaches only {ours:.0f}: looking up the nearest known text "
            "reaches {nearest:.0f}, leaving the text as it is {copied:.0f}.", **values,
        )  # fmt: skip
    found = [first, mark("{share:.0%} of them are letter for letter as in the table.", share=ours["exact"])]
    if "kept" in ours:
        found.append(
            mark("Of the texts with placeholders or tags, {share:.1%} keep all of them.", share=ours["kept"])
        )
    return found


def _warnings(results: Mapping[str, Any]) -> list[Sentence]:
    known, found = results["rewriting"], []
    if results["rows"]["train"] < FEW_PAIRS:
        found.append(
            mark(
                "There are only {count:,} pairs to learn from: expect it to repeat what it knows more than to translate anew.",
                count=results["rows"]["train"],
            )
        )  # fmt: skip
    if known["too_long"]:
        found.append(
            mark(
                "{count:,} pairs were longer than {reads:,} pieces of words and were not learned from; of a longer text it reads "
                "the beginning only.", count=known["too_long"], reads=known["reads"],
            )
        )  # fmt: skip
    if known["empty"]:
        found.append(
            mark("{count:,} rows have an empty text on one side and were left out.", count=known["empty"])
        )
    return found
