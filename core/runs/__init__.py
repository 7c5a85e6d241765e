"""One folder for each training run: what was asked, where it stands, what happened, what came out."""

from core.runs.events import Event
from core.runs.folder import Run, create, delete, everything, find, load
from core.runs.interruptions import interrupted
from core.runs.line import waiting
from core.runs.queue import (
    discard,
    ensure_supervisor,
    reorder,
    request_go_on,
    request_look,
    request_pause,
    request_stop,
    revive_supervisor,
    stop_supervisor,
    submit,
    submit_first,
    withdraw,
)
from core.runs.states import ACTIVE, ENDED, LABELS, STEPS, State

__all__ = [
    "ACTIVE", "ENDED", "LABELS", "STEPS", "Event", "Run", "State", "create", "delete", "discard",
    "ensure_supervisor", "everything", "find", "interrupted", "load", "reorder", "request_go_on",
    "request_look", "request_pause", "request_stop", "revive_supervisor", "stop_supervisor", "submit",
    "submit_first", "waiting", "withdraw",
]  # fmt: skip
