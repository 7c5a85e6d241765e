"""Events are appended, followed by the byte, and survive a killed writer."""

from pathlib import Path

from core.runs import events


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
