"""The default that writes on, beside a hand-written PyTorch nanoGPT of the same size and steps, and beside counting.

    python -m benchmarks.writing BOOK.txt [MORE.txt ...] [--minutes 3] [--torch PYTHON] [--threads 2]

All books make one text. Ours is a real training by `python -m core train`; PyTorch then takes as many steps of as many windows
out of the same stretch, by the recipe that nanoGPT publishes for processors, and both are asked about the same characters
of the stretch that was kept apart. Seconds are those of the steps and of judging; processor seconds are told beside them, because they
say more on a busy machine.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.table import show

HERE = Path(__file__).parent
GAP = "\n\n"


def ours(book: Path, home: Path, minutes: float, threads: int) -> dict[str, Any]:
    """What our own training came to; what it prepared lies in the workspace."""
    folder = home / "run"
    command = [sys.executable, "-m", "core", "train", str(book), "--minutes", str(minutes), "--out", str(folder),
               "--anyway", "--quiet"]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=_environment(threads) | {"MODELYARD_HOME": str(home)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    told = [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    begin = next(one for one in told if one["kind"] == "begin")
    epochs = [one for one in told if one["kind"] == "epoch"]
    return {
        "bits": results["metrics"]["test"]["bits"], "baselines": results["metrics"]["baselines"],
        "seconds": sum(one["seconds"] for one in epochs), "steps": epochs[-1]["step"], "batch": begin["batch_size"],
        "weights": begin["weights"], "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "length": results["writing"]["length"],
    }  # fmt: skip


def theirs(home: Path, like: dict[str, Any], torch: str, threads: int) -> dict[str, Any]:
    """What the hand-written network comes to in as many steps."""
    prepared = next((home / "prepared").glob("*/stream.npy")).parent
    graph = json.loads((home / "run" / "spec.json").read_text(encoding="utf-8"))["graph"]
    kinds = [layer["kind"] for layer in graph["layers"]]
    width = next(layer["fields"]["output_dim"] for layer in graph["layers"] if layer["kind"] == "embedding")
    asked = {
        "folder": str(prepared), "steps": like["steps"], "batch": like["batch"], "threads": threads, "width": width,
        "depth": kinds.count("transformer_decoder"),
        "heads": next(
            layer["fields"]["num_heads"] for layer in graph["layers"] if layer["kind"] == "transformer_decoder"
        ),
    }  # fmt: skip
    command = [torch, str(HERE / "writing_torch.py"), json.dumps(asked)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment(threads))
    return json.loads(said.stdout.splitlines()[-1])


def _environment(threads: int) -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": str(threads), "MODELYARD_CORES": str(threads)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("books", type=Path, nargs="+")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--torch", help="an interpreter that has PyTorch; left out, there is no such comparison"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home, book = Path(place), Path(place) / "books.txt"
        book.write_text(GAP.join(one.read_text(encoding="utf-8") for one in args.books), encoding="utf-8")
        found = ours(book, home, args.minutes, args.threads)
        known = theirs(home, found, args.torch, args.threads) if args.torch else None
    print(f"{found['steps']:,} steps of {found['batch']} windows of {found['length']} characters")
    lines = [["default that writes", found["weights"], found["bits"], found["seconds"], found["cpu"]]]
    if known:
        lines.append(["nanoGPT in PyTorch", known["weights"], known["bits"], known["seconds"], known["cpu"]])
    counted = [[name, "", f"{said['bits']:.3f}", "", ""] for name, said in found["baselines"].items()]
    told = [
        [name, f"{weights:,}", f"{bits:.3f}", f"{seconds:.0f}", f"{cpu:.0f}"]
        for name, weights, bits, seconds, cpu in lines
    ]
    show(["", "weights", "bits per character", "seconds", "processor seconds"], [*told, *counted])
    if known:
        print(
            f"bits: {found['bits'] / known['bits']:.3f} × PyTorch's, in {found['seconds'] / known['seconds']:.2f} × its time"
        )


if __name__ == "__main__":
    main()
