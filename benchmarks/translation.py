"""Translation of software messages: our encoder and decoder beside the nearest known sentence and the text as it is.

    python -m benchmarks.translation --data FOLDER [--minutes 10] [--seeds 1] [--rules]

FOLDER holds `translation_en_zh/translation_en_zh.tsv`. Everything as the app chooses it, on the processor. With `--rules` two
made-up languages instead: copying a text, and turning it round, which must come out exactly.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.table import show

LETTERS = "abcdefghijklmnopqrst"
MEASURES = ("chrf", "bleu", "exact", "kept")
CALLED = {"nearest_text": "nearest sentence", "copied_source": "as it is"}


def made_up(rule: str, count: int = 20_000) -> pd.DataFrame:
    """Rows of letters, and what they become by a rule: `copy` or `reverse`."""
    dice = random.Random(1)
    texts = [" ".join(dice.choices(LETTERS, k=dice.randint(1, 12))) for _ in range(count)]
    become = [text if rule == "copy" else " ".join(text.split()[::-1]) for text in texts]
    return pd.DataFrame({"source": texts, "translation": become})


def trained(table: pd.DataFrame, target: str, minutes: float, seed: int) -> dict[str, dict[str, float]]:
    """The test figures of one training from a terminal, ours and those of the baselines."""
    with tempfile.TemporaryDirectory() as place:
        path, folder = Path(place) / "pairs.csv", Path(place) / "run"
        table.to_csv(path, index=False)
        command = [sys.executable, "-m", "core", "train", str(path), "--target", target, "--task", "rewrite", "--epochs", "1000",
                   "--minutes", str(minutes), "--seed", str(seed), "--out", str(folder), "--anyway", "--quiet"]  # fmt: skip
        environment = os.environ | {"MODELYARD_HOME": place, "CUDA_VISIBLE_DEVICES": ""}
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
        measured = results["metrics"]
        return {"ours": measured["test"], **measured["baselines"]}


def lines(name: str, found: list[dict[str, dict[str, float]]]) -> list[list[str]]:
    """A line for each way to answer, the mean over all seeds."""
    made = []
    for who in found[0]:
        figures = [np.mean([one[who].get(measure, np.nan) for one in found]) for measure in MEASURES]
        shown = [*(f"{value:.1f}" for value in figures[:2]), *(f"{value:.1%}" for value in figures[2:])]
        made.append([name, CALLED.get(who, who), *(one.replace("nan%", "–") for one in shown)])
    return made


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--rules", action="store_true")
    asked = parser.parse_args()
    if asked.rules:
        sets = {rule: (made_up(rule), "translation") for rule in ("copy", "reverse")}
    else:
        path = asked.data / "translation_en_zh" / "translation_en_zh.tsv"
        read = pd.read_csv(path, sep="\t", keep_default_na=False, dtype=str)
        sets = {"translation_en_zh": (read[["en", "zh"]], "zh")}
    made = []
    for name, (table, target) in sets.items():
        made += lines(name, [trained(table, target, asked.minutes, seed) for seed in asked.seeds])
    show(["data set", "way", "chrF", "BLEU", "exact", "placeholders kept"], made)


if __name__ == "__main__":
    main()
