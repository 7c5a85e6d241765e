"""Dirty text files read with no hint, beside DuckDB's sniffer, pandas and clevercsv; and the time for a large one.

python -m benchmarks.reading [--big MEGABYTES] [--no-files]
"""

import argparse
import statistics
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.dirty.case import Case
from benchmarks.dirty.files import seen
from benchmarks.dirty.strangers import strangers
from benchmarks.dirty.unseen import unseen
from benchmarks.table import show
from core.recipes import column_names

Cells = list[list[str]]  # the header first
Reader = Callable[[Path], Cells]


def ours(path: Path) -> Cells:
    from core.reading import read

    table = read(path).table
    return [list(table.columns), *table.to_numpy().tolist()]


def duckdb(path: Path) -> Cells:
    import duckdb as db

    found = db.connect().execute("SELECT * FROM read_csv(?, all_varchar = true)", [str(path)])
    names = [column[0] for column in found.description]
    return [names, *([cell or "" for cell in row] for row in found.fetchall())]


def pandas(path: Path) -> Cells:
    table = pd.read_csv(path, sep=None, engine="python", dtype=str, keep_default_na=False)
    return [list(map(str, table.columns)), *table.fillna("").astype(str).to_numpy().tolist()]


def clevercsv(path: Path) -> Cells:
    """It says where the cells are, not whether there is a header: its own guess at that is taken, too."""
    import clevercsv as clever

    rows = clever.read_table(path)
    text = path.read_text(encoding=clever.encoding.get_encoding(path))
    named = clever.Detector().has_header(text)
    return rows if named else [[""] * max(map(len, rows)), *rows]


READERS: dict[str, Reader] = {"ours": ours, "DuckDB": duckdb, "pandas": pandas, "clevercsv": clevercsv}


def wanted(case: Case) -> Cells:
    """The clean twin; without a header, the columns are called by their places, and by any name from other readers."""
    return [column_names(case.header or [""] * len(case.rows[0])), *case.rows]


def right(case: Case, got: Cells, mine: bool) -> bool:
    """Whether header, rows and cells are all right. Others may call columns without a name as they like."""
    if mine or case.header:
        return got == wanted(case)
    return got[1:] == case.rows


def f1(case: Case, got: Cells) -> float:
    """The harmonic mean of precision and recall of cells, each with its row and column, names included."""
    expected, found = _placed(wanted(case)), _placed(got)
    common = sum((expected & found).values())
    return 2 * common / (expected.total() + found.total()) if found else 0.0


def _placed(cells: Cells) -> Counter[tuple[int, int, str]]:
    return Counter((r, c, cell) for r, row in enumerate(cells) for c, cell in enumerate(row))


def tried(read: Reader, cases: Sequence[Case], folder: Path) -> list[tuple[Case, bool, float]]:
    """Each case with whether all of it was right, and its F1."""
    path, made = folder / "file.csv", []
    for case in cases:
        path.write_bytes(case.content)
        try:
            got: Any = read(path)
        except Exception:  # whatever a reader fails with, it did not read the file
            made.append((case, False, 0.0))
            continue
        made.append((case, right(case, got, read is ours), f1(case, got)))
    return made


def files() -> None:
    """The table of all readers, and where ours fails."""
    sets = {"seen": seen(), "unseen": unseen(), "strangers": strangers()}
    rows, failed = [], defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, read in READERS.items():
            made = {key: tried(read, cases, Path(folder)) for key, cases in sets.items()}
            every = [one for found in made.values() for one in found]
            shares = [f"{statistics.mean(good for _, good, _ in found):.1%}" for found in made.values()]
            rows.append(
                [
                    name,
                    f"{statistics.mean(good for _, good, _ in every):.1%}",
                    *shares,
                    f"{statistics.mean(f for *_, f in every):.3f}",
                ]
            )
            if read is ours:
                for case, good, _ in every:
                    if not good:
                        failed[case.situation].append(case.name)
    counts = {key: len(cases) for key, cases in sets.items()}
    show(
        [
            "reader",
            f"all right, {sum(counts.values())} files",
            *(f"{k}, {n}" for k, n in counts.items()),
            "mean F1 of cells",
        ],
        rows,
    )
    for situation, names in failed.items():
        print(f"not right: {situation}: {', '.join(names)}")


def big_file(path: Path, megabytes: int) -> None:
    """A table of numbers, moments, codes and texts, as large as asked."""
    dice = np.random.default_rng(1)
    count = 50_000
    words = np.array(["alpha", "beta", "gamma", "delta", "omega", "sigma", "kappa", "lambda", "rho", "tau"])
    piece = pd.DataFrame({
        "id": np.arange(count), "when": pd.date_range("2024-01-01", periods=count, freq="s").astype(str),
        "city": dice.choice(["Rome", "Oslo", "Bern", "São Paulo"], count), "amount": dice.normal(100, 20, count).round(2),
        "score": dice.normal(size=count).round(6), "code": dice.integers(0, 10_000, count),
        "text": [" ".join(some) for some in dice.choice(words, (count, 5))],
    })  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(piece.columns) + "\n")
        body = piece.to_csv(index=False, header=False, lineterminator="\n")
        while file.tell() < megabytes * 1_000_000:
            file.write(body)


def stored(path: Path, out: Path) -> None:
    """What an upload does with a table: read as text, and kept as Parquet."""
    from core.datasets import keep_table
    from core.reading import read

    keep_table(read(path).table, out)


def copied(path: Path, out: Path) -> None:
    import duckdb as db

    db.connect().execute(f"COPY (FROM read_csv('{path}')) TO '{out}' (FORMAT parquet)")


def copied_as_text(path: Path, out: Path) -> None:
    import duckdb as db

    db.connect().execute(f"COPY (FROM read_csv('{path}', all_varchar = true)) TO '{out}' (FORMAT parquet)")


def big(megabytes: int, repeats: int) -> None:
    """The time to read and store a large file, in turn."""
    ways = {"ours": stored, "DuckDB": copied, "DuckDB, as text": copied_as_text}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "big.csv", Path(folder) / "out.parquet"
        big_file(path, megabytes)
        path.read_bytes()
        for _ in range(repeats):
            for name, way in ways.items():
                begun = time.perf_counter()
                way(path, out)
                seconds[name].append(time.perf_counter() - begun)
    base = statistics.median(seconds["DuckDB"])
    rows = [
        [
            name,
            f"{statistics.median(s):.2f}",
            f"{min(s):.2f}",
            f"{max(s):.2f}",
            f"{statistics.median(s) / base:.2f}",
        ]
        for name, s in seconds.items()
    ]
    show([f"{megabytes} MB, read and stored", "median, s", "least", "most", "× DuckDB"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--big", type=int, default=200, metavar="MB", help="size of the large file; 0 for none"
    )
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--no-files", action="store_true", help="only the large file")
    args = parser.parse_args()
    if not args.no_files:
        files()
    if args.big:
        big(args.big, args.repeats)


if __name__ == "__main__":
    main()
