"""Whether a model that was taken away says the same: unpacked, run in a fresh process, and compared in numbers."""

import csv
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core import home
from core.errors import ExportError
from core.exports import SHELF as EXPORTS
from core.runs import Run
from core.words import Sentence, mark

AMOUNTS = ("prediction", "low", "high")
TOLERANCE = 1e-4  # of a probability, or of an amount's size
SECONDS = 300.0
PACKED = 0.3  # share of the work that is usually done when the zip is written


def export(
    run: Run,
    format: str,
    out: Path | None = None,
    progress: Callable[[float, Sentence], None] = lambda share, text: None,
) -> tuple[Path, dict[str, Any]]:
    """Write an export, prove it, and remember the proof in the run's folder.

    Args:
        format: An item of the shelf `core.exports`.
        out: The folder for the file; the run's own `exports` if left out.
        progress: Told the share done and what is being done.

    Returns:
        The file, and the proof as `prove` gives it; it is empty for what is read and not asked, such as a model card.

    Raises:
        ExportError: If there is no model yet, or the export answers differently; then it is not kept.
    """
    own = run.folder / "exports"
    progress(0.0, mark("Packing the network, the recipes and sample rows"))
    path = EXPORTS[format].write(run, out or own)
    if not getattr(EXPORTS[format], "ANSWERS", True):
        _note(own, format, path, {"at": time.time()})
        return path, {}
    progress(PACKED, mark("Unpacking it and asking it in a fresh process"))
    own_way = getattr(EXPORTS[format], "prove", None)  # of what no Python can open
    proof = own_way(run, path) if own_way else prove(path, getattr(EXPORTS[format], "unpack", _unpack), run)
    if not proof["equal"]:
        path.unlink()
        raise ExportError(
            mark(
                "The exported model answers differently, by {difference:.2g}.",
                difference=proof["largest_difference"],
            ),
            mark("Choose another format; this one cannot carry your network truthfully."),
        )
    _note(own, format, path, proof)
    return path, proof


def _note(own: Path, format: str, path: Path, proof: dict[str, Any]) -> None:
    own.mkdir(exist_ok=True)
    home.write_json(own / f"{format}.proof.json", {**proof, "file": path.name, "bytes": path.stat().st_size})


def _unpack(run: Run | None, path: Path, folder: Path) -> None:
    with zipfile.ZipFile(path) as file:
        file.extractall(folder)


def prove(
    path: Path, unpack: Callable[[Any, Path, Path], None] = _unpack, run: Run | None = None
) -> dict[str, Any]:
    """Unpack the zip somewhere, let it answer its sample rows there, and compare with what is expected.

    Args:
        unpack: For what is no zip: from the run and the file to a folder with `predict.py` in which the file answers.

    Returns:
        `rows`, `largest_difference` and `mean_difference` (in probability, or in the target's unit), `equal`:
        whether every answer is the same within rounding, `seconds`: of the fresh process, its start included,
        and `at`: seconds since 1970.

    Raises:
        ExportError: If it does not run at all.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        unpack(run, path, folder)
        began = time.monotonic()
        _answer(folder)
        seconds = time.monotonic() - began
        got, expected = _rows(folder / "answers.csv"), _rows(folder / "expected.csv")
        compare = _compare_texts if (folder / "write.py").exists() else _compare
    return {**compare(got, expected), "seconds": round(seconds, 2), "at": time.time()}


def _answer(folder: Path) -> None:
    # Without our folder on its path and without our environment, only what the zip holds can help it.
    command = [sys.executable, "-E", "-s", "predict.py", "sample_rows.csv", "answers.csv"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode != 0:
        raise ExportError(
            mark("The exported model does not run: {why}", why=done.stderr.strip()[-300:]),
            mark("Choose another format, and send us this sentence."),
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _compare_texts(got: list[dict[str, str]], expected: list[dict[str, str]]) -> dict[str, Any]:
    """Of texts that were written, every character has to be the same."""
    different = sum(one != other for one, other in zip(got, expected, strict=False))
    share = different / len(expected) if len(got) == len(expected) else 1.0
    return {
        "rows": len(expected), "largest_difference": float(share > 0), "mean_difference": share, "equal": share == 0,
    }  # fmt: skip


def _compare(got: list[dict[str, str]], expected: list[dict[str, str]]) -> dict[str, Any]:
    classes = [name for name in expected[0] if name.startswith("p_")]
    has_scores = "score" in expected[0] or "score_" in expected[0]
    told = [name for name in expected[0] if has_scores and name.startswith("score")]
    scored = [name for name in told if all(_is_number(row[name]) for row in expected)]
    numbers = classes or scored or [name for name in AMOUNTS if name in expected[0]]
    texts = [name for name in expected[0] if name not in numbers]
    same_form = len(got) == len(expected) and list(got[0]) == list(expected[0])
    pairs = [(float(g[name]), float(e[name])) for g, e in zip(got, expected, strict=False)
             for name in numbers] if same_form else []  # fmt: skip
    differences = [abs(a - b) for a, b in pairs]
    within = all(abs(a - b) <= TOLERANCE * (1.0 if classes else max(1.0, abs(b))) for a, b in pairs)
    labels = same_form and [[r[n] for n in texts] for r in got] == [[r[n] for n in texts] for r in expected]
    return {
        "rows": len(expected),
        "largest_difference": max(differences, default=float("inf")),
        "mean_difference": sum(differences) / len(differences) if differences else float("inf"),
        "equal": same_form and within and labels,
    }
