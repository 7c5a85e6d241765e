"""How many persons find their next item among ten, beside simple ways and other programs, on the same events and all items.

    python -m benchmarks.recommender --data FOLDER [--seeds 3] [--peers PYTHON] [--sets NAME …] [--minutes 5]

Each person's latest item is the test and the one before it validates; without times they are drawn by the seed. All items
that a person had not had are ranked, and the same code counts for everybody. The app's default is taken as it comes, no setting touched. PYTHON
is an interpreter that has `implicit` and `recbole`; without it these are left out. EASE is its formula in NumPy with the strength
that validation persons like best, learned from training and validation events, as is item-kNN.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.table import show

SETS = {
    "movielens_100k": ("ratings.csv", "item_id"),
    "lecture_ratings_eth": ("lecture_ratings_eth.csv", "lecturer"),
}
MEASURES = ("ndcg_10", "recall_10", "mrr")
EASE = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--peers", default="")
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    parser.add_argument("--minutes", type=float, default=5.0)
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MODELYARD_HOME"] = folder
        for name in args.sets:
            found: dict[str, list[dict[str, float]]] = {}
            for seed in range(1, args.seeds + 1):
                for way, figures in measured(
                    args.data / name / SETS[name][0], SETS[name][1], seed, args.peers, args.minutes
                ).items():
                    found.setdefault(way, []).append(figures)
            ordered = sorted(
                found.items(), key=lambda item: -statistics.mean(one["ndcg_10"] for one in item[1])
            )
            for way, figures in ordered:
                rows.append(
                    [
                        name if way == ordered[0][0] else "",
                        way,
                        *(_mean(figures, one) for one in (*MEASURES, "seconds")),
                    ]
                )
    show(["events", "way", *MEASURES, "seconds"], rows)


def _mean(figures: list[dict[str, float]], name: str) -> str:
    values = [one[name] for one in figures if name in one]
    if not values:
        return ""
    spread = f" ± {statistics.stdev(values):.3f}" if len(values) > 1 and name != "seconds" else ""
    return f"{statistics.mean(values):.3f}{spread}" if name != "seconds" else f"{statistics.mean(values):.0f}"


def measured(path: Path, item: str, seed: int, peers: str, minutes: float) -> dict[str, dict[str, float]]:
    """The figures of every way on one set with one seed."""
    from core import datasets, prepare, roles, runs, tastes
    from core.goal import Goal
    from core.results.tastes import asked
    from core.spec import Spec
    from core.tastes.apart import TEST
    from core.templates import SHELF, default_for
    from core.terminal.train import execute

    data = datasets.add(path)
    facts = datasets.profile(data.id)
    goal = roles.recommending(facts, Goal(item, "recommend", (), facts.kinds), seed=seed)
    ready = prepare.prepare(data.id, goal)
    template = default_for(ready.facts)
    graph = SHELF[template].graph(ready.facts, {})
    began = time.monotonic()
    run = runs.create(Spec(data.id, goal, template, graph, {"minutes": minutes}, seed=seed, name=path.stem))
    execute(run, quiet=True)
    metrics = (run.results() or {})["metrics"]
    found = {
        f"ours ({template})": {**metrics["test"], "seconds": time.monotonic() - began},
        **metrics["baselines"],
    }
    events, sides = tastes.read_events(ready.folder)
    questions = asked(events, sides, TEST)
    found |= {
        name: figures_of(scores, questions) for name, scores in numpy_ways(events, sides, questions).items()
    }
    if peers:
        found |= from_peers(peers, events, sides, questions, seed)
    return found


def figures_of(scores: np.ndarray, questions: Any) -> dict[str, float]:
    from core.tasks import recommend

    places = recommend.ranks(scores, questions.right, questions.seen)
    return {name: float(values.mean()) for name, values in recommend.by_person(places).items()}


def numpy_ways(events: Any, sides: Any, questions: Any) -> dict[str, np.ndarray]:
    """EASE as Steck writes it down, without any of our code but the counting of pairs."""
    from core.results.tastes import asked
    from core.tastes.apart import VALIDATION

    codes = len(events.items) + 1

    def had(pasts: Any) -> np.ndarray:
        made = np.zeros((len(pasts), codes))
        for row, past in enumerate(pasts):
            made[row, past] = 1
        return made

    def ease(known: np.ndarray, strength: float, pasts: Any) -> np.ndarray:
        everybody = np.zeros((len(events.persons) + 1, codes))
        everybody[events.person[known], events.item[known]] = 1
        gram = everybody.T @ everybody
        inverse = np.linalg.inv(gram + strength * np.eye(codes))
        weights = inverse / -np.diag(inverse)
        np.fill_diagonal(weights, 0)
        return had(pasts) @ weights

    validation = asked(events, sides, VALIDATION)
    training, known = sides.side == 0, (sides.side == 0) | (sides.side == 1)
    best = max(EASE, key=lambda one: figures_of(ease(training, one, validation.pasts), validation)["ndcg_10"])
    return {"EASE (NumPy)": ease(known, best, questions.pasts)}


def from_peers(
    python: str, events: Any, sides: Any, questions: Any, seed: int
) -> dict[str, dict[str, float]]:
    """What other programs come to."""
    import json

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # In each person's order, the validation event before that of the test, also where chance drew them.
        order = np.lexsort((np.arange(len(events.person)), sides.side, events.person))
        parts = {"person": events.person[order], "item": events.item[order], "side": sides.side[order]}
        np.savez(folder / "events.npz", **parts, persons=questions.persons, ordered=events.time is not None)
        script = Path(__file__).with_name("recommender_peers.py")
        subprocess.run([python, str(script), str(folder), str(seed)], check=True, cwd=folder)
        told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
        return {
            name: {**figures_of(np.load(folder / f"{name}.npy"), questions), "seconds": one["seconds"]}
            for name, one in told.items()
        }


if __name__ == "__main__":
    main()
