"""Files of the workspace are whole or absent, and ids and fingerprints do what they promise."""

import json
from pathlib import Path

import pytest

from core import home


def test_a_file_is_never_seen_half_written(tmp_path: Path):
    path = tmp_path / "state.json"
    home.write_json(path, {"name": "北京"})
    with pytest.raises(TypeError):
        home.write_json(path, {"name": object()})
    assert home.read_json(path) == {"name": "北京"}
    assert [p.name for p in tmp_path.glob(".state*")] == []


def test_a_number_that_json_cannot_say_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="not JSON compliant"):
        home.write_json(tmp_path / "x.json", {"loss": float("nan")})


def test_ids_are_unique_and_sort_by_time():
    ids = [home.new_id() for _ in range(50)]
    assert len(set(ids)) == 50
    assert sorted(i[:15] for i in ids) == [i[:15] for i in ids]


def test_a_fingerprint_ignores_the_order_of_keys_and_sees_every_change():
    assert home.fingerprint({"a": 1, "b": [2]}) == home.fingerprint(json.loads('{"b": [2], "a": 1}'))
    assert home.fingerprint({"a": 1}) != home.fingerprint({"a": 2})


def test_the_workspace_is_where_the_environment_says(workspace: Path):
    assert home.folder("runs") == workspace.resolve() / "runs"
