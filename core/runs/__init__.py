"""One folder for each training run: what was asked, where it stands, what happened, what came out."""

from core.runs.events import Event
from core.runs.folder import Run, create, delete, everything, find, load
from core.runs.interruptions import interrupted
from core.runs.queue import (
    ensure_supervisor,
    request_go_on,
    request_pause,
    request_stop,
    stop_supervisor,
    submit,
    submit_first,
    waiting,
)
from core.runs.states import ACTIVE, ENDED, LABELS, STEPS, State

__all__ = [
    "ACTIVE", "ENDED", "LABELS", "STEPS", "Event", "Run", "State", "create", "delete", "ensure_supervisor",
    "everything", "find", "interrupted", "load", "request_go_on", "request_pause", "request_stop",
    "stop_supervisor", "submit", "submit_first", "waiting",
]  # fmt: skip
