"""`label RUN [FILE] --out FILE`: which rows without an answer to label first, as a table with an empty column for it."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import datasets, prepare, reading, runs
from core.answer import Model, rows_at_once
from core.errors import DataError, RunError
from core.graph import sources
from core.results import label_next, stand_in
from core.terminal._progress import report
from core.words import mark

if TYPE_CHECKING:
    from pandas import DataFrame

ANSWERED, COMPARED = 0.5, 0.95  # shares of the work that are usually done by then
HELP = mark("Find the rows without an answer that are best labelled first.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", help="a run's id or its folder")
    parser.add_argument(
        "file", type=Path, nargs="?", help="rows to choose from; those of the run's own table if left out"
    )
    parser.add_argument("--count", type=int, default=label_next.COUNT, help="how many rows to choose")
    parser.add_argument("--out", type=Path, required=True, help="the CSV file that is written")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the table: each row's number, the model's guess and its chance, and the row with an empty answer."""
    found = runs.find(args.run)
    model = Model.open(found)
    if not label_next.suits(model.recipes):
        raise RunError(
            mark("Rows to label can be chosen in tables and texts only."),
            mark("Take a run that answers rows of a table or texts."),
        )
    report(0.0, mark("Reading the rows"))
    spec = found.spec()
    table = reading.read(args.file).table if args.file else datasets.table(spec.data)
    model.check(table.columns)
    target = model.recipes["target"]["column"]
    numbers = np.arange(len(table))
    if target in table.columns:
        numbers = np.flatnonzero(table[target].str.strip() == "")
    if not len(numbers):
        raise DataError(
            mark("Every row has an answer in “{target}” already.", target=target),
            mark("Bring a file with rows whose answer is not known yet."),
        )
    rows = table.iloc[numbers]
    made = prepare.prepare(spec.data, spec.goal).reading(sources(spec.graph)).plain()
    chosen, guesses = _chosen(model, made, rows, args.count)
    _write(args.out, numbers[chosen], guesses, rows.iloc[chosen], target)
    return {
        "rows": len(rows), "chosen": len(chosen), "file": str(args.out),
        "sentence": str(label_next.told(len(chosen), len(rows))),
    }  # fmt: skip


def _chosen(
    model: Model, made: dict[str, Any], rows: "DataFrame", count: int
) -> tuple[list[int], list[tuple[Any, Any]]]:
    """Places of the rows to label first, and of each the guess and its chance."""
    guess, chance, doubt = _answered(model, rows)
    order = label_next.candidates(doubt)

    def tell(share: float) -> None:
        report(ANSWERED + (COMPARED - ANSWERED) * share, mark("Comparing what the rows say"))

    values = stand_in.features(made, rows.iloc[order], tell)
    values = values if isinstance(values, np.ndarray) else values.toarray()
    chosen = [int(order[place]) for place in label_next.chosen(doubt[order], values, max(1, count))]
    return chosen, [(guess[place], chance[place]) for place in chosen]


def _answered(model: Model, rows: "DataFrame") -> tuple[list[Any], list[Any], np.ndarray]:
    """The guess for each row, its chance where it has one, and how unsure it is."""
    guess: list[Any] = []
    chance: list[Any] = []
    doubt = []
    target, each = model.recipes["target"], rows_at_once(model.session)
    for at in range(0, len(rows), each):
        part = rows.iloc[at : at + each]
        said = model.answer({name: part[name].tolist() for name in model.columns})
        doubt.append(label_next.unsure(target, said))
        if "classes" in target:
            # Of ordered answers the model says the one in the middle; who labels wants to know the likeliest.
            chances, names = np.asarray(said["probabilities"]), list(target["classes"])
            guess += [names[place] for place in chances.argmax(1)]
            chance += [round(float(most), 4) for most in chances.max(1)]
        else:
            guess += said["prediction"]
            chance += [""] * len(part)
        report(ANSWERED * len(guess) / len(rows), mark("Guessing the answers"))
    return guess, chance, np.concatenate(doubt)


def _write(
    out: Path, numbers: np.ndarray, guesses: list[tuple[Any, Any]], rows: "DataFrame", target: str
) -> None:
    table = rows.assign(**{target: ""})
    table = table[[target, *(name for name in table.columns if name != target)]]
    for place, (name, values) in enumerate(
        {
            "row": numbers + 1,
            "guess": [one for one, _ in guesses],
            "chance": [one for _, one in guesses],
        }.items()
    ):
        table.insert(place, _free(name, table.columns), values)
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        table.to_csv(temporary, index=False, lineterminator="\n", encoding="utf-8-sig")
        os.replace(temporary, out)
    finally:
        temporary.unlink(missing_ok=True)


def _free(name: str, taken: Any) -> str:
    """The name, or one like it that no column has."""
    while name in taken:
        name = f"{name}_"
    return name
