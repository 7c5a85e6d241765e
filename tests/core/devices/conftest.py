"""A driver's library that is compiled for the test: what a machine with graphics processors would answer."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
COMPILER = shutil.which("cc") or shutil.which("gcc")
# Without a compiler there is nothing that could stand for the driver.
collect_ignore = [] if COMPILER and sys.platform == "linux" else ["test_nvidia.py"]

Told = Callable[..., Any]


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the library, and beside it what says that TensorFlow's GPU build is installed."""
    folder = tmp_path_factory.mktemp("driver")
    library = folder / "libnvidia-ml.so.1"
    subprocess.run(
        [COMPILER, "-shared", "-fPIC", "-o", str(library), str(HERE / "fake_driver.c")], check=True
    )
    package = folder / "packages" / "tensorflow-2.21.0.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: tensorflow\nVersion: 2.21.0\n")
    return folder


@pytest.fixture
def told(driver: Path) -> Told:
    """What an expression about `devices` or `gauges` comes to in a process of its own on such a machine."""

    def tell(expression: str, gpu_build: bool = True, **environment: str) -> Any:
        packages = [str(driver / "packages")] if gpu_build else []
        script = f"import json; from core import devices, gauges; print(json.dumps({expression}))"
        given = {name: value for name, value in os.environ.items() if name != "CUDA_VISIBLE_DEVICES"}
        given |= {
            "LD_LIBRARY_PATH": str(driver),
            "PYTHONPATH": os.pathsep.join([str(ROOT), *packages]),
            **environment,
        }
        done = subprocess.run(
            [sys.executable, "-c", script], env=given, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return tell
