"""What happened in a run, one JSON object a line, appended by the worker and followed by anybody.

begin    device rows steps_per_epoch epochs weights minutes metric batch_size learning_rate patience
         validation_rows guess_loss guess_val_loss   what always giving the same answer would come to
choice   tried fast plain_seconds fast_seconds compile_seconds text    by which way steps are taken, and why
steps    epoch first step losses learning_rate spent   losses of the steps from `first` to `step`, thinned evenly
epoch    epoch step loss val_loss <metric> val_<metric>… seconds best spent
stage    stage text                      reading, training, exporting, testing
rows     epoch rows                      what a few validation rows are answered: row group truth answer chance loss
layers   epoch step rows layers          asked for: name kind, and count weights gradient silent as far as it has them
message  text
resumed  epoch text                      training goes on from a checkpoint: after an interruption, or another run's
failed   what fix
end      state

`spent` is the time in seconds that has counted so far: without pauses, and without what an interruption has cost.
A run that goes on from a checkpoint cuts its journal back to where it stood then, so that no epoch stands in it twice.
"""

import errno
import json
import math
import os
import time
from pathlib import Path
from typing import Any

Event = dict[str, Any]

NAME = "events.jsonl"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # no room on this disk, for this user, for this file
TAIL = 200  # bytes by which a follower knows its place again


class Journal:
    """Appends events to one run's file; the worker holds the only one.

    On a full disk events wait in memory for the next try: a journal never ends a training.
    """

    def __init__(self, folder: Path):
        path = folder / NAME
        half = path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self.place = os.fstat(self._file).st_size
        # A killed predecessor left half a line: end it, so that only that line is lost.
        self._waiting = b"\n" if half else b""

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self._append()
        os.close(self._file)

    def write(self, kind: str, **values: Any) -> None:
        """Append one event and let readers see it at once."""
        event = {"at": round(time.time(), 3), "kind": kind, **_finite(values)}
        line = json.dumps(event, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        self._waiting += line.encode() + b"\n"
        self._append()

    @property
    def whole(self) -> bool:
        """Whether all events so far are written; not so while the disk is full."""
        return not self._waiting

    def secure(self) -> None:
        """Let what is written survive even a power cut."""
        os.fsync(self._file)

    def _append(self) -> None:
        try:
            while self._waiting:
                written = os.write(self._file, self._waiting)
                self.place, self._waiting = self.place + written, self._waiting[written:]
        except OSError as error:
            if error.errno not in FULL:
                raise


def cut(folder: Path, place: int) -> None:
    """Forget the events behind this byte; nobody may hold the run's journal meanwhile."""
    path = folder / NAME
    if path.exists() and path.stat().st_size > place:
        os.truncate(path, place)


def read(folder: Path, after: int = 0, until: int | None = None) -> tuple[list[Event], int]:
    """The events behind byte `after`, up to byte `until` or to the end, and the byte to ask from next time.

    A line that is still being written waits for the next reading; half a line that a killed worker left
    in the middle is passed over.
    """
    try:
        with (folder / NAME).open("rb") as file:
            file.seek(after)
            text = file.read(-1 if until is None else until - after)
    except FileNotFoundError:
        return [], after
    whole = text[: text.rfind(b"\n") + 1]
    return _events(whole), after + len(whole)


class Follower:
    """Reads a run's events bit by bit, and notices when they were cut back to an earlier place."""

    def __init__(self, folder: Path):
        self.path = folder / NAME
        self.place = 0
        self._tail = b""

    def read(self) -> tuple[list[Event], bool]:
        """The new events, and whether they begin anew because the ones read so far are not all there any more."""
        try:
            with self.path.open("rb") as file:
                file.seek(self.place - len(self._tail))
                text = file.read()
                anew = not text.startswith(self._tail)
                if anew:
                    file.seek(0)
                    self.place, self._tail, text = 0, b"", file.read()
        except FileNotFoundError:
            return [], False
        new = text[len(self._tail) :]
        whole = new[: new.rfind(b"\n") + 1]
        self.place += len(whole)
        self._tail = (self._tail + whole)[-TAIL:]
        return _events(whole), anew


def _events(text: bytes) -> list[Event]:
    found = (_event(line) for line in text.splitlines())
    return [event for event in found if event is not None]


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
