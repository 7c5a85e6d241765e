"""How often the right answer of a list is found first, beside a search by words and the encoder alone, on the same questions.

    python -m benchmarks.faq --data FOLDER [--seeds 3] [--sets NAME …] [--minutes 3]

The data is `qa_pairs_chatterbot`: small talk in English and Chinese, nearly as many answers as questions. Each seed keeps
15 % of the questions for the test and 15 % for choosing; all answers of the language can be chosen from, and each answer
that the table gives to a question counts as right. All is measured by the run itself, as its Results show it.

Across languages, the list and all questions that are learned from are in one language, and the test asks in the other. Only
the topics money, movies and history can be judged so: there the Chinese rows are translations of the English ones, row by row.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.table import show

if TYPE_CHECKING:
    from pandas import DataFrame

FILE = Path("qa_pairs_chatterbot/qa_pairs_chatterbot.csv")
PARALLEL = ("money", "movies", "history")
TEMPLATE = "two_towers"
WAYS = {"shared_words": "TF-IDF", "meaning_alone": "encoder alone", "": "ours"}
MEASURES = ("recall_1", "recall_5")


def one_language(table: "DataFrame", language: str) -> "DataFrame":
    """The pairs of one language, divided by the run."""
    return table[table["lang"] == language][["question", "answer"]]


def across(table: "DataFrame", asked: str, answered: str) -> "DataFrame":
    """All pairs of the language that answers, and questions of the other one for the test."""
    import pandas

    listed = table[table["lang"] == answered]
    parts = [listed[["question", "answer"]].assign(split="train")]
    for topic in PARALLEL:
        ours, theirs = (
            table[(table["topic"] == topic) & (table["lang"] == language)] for language in (asked, answered)
        )
        if len(ours) != len(theirs):
            raise SystemExit(f"The rows about {topic} are no longer translations of each other, row by row.")
        pairs = {"question": ours["question"].tolist(), "answer": theirs["answer"].tolist(), "split": "test"}
        parts.append(pandas.DataFrame(pairs))
    return pandas.concat(parts, ignore_index=True)


SETS: dict[str, Callable[["DataFrame"], "DataFrame"]] = {
    "English": lambda table: one_language(table, "en"),
    "Chinese": lambda table: one_language(table, "zh"),
    "both in one list": lambda table: table[["question", "answer"]],
    "asked in English, answered in Chinese": lambda table: across(table, "en", "zh"),
    "asked in Chinese, answered in English": lambda table: across(table, "zh", "en"),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    parser.add_argument("--minutes", type=float, default=3.0)
    args = parser.parse_args()
    import pandas

    table = pandas.read_csv(args.data / FILE, dtype=str, keep_default_na=False)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MODELYARD_HOME"] = folder
        for name in args.sets:
            place = Path(folder) / "faq.csv"
            SETS[name](table).to_csv(place, index=False)
            found = [trained(place, seed, args.minutes) for seed in range(1, args.seeds + 1)]
            rows += told(name, found)
    show(["questions and list", "asked", "answers", "way", *MEASURES, "seconds"], rows)


def trained(place: Path, seed: int, minutes: float) -> dict[str, Any]:
    """The results of one run with the app's own settings."""
    from core import datasets, prepare, runs
    from core.spec import Spec
    from core.suggest import suggest
    from core.templates import SHELF
    from core.worker import door

    data = datasets.add(place, place.stem)
    goal = suggest(datasets.profile(data.id), "answer").goal
    split = replace(goal.split, seed=seed)
    if "split" in data.columns:
        split = replace(split, by="given", column="split")
    goal = replace(goal, split=split)
    facts = prepare.prepare(data.id, goal).facts
    graph = SHELF[TEMPLATE].graph(facts, {})
    run = runs.create(Spec(data.id, goal, TEMPLATE, graph, {"minutes": minutes}, seed=seed, name="FAQ"))
    began = time.monotonic()
    door.enter(run.folder)
    return {**(run.results() or {}), "whole": time.monotonic() - began}


def told(name: str, found: list[dict[str, Any]]) -> list[list[str]]:
    """A line for each way, means and spreads over the seeds."""
    asked, answers = (statistics.mean(one["asked"][part] for one in found) for part in ("test", "answers"))
    lines = []
    for way, label in WAYS.items():
        figures = [one["metrics"]["baselines"][way] if way else one["metrics"]["test"] for one in found]
        shown = [_spread([figure[measure] for figure in figures]) for measure in MEASURES]
        seconds = "" if way else f"{statistics.mean(one['whole'] for one in found):.0f}"
        lines.append([name, f"{asked:.0f}", f"{answers:,.0f}", label, *shown, seconds])
    return lines


def _spread(values: list[float]) -> str:
    spread = statistics.stdev(values) if len(values) > 1 else 0.0
    return f"{statistics.mean(values):.3f} ± {spread:.3f}"


if __name__ == "__main__":
    main()
