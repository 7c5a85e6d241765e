"""Events are appended, followed by the byte, and survive a killed writer."""

import subprocess
import sys
from pathlib import Path

from core.runs import events

ROOT = Path(__file__).parent.parent.parent.parent


def test_a_follower_sees_each_event_once(tmp_path: Path):
    with events.Journal(tmp_path) as journal:
        journal.write("epoch", epoch=1, loss=0.5)
        first, place = events.read(tmp_path)
        journal.write("epoch", epoch=2, loss=0.25)
        second, place = events.read(tmp_path, place)
    assert [e["epoch"] for e in first] == [1]
    assert [e["epoch"] for e in second] == [2]
    assert events.read(tmp_path, place) == ([], place)


def test_no_file_yet_means_no_events_yet(tmp_path: Path):
    assert events.read(tmp_path) == ([], 0)


def test_a_line_that_is_being_written_waits(tmp_path: Path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(b'{"kind": "begin"}\n{"kind": "ep')
    found, place = events.read(tmp_path)
    assert [e["kind"] for e in found] == ["begin"]
    path.write_bytes(path.read_bytes() + b'och"}\n')
    assert [e["kind"] for e in events.read(tmp_path, place)[0]] == ["epoch"]


def test_half_a_line_of_a_killed_worker_costs_only_that_line(tmp_path: Path):
    (tmp_path / "events.jsonl").write_bytes(b'{"kind": "begin"}\n{"kind": "ep')
    with events.Journal(tmp_path) as journal:
        journal.write("message", text="going on")
    assert [e["kind"] for e in events.read(tmp_path)[0]] == ["begin", "message"]


def test_numbers_that_json_does_not_know_become_null(tmp_path: Path):
    with events.Journal(tmp_path) as journal:
        journal.write("steps", losses=[1.0, float("nan")], more={"x": float("inf")})
    event = events.read(tmp_path)[0][0]
    assert event["losses"] == [1.0, None]
    assert event["more"] == {"x": None}


def test_a_follower_begins_anew_when_events_were_cut_back(tmp_path: Path):
    follower = events.Follower(tmp_path)
    assert follower.read() == ([], False)
    with events.Journal(tmp_path) as journal:
        journal.write("epoch", epoch=1)
        place = journal.place
        journal.write("epoch", epoch=2, loss=0.5)
    found, anew = follower.read()
    assert ([e["epoch"] for e in found], anew) == ([1, 2], False)
    events.cut(tmp_path, place)
    with events.Journal(tmp_path) as journal:
        for epoch in (2, 3, 4):
            journal.write("epoch", epoch=epoch, loss=0.25)
    found, anew = follower.read()
    assert ([e["epoch"] for e in found], anew) == ([1, 2, 3, 4], True)
    assert follower.read() == ([], False)


def test_a_follower_waits_for_a_line_that_is_being_written(tmp_path: Path):
    path, follower = tmp_path / events.NAME, events.Follower(tmp_path)
    path.write_bytes(b'{"kind": "begin"}\n{"kind": "ep')
    assert [e["kind"] for e in follower.read()[0]] == ["begin"]
    path.write_bytes(path.read_bytes() + b'och"}\n')
    assert [[e["kind"] for e in follower.read()[0]], follower.read()] == [["epoch"], ([], False)]


def test_cutting_back_further_than_there_is_changes_nothing(tmp_path: Path):
    events.cut(tmp_path, 100)
    with events.Journal(tmp_path) as journal:
        journal.write("begin")
        events.cut(tmp_path, journal.place + 100)
    assert len(events.read(tmp_path)[0]) == 1


def test_what_a_full_disk_refuses_is_written_when_there_is_room_again(tmp_path: Path):
    """The limit is for the whole process, so another one meets it."""
    script = """
import resource, sys
from pathlib import Path
from core.runs import events
with events.Journal(Path(sys.argv[1])) as journal:
    journal.write("epoch", epoch=1)
    resource.setrlimit(resource.RLIMIT_FSIZE, (journal.place + 20, resource.RLIM_INFINITY))
    journal.write("epoch", epoch=2)
    print(journal.whole)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    journal.write("epoch", epoch=3)
    print(journal.whole)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.split() == ["False", "True"]
    assert [e["epoch"] for e in events.read(tmp_path)[0]] == [1, 2, 3]
