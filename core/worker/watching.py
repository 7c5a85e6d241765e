"""Who looks at a training while it goes on; each changes nothing of it and writes events."""

from pathlib import Path

import keras

from core.prepare import Prepared
from core.runs.events import Journal
from core.spec import Spec
from core.worker.keep import Best
from core.worker.layer_sizes import LayerSizes
from core.worker.watched_rows import WatchedRows, can_watch
from core.worker.writing import Writing


class Watching:
    """All watchers of one run.

    Args:
        best: What the training keeps; it tells which epoch was the best so far.
        batch_size: Rows per step.
    """

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        spec: Spec,
        prepared: Prepared,
        model: keras.Model,
        best: Best,
        batch_size: int,
    ):
        rows = (
            [WatchedRows(folder, journal, prepared, best, spec.seed)] if can_watch(prepared.recipes) else []
        )
        if spec.goal.task == "next_token":
            rows = [Writing(journal, prepared, model, spec.seed)]
        sizes = LayerSizes(folder, journal, model, spec.graph, prepared, batch_size, spec.seed)
        self.watchers = (*rows, sizes)

    def end(self) -> None:
        """Training is over: what still waits is written."""
        for watcher in self.watchers:
            watcher.end()
