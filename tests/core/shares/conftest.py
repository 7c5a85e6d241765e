"""A running app for all tests of what strangers and other programs may ask."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.runs import Run
from tests.browser import driver


@pytest.fixture(scope="package")
def place(trained: Callable[[str], Run]) -> Iterator[dict[str, Any]]:
    """A running app, and a run of each task in its workspace."""
    made: dict[str, Any] = {task: trained(task) for task in ("yes_no", "amount_range")}
    folder = made["yes_no"].folder.parent.parent
    with pytest.MonkeyPatch.context() as patch, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        patch.setenv("MODELYARD_SHARE", f"127.0.0.1:{port}")
        app = driver.start(folder)
    yield {**made, "home": folder, "url": app.url, "strangers": f"http://127.0.0.1:{port}"}
    app.stop()
    driver.stop_supervisor(folder)


@pytest.fixture
def there(place: dict[str, Any], workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test looks into the running app's workspace."""
    monkeypatch.setenv("MODELYARD_HOME", str(place["home"]))
