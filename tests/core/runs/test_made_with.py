"""A run's folder says what went into it, and the page how closely the same would agree here and now."""

import json
from typing import Any

import pytest

from core import runs
from core.runs import made_with
from tests.core.runs.test_folder import spec


def written(**changes: Any) -> dict[str, Any]:
    run = runs.create(spec())
    made_with.write(run.folder, device="CPU", seed=1)
    path = run.folder / made_with.NAME
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    return made_with.read(run.folder)


def test_it_says_machine_versions_and_code():
    found = written()
    assert found["processor"]
    assert found["system"]
    assert {"python", "modelyard", "numpy"} <= set(found["versions"])
    assert len(found["code"]) == 16
    assert (found["device"], found["seed"]) == ("CPU", 1)


@pytest.mark.parametrize(
    ("changes", "device", "told"),
    [
        ({}, "", None),
        ({}, "CPU", None),
        ({}, "NVIDIA H100", "only to rounding: another device."),
        ({"processor": "6502"}, "", "only to rounding: another machine."),
        ({"versions": {"keras": "1.0"}}, "", "only to rounding: other versions of the libraries."),
        ({"system": "Plan 9", "versions": {}}, "CPU", "another machine, other versions of the libraries."),
        ({"code": "0" * 16}, "", "Modelyard has changed since this run"),
    ],
)
def test_how_closely_the_same_would_agree(changes: dict[str, Any], device: str, told: str | None):
    found = made_with.agreement(written(**changes), device)
    assert (found is None) if told is None else told in str(found)


def test_a_run_that_has_not_noted_it_says_so():
    run = runs.create(spec())
    assert made_with.read(run.folder) == {}
    assert "did not note" in str(made_with.agreement({}))
