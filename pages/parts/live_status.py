"""The part of the moving panel that says where the run stands, in words and figures."""

import statistics
import time
from typing import Any

from core import runs
from core.runs import LABELS, Event, Run, State
from core.words import Sentence, mark, say
from pages.parts import moments, standing
from pages.parts.curves import Curves

RECENT = 5
MOST_HAPPENED = 3
SECONDS_TO_KNOW = 2.0  # of the first epoch, before anything is foretold from it
WORDS = {
    "queued": mark("It waits until a device is free for it."),
    "starting": mark("A process of its own is getting ready."),
    "running": mark("The network is learning. You may close this page: training goes on without it."),
    "paused": mark("It waits until you let it go on. Nothing is lost, even if this machine is switched off."),
    "stopping": mark("It stops after this step and keeps the best weights so far."),
    "done": mark("Training has ended. The best weights were kept."),
    "stopped": mark("You stopped it. The best weights so far were kept."),
}


def words() -> dict[str, str]:
    """What the browser says by itself."""
    return {"figures": say("Figures of this run"), "progress": say("How far the training is")}


def told(run: Run, followed: Curves) -> dict[str, Any]:
    """State, sentence and figures and, while it trains, how far it is."""
    state = run.state()
    bad = state.name in ("failed", "crashed")
    trains = not state.ended and _trains(followed)
    return {
        "badge": {"text": str(LABELS[state.name]), "tone": standing.tone(state)},
        "sentence": _sentence(run, state, followed),
        "trouble": _trouble(state) if bad else None,
        "happened": _happened(followed, state),
        "progress": {"share": _share(followed, state), "text": _left(followed, state)} if trains else None,
        "figures": _figures(followed, state) if followed.begin else [],
        "note": _text(followed.last["choice"]) if "choice" in followed.last else "",
    }


def _happened(followed: Curves, state: State) -> list[str]:
    """What was told lately while it trains; of a network that writes, its latest sample, which stays when it has ended."""
    told = [event for event in followed.happened if event.get("about") != "written"]
    lately = [] if state.ended else [_text(event) for event in told[-MOST_HAPPENED:]]
    sample = followed.last.get("written")
    if sample is None:
        return lately
    text = " ".join(sample["written"].split())
    return [*lately, say("After epoch {epoch:,} it writes: “{written}”", epoch=sample["epoch"], written=text)]


def _trouble(state: State) -> dict[str, str]:
    return {
        "what": str(state.reason or say("It ended without a word.")),
        "fix": str(state.fix or say("Train again.")),
    }


def _text(event: Event) -> str:
    return str(Sentence.from_json(event["text"]))


def _sentence(run: Run, state: State, followed: Curves) -> str:
    if state.name == "queued" and state.reason:  # it was interrupted, or only waits to stop
        return str(state.reason)
    if state.name == "queued" and (ahead := _ahead(run)):
        return say("{count} run is ahead of it.", plural="{count} runs are ahead of it.", count=ahead)
    stage = followed.last.get("stage", {})
    if state.name == "running" and stage.get("stage") not in (None, "training"):
        return _text(stage)
    if state.name == "running" and run.stop_asked():
        return str(WORDS["stopping"])
    if state.name == "running" and run.pause_asked():
        return say("It pauses after this step.")
    if state.ended and state.reason and state.name in WORDS:
        return str(state.reason)
    return str(WORDS.get(state.name, ""))


def _ahead(run: Run) -> int:
    """How many runs wait in front of it."""
    ids = [id for _, id in runs.waiting()]
    return ids.index(run.id) if run.id in ids else 0


def _figures(followed: Curves, state: State) -> list[dict[str, str]]:
    begin, speed = followed.begin, _rows_a_second(followed)
    best, rate = followed.best, _learning_rate(followed)
    device = begin.get("device") or "–"
    rows = [
        (say("Epoch"), f"{_epoch(followed, state):,}", say("How often it goes through all training rows.")),
        (say("Best epoch"), f"{best['epoch']:,}" if best else "–", ""),
        (say("Step"), f"{followed.step:,}", say("How often it has changed its weights.")),
        (say("Rows a second"), f"{speed:,.0f}" if speed else "–", ""),
        (say("Trained for"), moments.length(_elapsed(followed, state)), ""),
        (say("Learning rate"), f"{rate:.3g}" if rate else "–", say("The size of each step now.")),
        (say("Device"), str(Sentence.from_json(device) if isinstance(device, dict) else device), ""),
    ]
    return [{"label": label, "value": value, "help": help} for label, value, help in rows]


def _epoch(followed: Curves, state: State) -> int:
    """The epoch that it is in, or, once training has ended, how many there were."""
    if state.ended or not _trains(followed):
        return _done(followed)
    return max(followed.last.get("steps", {}).get("epoch", 1), _done(followed))


def _done(followed: Curves) -> int:
    return followed.epochs[-1]["epoch"] if followed.epochs else 0


def _learning_rate(followed: Curves) -> float | None:
    """As the last step had it: it may follow a schedule."""
    return followed.last.get("steps", {}).get("learning_rate") or followed.begin.get("learning_rate")


def _epochs_done(followed: Curves) -> float:
    """Epochs with the share of the one that it is in."""
    return max(_done(followed), followed.step / max(followed.begin.get("steps_per_epoch") or 1, 1))


def _epoch_seconds(followed: Curves) -> float | None:
    """The usual length of one of the latest epochs; of the first one, what its steps foretell; None while nobody knows."""
    if followed.epochs:
        return max(statistics.median(e["seconds"] for e in followed.epochs[-RECENT:]), 1e-6)
    spent, done = followed.last.get("steps", {}).get("spent", 0.0), _epochs_done(followed)
    return spent / done if done and spent > SECONDS_TO_KNOW else None


def _rows_a_second(followed: Curves) -> float | None:
    seconds = _epoch_seconds(followed)
    return followed.begin["rows"] / seconds if seconds else None


def _trains(followed: Curves) -> bool:
    """Whether it is learning just now, and not being tested or written."""
    stage = followed.last.get("stage", {}).get("stage", "training")
    return bool(followed.begin) and "end" not in followed.last and stage == "training"


def _elapsed(followed: Curves, state: State) -> float:
    """Seconds that count: without pauses and interruptions, and without what follows training."""
    heard = max(
        (followed.last[kind] for kind in ("steps", "epoch") if kind in followed.last), key=_at, default=None
    )
    if heard is None:
        return 0.0
    counted = heard.get("spent", heard["at"] - followed.begin["at"])
    if state.name != "running" or not _trains(followed):
        return counted
    since = max(heard["at"], _at(followed.last.get("stage", heard)), state.since)
    return counted + max(time.time() - since, 0.0)


def _at(event: Event) -> float:
    return event["at"]


def _share(followed: Curves, state: State) -> float:
    """How much of what is allowed is used up, by epochs or by minutes, whichever is nearer to its end."""
    begin = followed.begin
    by_epochs = _epochs_done(followed) / max(begin["epochs"], 1)
    by_time = _elapsed(followed, state) / max(begin["minutes"] * 60, 1)
    return round(min(max(by_epochs, by_time), 1.0), 4)


def _left(followed: Curves, state: State) -> str:
    most = followed.begin["epochs"]
    if state.name == "paused":
        return say("Paused in epoch {epoch} of at most {most}", epoch=_epoch(followed, state), most=most)
    seconds = _epoch_seconds(followed)
    if seconds is None:
        return say("The first epoch is on its way")
    by_epochs = (most - _epochs_done(followed)) * seconds
    by_time = followed.begin["minutes"] * 60 - _elapsed(followed, state)
    return say(
        "Epoch {epoch} of at most {most}; at most {left} left, less if it stops improving",
        epoch=_epoch(followed, state), most=most, left=moments.length(min(by_epochs, by_time)),
    )  # fmt: skip
