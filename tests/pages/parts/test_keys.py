"""Keys open one thing and no other, also while the workspace's secret is being made."""

import stat
import threading

import pytest

from core import home
from pages.parts import keys


def test_a_key_opens_what_it_was_made_for_and_nothing_else():
    assert keys.fits("run-1", keys.key("run-1"))
    for wrong in ("", "ü", keys.key("run-2"), keys.key("run-1")[:-1]):
        assert not keys.fits("run-1", wrong)


def test_whoever_asks_first_at_the_same_time_gets_the_same_key(monkeypatch: pytest.MonkeyPatch, tmp_path):
    for attempt in range(20):
        monkeypatch.setenv("MODELYARD_HOME", str(tmp_path / str(attempt)))
        home.folder()
        gate, found = threading.Barrier(8), []

        def ask(gate: threading.Barrier = gate, found: list[str] = found) -> None:
            gate.wait()
            found.append(keys.key("run-1"))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert len(set(found)) == 1
        assert stat.S_IMODE((home.folder() / "secret").stat().st_mode) == 0o600
        assert [path.name for path in home.folder().glob(".secret*")] == []
