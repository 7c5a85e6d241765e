"""The supervisor itself: one look after the other, some twenty a second."""

import contextlib
import time
from multiprocessing import connection
from pathlib import Path

from core import notices
from core.errors import RunError
from core.launchers import this_machine
from core.runs import Run, folder, line, states
from core.runs.queue import lock_path, request_stop
from core.supervisor import asked, lost, slots
from core.supervisor.lost import Lost
from core.supervisor.slots import Slot

POLL_SECONDS = 0.05
SECONDS_BETWEEN_LOOKS = 0.2  # at what was asked of runs that wait
IDLE_SECONDS = 30 * 60.0
SECONDS_TO_STOP = 45.0


class Supervisor:
    """Runs the queue of one workspace, as many runs at a time as there are slots."""

    def __init__(self, root: Path):
        self.root = root
        self.lock_file = root / lock_path().name
        self.context = this_machine.context()
        self.slots = slots.every()
        self.spare: Slot | None = None
        self.adopted: dict[Run, Lost] = {}
        self.busy = time.monotonic()
        self.looked = 0.0
        self.code = _code()
        self.outdated = False

    def serve(self) -> str:
        """Work until something ends it: `stop`, `vanished`, `idle` or `changed`."""
        this_machine.warm()
        self._recover()
        while not (ended_by := self._ended_by()):
            self._look()
            self._start_waiting()
            self._wait()
        self._end()
        if ended_by != "vanished":
            notices.look(now=True)
            notices.finish()
        return ended_by

    def _ended_by(self) -> str:
        if not self.lock_file.exists():  # not the folder: asking for the queue would make it again
            return "vanished"
        if (self.root / "supervisor.stop").exists():
            return "stop"
        if self._taken() or self.adopted:
            self.busy = time.monotonic()
            return ""
        if time.monotonic() - self.busy > IDLE_SECONDS:
            return "idle"
        return "changed" if self.outdated else ""

    def _taken(self) -> list[Slot]:
        return [slot for slot in (*self.slots, self.spare) if slot is not None and slot.run is not None]

    def _recover(self) -> None:
        """Find runs of a supervisor that is gone: those whose process lives are waited for, the others go on."""
        line.give_back()
        for run in folder.everything(discarded=True):
            state = lost.standing(run)
            if state is not None and state.held:
                self.adopted[run] = lost.found(run)
            elif run.discard_asked():
                line.prepend(run)
            else:
                lost.wait_if_wanted(run, state)

    def _look(self) -> None:
        """See what became of runs that others have started, and what was asked of runs here and of those that wait."""
        for slot in self._taken():
            if not slot.run.folder.exists() or slot.run.discard_asked():
                slot.process.kill()
        self.adopted = {run: known for run, known in self.adopted.items() if not lost.is_over(run, known)}
        if time.monotonic() - self.looked > SECONDS_BETWEEN_LOOKS:
            asked.heed({*self.adopted, *(slot.run for slot in self._taken())})
            notices.look()
            self.looked = time.monotonic()

    def _start_waiting(self) -> None:
        held = {*self.adopted, *(slot.run for slot in self._taken())}
        for path, id in line.waiting():
            run = lost.known(id)
            if self.outdated or run is None or run in held:
                continue
            slot, state = self._slot_for(run), lost.standing(run)
            if slot is None or state is None or state.name != "queued":
                continue
            # A newer version of the app must not be served by an older supervisor.
            self.outdated = _code() != self.code
            taken = None if self.outdated else line.take(path)
            if taken is not None:
                self._begin(run, slot)
                taken.unlink(missing_ok=True)

    def _slot_for(self, run: Run) -> Slot | None:
        """Where the run can begin now; None while it has to wait."""
        free = self._free()
        if not free and not run.stop_asked():
            return None
        wish = slots.wish(run)
        for slot in free:
            if slot.device == wish or not (wish or slot.on_wish):
                return slot
        if wish and wish not in [slot.device for slot in self.slots]:
            return Slot(wish)  # it is not there, which `_begin` says
        if run.stop_asked() and self.spare is None:  # it does not wait for others to train, as it only stops
            return slots.spare()
        return None

    def _free(self) -> list[Slot]:
        """Slots in which nobody trains, neither from here nor from elsewhere."""
        free = [slot for slot in self.slots if slot.run is None]
        for device in [state.device for run in self.adopted if (state := lost.standing(run))]:
            theirs = next((slot for slot in free if slot.device == device), free[0] if free else None)
            if theirs:
                free.remove(theirs)
        return free

    def _begin(self, run: Run, slot: Slot) -> None:
        try:
            environment = slots.environment(slot.device)
        except RunError as error:
            states.step(run.folder, "failed", error.what, error.fix)
            return
        notices.expect(run)
        with contextlib.suppress(FileNotFoundError):  # somebody deletes its folder just now
            states.step(run.folder, "starting", device=slot.device)
            slot.begin(self.context, run, environment)
        if slot not in self.slots and slot.run is not None:
            self.spare = slot

    def _wait(self) -> None:
        taken = {slot.process.sentinel: slot for slot in self._taken()}
        if not taken:
            time.sleep(POLL_SECONDS)
        for sentinel in connection.wait(list(taken), POLL_SECONDS) if taken else ():
            self._finish(taken[sentinel])

    def _finish(self, slot: Slot) -> None:
        run, death = slot.end()
        if slot is self.spare:
            self.spare = None
        known = Lost(death=death)
        if not lost.is_over(run, known):
            self.adopted[run] = known
        self.busy = time.monotonic()

    def _end(self) -> None:
        """Let the running workers stop and keep their best; what does not stop in time is ended."""
        until = time.monotonic() + SECONDS_TO_STOP
        for slot in self._taken():
            if slot.run.folder.exists():
                request_stop(slot.run)
            else:
                slot.process.kill()
        for slot in self._taken():
            connection.wait([slot.process.sentinel], max(0.0, until - time.monotonic()))
            if slot.process.is_alive():
                slot.process.kill()
            self._finish(slot)


def _code() -> float:
    """Changes when a file of the engine changes."""
    return max(path.stat().st_mtime for path in Path(__file__).parent.parent.rglob("*.py"))
