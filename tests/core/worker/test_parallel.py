"""Several devices train one network as one device would; tried with a processor that counts as two."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent.parent
ROUNDING = 1e-5


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What came out in a process of its own: how many devices there are is settled once for each."""
    environment = {
        **os.environ,
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.worker.on_two_devices"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_both_devices_compute(told: dict[str, Any]):
    assert told["places"] == ["/device:CPU:0", "/device:CPU:1"]


@pytest.mark.parametrize("case", ["clipped", "one row", "usual"])
def test_the_weights_and_the_metric_are_those_of_one_device(told: dict[str, Any], case: str):
    assert told[case]["weights"] < ROUNDING
    assert told[case]["metric"] < ROUNDING


def test_what_batch_normalization_remembers_belongs_to_the_averaged_weights(told: dict[str, Any]):
    assert max(told["normal"].values()) < ROUNDING
