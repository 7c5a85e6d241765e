"""There is always something to train on, and it is told without loading TensorFlow."""

import subprocess
import sys
from pathlib import Path

import pytest

from core import devices
from core.devices import granted
from core.errors import RunError

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.mark.parametrize(("cores", "told"), [("1", "CPU, 1 core"), ("6", "CPU, 6 cores")])
def test_the_processor_is_always_there(monkeypatch: pytest.MonkeyPatch, cores: str, told: str):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    monkeypatch.setenv("MODELYARD_CORES", cores)
    (device,) = devices.found()
    assert (device.id, str(device.label)) == ("cpu", told)
    assert device.memory_bytes > 100_000_000


@pytest.mark.parametrize("set_by_hand", ["", "0", "-2", "many"])
def test_cores_are_counted_where_nobody_sets_them_well(monkeypatch: pytest.MonkeyPatch, set_by_hand: str):
    monkeypatch.setenv("MODELYARD_CORES", set_by_hand)
    assert devices.cores() >= 1


def test_a_device_that_is_not_there_is_refused_with_those_that_are(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    with pytest.raises(RunError, match=r"“gpu:7”.*cpu"):
        devices.environment("gpu:7")


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({"cpu.max": "max 100000"}, 0),
        ({"cpu.max": "150000 100000"}, 2),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, 0),
        ({"cpu/cpu.cfs_quota_us": "50000", "cpu/cpu.cfs_period_us": "100000"}, 1),
        ({}, 0),
    ],
)
def test_a_container_gets_no_more_cores_than_it_was_granted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: dict[str, str], cores: int
):
    written(tmp_path, files)
    monkeypatch.delenv("MODELYARD_CORES", raising=False)
    unlimited = devices.cores()
    monkeypatch.setattr(granted, "CGROUPS", tmp_path)
    assert devices.cores() == min(cores or unlimited, unlimited)


@pytest.mark.parametrize(
    ("files", "limit", "free"),
    [
        ({"memory.max": "max"}, 0, None),
        (
            {"memory.max": "9000", "memory.current": "5000", "memory.stat": "anon 1\ninactive_file 500"},
            9000,
            4500,
        ),
        ({"memory.max": "9000", "memory.current": "9900", "memory.stat": "inactive_file 0"}, 9000, 0),
        (
            {
                "memory/memory.limit_in_bytes": "8000",
                "memory/memory.usage_in_bytes": "5000",
                "memory/memory.stat": "total_inactive_file 1000",
            },
            8000,
            4000,
        ),
        ({"memory/memory.limit_in_bytes": "9223372036854771712"}, 0, None),
        ({}, 0, None),
    ],
)
def test_a_container_gets_no_more_memory_than_it_was_granted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: dict[str, str], limit: int, free: int | None
):
    written(tmp_path, files)
    monkeypatch.setattr(granted, "CGROUPS", tmp_path)
    assert granted.memory_limit() == limit
    assert granted.memory() == limit or not limit
    assert granted.free_memory() > 1_000_000 if free is None else granted.free_memory() == free


def test_asking_loads_neither_tensorflow_nor_a_driver_that_is_not_there():
    script = (
        "import sys; from core import devices; devices.found(); "
        "print(sorted({'tensorflow', 'keras', 'numpy', 'pynvml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() in ("[]", "['pynvml']")  # the second where there is a driver


def written(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
