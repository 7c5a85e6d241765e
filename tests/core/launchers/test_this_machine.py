"""What a dead process is said to have died of, and what a living one is given."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.launchers import SHELF, _deaths, this_machine
from core.words import Sentence


@pytest.mark.parametrize(
    ("code", "kills_before", "says"),
    [
        (1, 0, "code 1"),
        (0, 0, "code 0"),
        (-9, -1, "memory of this machine ran out"),
        (-9, 10**9, "signal 9"),
        (-11, -1, "signal 11"),
    ],
)
def test_a_death_is_explained_by_its_code_and_by_the_kernels_count(code: int, kills_before: int, says: str):
    death = _deaths.why(code, kills_before)
    assert says in str(death.reason)
    assert str(death.fix).endswith(".")
    assert death.memory == ("memory" in says)


def test_the_kernels_count_is_a_number():
    assert _deaths.memory_kills() >= 0


def test_every_launcher_says_what_it_is():
    for name in SHELF:
        assert isinstance(SHELF[name].LABEL, Sentence)
        assert str(SHELF[name].HELP).endswith(".")


def test_cores_are_those_that_were_granted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MODELYARD_CORES", "3")
    assert this_machine.environment()["OMP_NUM_THREADS"] == "3"
    monkeypatch.delenv("MODELYARD_CORES")
    assert int(this_machine.environment()["OMP_NUM_THREADS"]) >= 1


def test_where_memory_runs_out_linux_ends_a_worker_before_the_pages():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        this_machine._give_memory_first(process.pid)
        score = Path(f"/proc/{process.pid}/oom_score_adj")
        assert not score.exists() or score.read_text().strip() == this_machine.MEMORY_FIRST
        process.communicate(b"\n")


def test_who_is_gone_already_is_left_in_peace():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    this_machine._give_memory_first(process.pid)
