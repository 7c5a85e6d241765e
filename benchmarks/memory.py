"""Memory of a whole training, stage after stage, by the size of the network: learning, and writing the model at its end.

    python -m benchmarks.memory [--millions 1 18]

A real training of one epoch by `python -m core train`, in a process of its own; its memory is looked at every 10 ms.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import show
from core.graph import Graph, Layer

TABLE = Path("core/sample_data/penguins/penguins.csv")
LAYERS = 3
STAGES = ("reading", "training", "exporting", "testing")
MEGABYTE = 1_000_000


def drawing(millions: float) -> Graph:
    """Dense layers, as wide as so many weights ask for."""
    units = int((millions * 1e6 / (LAYERS - 1)) ** 0.5)
    made = [Layer("numbers", "input")]
    for number in range(LAYERS):
        made.append(Layer(f"hidden_{number}", "dense", (made[-1].name,), {"units": units}))
    return Graph((*made, Layer("answer", "output", (made[-1].name,))))


def peaks(graph: Graph) -> dict[str, int]:
    """The most bytes in each stage."""
    with tempfile.TemporaryDirectory() as place:
        folder, saved = Path(place) / "run", Path(place) / "graph.json"
        saved.write_text(json.dumps(graph.to_json()), encoding="utf-8")
        command = [sys.executable, "-m", "core", "train", str(TABLE), "--target", "Species", "--graph", str(saved),
                   "--epochs", "1", "--out", str(folder), "--anyway", "--quiet"]  # fmt: skip
        process = subprocess.Popen(
            command, env=os.environ | {"MODELYARD_HOME": place}, stdout=subprocess.DEVNULL
        )
        found: dict[str, int] = {}
        while process.poll() is None:
            stage = _stage(folder / "events.jsonl")
            found[stage] = max(found.get(stage, 0), max(map(memory_of, family(process.pid))))
            time.sleep(0.01)
        if process.returncode:
            raise SystemExit(f"The training failed ({process.returncode}).")
        return found


def _stage(path: Path) -> str:
    if not path.exists():
        return "start"
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if '"stage"' in line]
    return next((one["stage"] for one in reversed(told) if one.get("kind") == "stage"), "start")


def family(process: int) -> list[int]:
    """The process and its children's children."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:
        children = []
    return [process, *(one for child in children for one in family(int(child)))]


def memory_of(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 18])
    lines = []
    for millions in parser.parse_args().millions:
        found = peaks(drawing(millions))
        lines.append([f"{millions:g}", *(f"{found.get(stage, 0) / MEGABYTE:,.0f}" for stage in STAGES)])
    show(["million weights", *(f"{stage}, MB" for stage in STAGES)], lines)


if __name__ == "__main__":
    main()
