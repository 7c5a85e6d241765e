"""The whole path with few coloured pictures: a pretrained network, and the same answers here and far away."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core import home
from tests.core.drawn_pictures import drawn, packed

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent.parent


def call(place: Path, *words: str, **more: str) -> tuple[int, Any, str]:
    environment = {**os.environ, "MODELYARD_HOME": str(place / "workspace"), "PYTHONPATH": str(ROOT), **more}
    done = subprocess.run(
        [sys.executable, "-m", "core", *words], cwd=place, env=environment, capture_output=True, text=True, timeout=280
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout), done.stderr


def coloured(kind: int, seed: int) -> bytes:
    """A picture of stripes or of checks, in two colours by chance."""
    dice = np.random.default_rng(seed)
    y, x = np.mgrid[:56, :56] // 7
    pattern = (x if kind else x + y) % 2
    colours = dice.integers(0, 255, (2, 3))
    return drawn(Image.fromarray(colours[pattern].astype(np.uint8)))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("coloured")
    files = {f"{('checks', 'stripes')[n % 2]}/{n}.png": coloured(n % 2, n) for n in range(60)}
    packed(place / "cloth.zip", files)
    return place


@pytest.fixture(scope="module")
def trained(place: Path) -> dict[str, Any]:
    code, said, progress = call(place, "train", "cloth.zip", "--epochs", "20", "--picture-size", "64")
    assert code == 0, progress
    assert "EfficientNet-Lite0 brings what it has learned from other pictures." in progress
    assert "weights for" not in progress  # no worry: what stays as it is cannot learn rows by heart
    return said


def test_few_coloured_pictures_are_learned_from_what_others_have_seen(trained: dict[str, Any]):
    assert trained["template"] == "pretrained_network"
    assert trained["metrics"]["test"]["accuracy"] >= 0.7


def test_what_stays_as_it_is_is_what_was_brought(trained: dict[str, Any]):
    import keras

    from core import pretrained
    from core.pretrained import folded

    model = keras.saving.load_model(Path(trained["folder"]) / "model.keras")
    brought = folded.weights("efficientnet_lite0", pretrained.find("efficientnet_lite0"))
    for name in ("stem", "block_7_depthwise", "block_14_expand"):
        for kept, given in zip(
            model.get_layer(f"pretrained_{name}").get_weights(), brought[name], strict=True
        ):
            assert np.array_equal(kept, given)


def test_its_last_blocks_go_on_learning_from_where_a_run_has_ended(place: Path, trained: dict[str, Any]):
    import keras

    spec = home.read_json(Path(trained["folder"]) / "spec.json")
    for layer in spec["graph"]["layers"]:
        if layer["kind"] == "backbone":
            layer["fields"] = {**layer["fields"], "learns": "last"}
    (place / "tuned.json").write_text(json.dumps(spec["graph"]))
    words = ("--graph", "tuned.json", "--weights-of", trained["run"], "--picture-size", "64", "--epochs", "2")
    code, said, progress = call(place, "train", "cloth.zip", *words)
    assert code == 0, progress
    assert "All weights start from those of" in progress
    before, after = (keras.saving.load_model(Path(run["folder"]) / "model.keras") for run in (trained, said))
    for name, learns in (("stem", False), ("block_9_project", False), ("block_13_project", True)):
        one, other = (model.get_layer(f"pretrained_{name}").get_weights()[0] for model in (before, after))
        assert bool(abs(one - other).max() > 0) is learns


def test_results_keep_pictures_and_where_it_looked(trained: dict[str, Any]):
    found = home.read_json(Path(trained["folder"]) / "shown_pictures" / "shown.json")
    assert found["way"] == "grad_cam"
    assert found["doubtful"]
    assert len(list((Path(trained["folder"]) / "shown_pictures").glob("*_heat.png"))) >= len(
        found["doubtful"]
    )


@pytest.mark.parametrize("format", ["python_zip", "keras_zip"])
def test_an_export_carries_it_and_says_the_same(place: Path, trained: dict[str, Any], format: str):
    code, said, progress = call(place, "export", trained["run"], "--format", format, "--out", "out")
    assert code == 0, progress
    assert said["proof"]["equal"]


def test_the_size_is_the_one_that_was_asked_for(trained: dict[str, Any]):
    recipes = home.read_json(Path(trained["folder"]) / "recipes.json")
    assert recipes["columns"][0]["parse"]["size"] == [64, 64]


def test_weights_that_are_nowhere_are_said_before_the_run(place: Path):
    code, said, _ = call(
        place, "train", "cloth.zip", "--graph", str(_drawing(place)), KERAS_HOME=str(place), HTTPS_PROXY="http://127.0.0.1:9",
        https_proxy="http://127.0.0.1:9",
    )  # fmt: skip
    assert code == 2
    assert "MobileNetV2" in said["error"]["what"]
    assert "mobilenet_v2_weights" in said["error"]["fix"]


def _drawing(place: Path) -> Path:
    path = place / "mobile.json"
    layers = [
        ("photo", "input", [], {"source": "picture"}), ("light", "rescaling", ["photo"], {"scale": 1 / 255}),
        ("seen", "backbone", ["light"], {"network": "mobilenet_v2"}),
        ("row", "global_average_pooling_2d", ["seen"], {}), ("answer", "output", ["row"], {}),
    ]  # fmt: skip
    from core.graph import Graph, Layer

    graph = Graph(tuple(Layer(name, kind, tuple(inputs), fields) for name, kind, inputs, fields in layers))
    path.write_text(json.dumps(graph.to_json()))
    return path


@pytest.mark.parametrize("size", ["3", "5000"])
def test_a_size_that_no_picture_can_have_is_said_at_once(place: Path, size: str):
    code, said, _ = call(place, "train", "cloth.zip", "--picture-size", size)
    assert code == 2
    assert "Size of the pictures" in said["error"]["what"] + said["error"]["fix"]
