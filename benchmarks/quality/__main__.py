"""How good the untouched default is, beside the models that experts take, on the same rows.

    python -m benchmarks.quality --data FOLDER [--seeds 3] [--tables NAME …] [--templates NAME …] [--peers NAME …] [--kept FILE]

`benchmarks/requirements.txt` names the peers. Every figure is on test rows that nobody has learned from; each seed
divides the rows anew. Peers learn from the training rows, as the network does; one with a plus, such as `catboost+`,
also learns from the validation rows, by which the network only chooses its epoch. What has been measured is kept in
the file, and not measured again.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.quality.peers import PEERS
from benchmarks.quality.sets import BY_NAME, TABLES, Table
from benchmarks.table import show
from core import datasets, home, prepare
from core.baselines._question import Question
from core.goal import Goal
from core.tasks import SHELF as TASKS

DEFAULT = "default"
PLUS = "+"  # behind the name of a peer that also learns from the validation rows
SECOND = {"yes_no": "log_loss", "one_of_many": "log_loss", "amount": "rmse", "count": "deviance"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tables", nargs="*", default=[table.name for table in TABLES])
    parser.add_argument("--templates", nargs="*", default=[DEFAULT])
    parser.add_argument("--peers", nargs="*", default=list(PEERS))
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--kept", type=Path)
    args = parser.parse_args()
    kept = Kept(args.kept)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MODELYARD_HOME"] = folder
        for name in args.tables:
            for seed in range(1, args.seeds + 1):
                _measure(BY_NAME[name], seed, args, kept, Path(folder))
    _tell(kept, [*args.templates, *args.peers], args.tables, args.seeds)


class Kept:
    """What was measured: metrics by table, seed and model."""

    def __init__(self, path: Path | None):
        self.path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
        self.found = {(one["table"], one["seed"], one["model"]): one for one in map(json.loads, lines)}

    def add(self, table: str, seed: int, model: str, **said: object) -> None:
        one = {"table": table, "seed": seed, "model": model, **said}
        self.found[table, seed, model] = one
        print(json.dumps(one), file=sys.stderr, flush=True)
        if self.path:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(one) + "\n")


def _measure(table: Table, seed: int, args: argparse.Namespace, kept: Kept, folder: Path) -> None:
    templates = [name for name in args.templates if (table.name, seed, name) not in kept.found]
    peers = [name for name in args.peers if (table.name, seed, name) not in kept.found]
    if not templates and not peers:
        return
    file = _without(table, args.data, folder)
    run: Path | None = None
    for template in templates:
        said = _train(file, table, seed, template, args.minutes)
        run = home.folder("runs") / said["run"]
        metrics = said["metrics"]["test"]
        kept.add(table.name, seed, template, task=said["task"], metrics=metrics, seconds=said["seconds"])
    if not peers:
        return
    if run is None:
        run = home.folder("runs") / _train(file, table, seed, "table_network", 0.1)["run"]
    spec = json.loads((run / "spec.json").read_text(encoding="utf-8"))
    _ask_peers(table, seed, Goal.from_json(spec["goal"]), spec["data"], peers, kept)


def _without(table: Table, data: Path, folder: Path) -> Path:
    """The file without what gives the answer away."""
    import pandas

    made = folder / f"{table.name}.csv"
    if not made.exists():
        path = table.path(data)
        read = pandas.read_parquet if path.suffix == ".parquet" else pandas.read_csv
        more = {} if path.suffix == ".parquet" else {"dtype": str, "keep_default_na": False}
        read(path, **more).drop(columns=list(table.left_out)).to_csv(made, index=False)
    return made


def _train(file: Path, table: Table, seed: int, template: str, minutes: float) -> dict:
    """What `python -m core train` says."""
    command = [
        sys.executable,
        "-m",
        "core",
        "train",
        str(file),
        "--target",
        table.target,
        "--quiet",
        "--anyway",
    ]
    command += ["--seed", str(seed), "--minutes", str(minutes)]
    command += ["--task", table.task] if table.task else []
    command += ["--template", template] if template != DEFAULT else []
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _ask_peers(table: Table, seed: int, goal: Goal, data: str, peers: list[str], kept: Kept) -> None:
    prepared = prepare.prepare(data, goal)
    task, target = TASKS[goal.task], prepared.recipes["target"]
    rows = datasets.table(data, [goal.target, *goal.inputs])
    test = rows.iloc[prepared.rows("test")]
    answers = task.encode_target(target, test[goal.target].tolist())
    for name in peers:
        sides = ("train", "validation") if name.endswith(PLUS) else ("train",)
        learn = rows.iloc[np.sort(np.concatenate([prepared.rows(side) for side in sides]))]
        truth = task.encode_target(target, learn[goal.target].tolist())
        question = Question(goal.task, prepared.recipes, learn, truth, test, seed=seed)
        began = time.monotonic()
        peer = name.removesuffix(PLUS)
        few = question.sample() if peer in ("linear", "plain_mlp") else replace(question)
        outputs = PEERS[peer](few)
        seconds = round(time.monotonic() - began, 2)
        metrics = task.metrics(target, answers, outputs)
        kept.add(table.name, seed, name, task=goal.task, metrics=metrics, seconds=seconds)


def _tell(kept: Kept, models: list[str], tables: list[str], seeds: int) -> None:
    """Two tables, of the main metric and of log loss or RMSE, and the mean ranks under them."""
    for second in (False, True):
        rows, ranks = [], []
        for table in tables:
            every = [[kept.found[table, seed, model] for seed in range(1, seeds + 1)] for model in models]
            task = TASKS[every[0][0]["task"]]
            metric = SECOND.get(every[0][0]["task"], task.MAIN) if second else task.MAIN
            values = [[run["metrics"][metric] for run in runs] for runs in every]
            means = [statistics.mean(one) for one in values]
            sign = 1 if (task.HIGHER_IS_BETTER and not second) else -1
            ranks.append([1 + sum(sign * other > sign * own for other in means) for own in means])
            rows.append([table, metric, *(_shown(one, own) for one, own in zip(values, means, strict=True)),
                         f"{statistics.median(run['seconds'] for run in every[0]):.0f}"])  # fmt: skip
        mean = [f"{statistics.mean(column):.2f}" for column in zip(*ranks, strict=True)]
        rows.append(["mean rank", "", *mean, ""])
        show(["table", "metric", *models, "seconds"], rows)


def _shown(values: list[float], mean: float) -> str:
    spread = statistics.stdev(values) if len(values) > 1 else 0.0
    return f"{mean:.4g} ± {spread:.2g}"


if __name__ == "__main__":
    main()
