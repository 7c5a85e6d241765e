"""What happened in a run, one JSON object a line, appended by the worker and followed by anybody.

begin    device rows steps_per_epoch epochs weights minutes metric batch_size learning_rate compiled
steps    epoch first step losses         losses of the steps from `first` to `step`, thinned evenly
epoch    epoch step loss val_loss <metric> val_<metric>… seconds best
stage    stage text                      reading, training, exporting, testing
message  text
failed   what fix
end      state
"""

import json
import math
import time
from pathlib import Path
from typing import Any

Event = dict[str, Any]


class Journal:
    """Appends events to one run's file; the worker holds the only one."""

    def __init__(self, folder: Path):
        path = folder / "events.jsonl"
        half = path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
        self._file = path.open("a", encoding="utf-8")
        if half:  # a killed predecessor left half a line: end it, so that only that line is lost
            self._file.write("\n")

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, kind: str, **values: Any) -> None:
        """Append one event and let readers see it at once."""
        event = {"at": round(time.time(), 3), "kind": kind, **_finite(values)}
        self._file.write(json.dumps(event, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n")
        self._file.flush()


def read(folder: Path, after: int = 0) -> tuple[list[Event], int]:
    """The events behind byte `after`, and the byte to ask from next time.

    A line that is still being written waits for the next reading; half a line that a killed worker left
    in the middle is passed over.
    """
    try:
        with (folder / "events.jsonl").open("rb") as file:
            file.seek(after)
            text = file.read()
    except FileNotFoundError:
        return [], after
    whole = text[: text.rfind(b"\n") + 1]
    found = (_event(line) for line in whole.splitlines())
    return [event for event in found if event is not None], after + len(whole)


def _event(line: bytes) -> Event | None:
    try:
        return json.loads(line)
    except ValueError:  # half a line, see above
        return None


def _finite(value: Any) -> Any:
    """JSON knows no NaN and no infinity: they become null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(v) for v in value]
    return value
