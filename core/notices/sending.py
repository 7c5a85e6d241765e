"""One message goes to one web address: within a time, never on to elsewhere, and never named in a log."""

import threading
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from core import home
from core.notices.addresses import Webhook, last_path
from core.notices.messages import Message, test_message
from core.words import Sentence, mark

SECONDS_TO_CONNECT = 5.0
SECONDS_TO_ANSWER = 10.0
SECONDS = 15.0  # for all of it, whatever comes in how small pieces
AGAIN = (408, 425, 429)  # besides 5xx: the same message may be welcome a little later


@dataclass(frozen=True)
class Attempt:
    """What came of a message.

    Args:
        at: Seconds since 1970.
        sent: Whether it was taken.
        status: What the address answered, 0 if nothing.
        what: What was the matter, where it was not taken.
        fix: What to do then.
        test: Whether it was only a test.
        run: Id of the run that it told of.
        since: Since when that run has stood where it ended.
    """

    at: float = field(default_factory=time.time)
    sent: bool = False
    status: int = 0
    what: Sentence | None = None
    fix: Sentence | None = None
    test: bool = False
    run: str = ""
    since: float = 0.0

    @property
    def may_work_later(self) -> bool:
        """Whether it makes sense to try again."""
        return not self.sent and (self.status == 0 or self.status >= 500 or self.status in AGAIN)

    def to_json(self) -> dict[str, Any]:
        spoken = {"what": self.what and self.what.to_json(), "fix": self.fix and self.fix.to_json()}
        return {**asdict(self), **spoken}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Attempt":
        spoken = {key: data[key] and Sentence.from_json(data[key]) for key in ("what", "fix")}
        return cls(**{**data, **spoken})


def post(webhook: Webhook, message: Message) -> Attempt:
    """Send it once; waits `SECONDS` at most."""
    answered: Queue[Attempt] = Queue()
    # In a thread: a server that answers a letter a minute is never too slow for a socket's own limit.
    threading.Thread(
        target=lambda: answered.put(_posted(webhook.address, message)), name="notice", daemon=True
    ).start()
    try:
        return answered.get(timeout=SECONDS)
    except Empty:
        return _slow()


def _posted(address: str, message: Message) -> Attempt:
    import requests  # noqa: PLC0415 - gate: most pages and runs never need it

    try:
        answer = requests.post(
            address, json=message, timeout=(SECONDS_TO_CONNECT, SECONDS_TO_ANSWER), allow_redirects=False,
            stream=True, headers={"User-Agent": "Modelyard"},
        )  # fmt: skip
        answer.close()  # what it says is not read, however much that is
    except requests.exceptions.SSLError:
        return Attempt(
            what=mark("The address could not prove that it is what it says (its certificate)."),
            fix=mark("Ask who runs the service, then send a test."),
        )
    except requests.Timeout:
        return _slow()
    except (
        requests.RequestException,
        OSError,
        ValueError,
    ):  # their texts hold the address, so they are not kept
        return Attempt(
            what=mark("The address could not be reached."),
            fix=mark("Check its spelling and the network, then send a test."),
        )
    return _judged(answer.status_code)


def _judged(status: int) -> Attempt:
    if 200 <= status < 300:
        return Attempt(sent=True, status=status)
    if 300 <= status < 400:
        return Attempt(
            status=status,
            what=mark(
                "The address sends on to another one ({status}), which is never followed.", status=status
            ),
            fix=mark("Enter the address to which it leads, and send a test."),
        )
    return Attempt(
        status=status,
        what=mark("The address answered {status}.", status=status),
        fix=mark("Look at it and send a test."),
    )


def _slow() -> Attempt:
    return Attempt(
        what=mark("The address did not answer within {seconds:.0f} seconds.", seconds=SECONDS),
        fix=mark("Check that the service is up, then send a test."),
    )


def send_test(webhook: Webhook, project: str) -> Attempt:
    """Send a test once, and remember what came of it.

    Args:
        project: The project's name, as it is told.
    """
    attempt = replace(post(webhook, test_message(project, webhook)), test=True)
    remember(webhook, attempt)
    return attempt


def remember(webhook: Webhook, attempt: Attempt) -> None:
    """Keep what came of the last message to an address."""
    home.write_json(last_path(webhook.project), attempt.to_json())


def last(webhook: Webhook) -> Attempt | None:
    """What came of the last message to this address, None if there was none."""
    return read(last_path(webhook.project))


def read(path: Path) -> Attempt | None:
    """The attempt that a file tells of."""
    try:
        return Attempt.from_json(home.read_json(path))
    except FileNotFoundError:
        return None
