"""A run whose folder tells a history of a real training, as if it had just been trained here."""

import json
from pathlib import Path

from core.runs import Run
from core.signs.diverged import GREW
from core.words import mark
from tests.browser.told_run import STEPS, ToldRun

HISTORIES = Path(__file__).parent.parent.parent / "core" / "signs" / "histories"


def tell(told: ToldRun, name: str, epochs: int | None = None, state: str = "done") -> Run:
    """Let the run tell so many epochs of that history, and end in this state; empty to go on."""
    kept = json.loads((HISTORIES / f"{name}.json").read_text(encoding="utf-8"))
    told.stand("starting", "running")
    told.journal.write(
        "begin", device="CPU", steps_per_epoch=STEPS, weights=70_000, metric=told.task.MAIN, batch_size=128, **kept["begin"]
    )  # fmt: skip
    told.journal.write("stage", stage="training", text=mark("Training").to_json())
    best, step = float("inf"), 0
    for values in kept["epochs"][:epochs]:
        epoch = dict(zip(kept["names"], values, strict=True))
        better, best = epoch["val_loss"] < best, min(best, epoch["val_loss"])
        told.journal.write(
            "steps", epoch=epoch["epoch"], first=step + 1, step=step + STEPS, losses=[epoch["loss"]] * 5,
            spent=epoch["spent"],
        )  # fmt: skip
        step += STEPS
        told.journal.write("epoch", **epoch, step=step, seconds=0.4, best=better)
    if state == "failed":
        what = mark(
            "In epoch {epoch:,} the loss grew beyond all numbers.", epoch=(epochs or len(kept["epochs"])) + 1
        )
        assert what.text == GREW
        fix = mark("Set a smaller learning rate, for instance a tenth of it, and train again.")
        told.journal.write("failed", what=what.to_json(), fix=fix.to_json())
        told.stand("failed", reason=what, fix=fix)
    elif state:
        told.end(state)
    return told.run
