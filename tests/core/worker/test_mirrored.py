"""A model that looks twice answers with the mean of both looks, wherever it is taken."""

from pathlib import Path

import numpy as np
import pytest

from core.spec import training_fields
from core.templates import SHELF
from tests.core.drawn_pictures import bars_zip
from tests.core.graph.drawings import facts

pytestmark = pytest.mark.heavy


def test_both_looks_are_averaged_and_taken_along(tmp_path: Path):
    import keras

    from core.worker import onnx_file
    from core.worker.build import answering, build
    from core.worker.mirrored import averaged

    known = {**facts("numbers photo", "one_of_many"), "mirrored": ["photo"]}
    graph = SHELF["picture_network"].graph(known, {})
    model = answering(build(graph, known), graph, known)
    twice = averaged(model, known)
    dice = np.random.default_rng(1)
    photo = dice.integers(0, 256, (5, 64, 96, 3)).astype(np.uint8)
    numbers = dice.normal(size=(5, 57)).astype(np.float32)
    plain, turned = (model.predict([numbers, one], verbose=0) for one in (photo, photo[:, :, ::-1]))
    expected = (plain + turned) / 2
    assert not np.allclose(plain, turned, atol=1e-5)
    assert [one.name for one in twice.inputs] == ["numbers", "photo"]
    assert np.allclose(twice.predict([numbers, photo], verbose=0), expected, atol=1e-6)
    keras.Model(twice.inputs, twice.outputs[0], name="modelyard").save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    assert np.allclose(again.predict([numbers, photo], verbose=0), expected, atol=1e-6)
    onnx_file.write(twice, tmp_path / "model.onnx", {"numbers": "float32", "photo": "uint8"})
    said = onnx_file.predictor(tmp_path / "model.onnx")({"numbers": numbers, "photo": photo})
    assert np.allclose(said, expected, atol=1e-5)


def test_pictures_that_mean_something_else_mirrored_are_looked_at_once():
    from core.worker.build import build
    from core.worker.mirrored import averaged

    known = facts("digits", "one_of_many")
    model = build(SHELF["classic_network"].graph(known, {"augmentation": "none"}), known)
    assert averaged(model, known) is model
    assert "mirrored_answers" not in training_fields(known)
    assert "mirrored_answers" not in training_fields(facts())
    assert "mirrored_answers" in training_fields({**known, "mirrored": ["digits"]})
    assert "class_weight" not in training_fields(facts(task="amount"))


def test_a_run_that_is_asked_to_look_twice_is_tested_and_explained_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from core import datasets, home, prepare, runs
    from core.runs import folder
    from core.spec import Spec
    from core.suggest import suggest
    from core.worker import door
    from core.worker.build import build

    monkeypatch.setenv("MODELYARD_HOME", str(tmp_path / "workspace"))
    data = datasets.add(bars_zip(tmp_path / "bars.zip", 40))
    goal = suggest(datasets.profile(data.id), "label").goal
    known = prepare.prepare(data.id, goal).facts
    assert known["mirrored"] == ["picture"]
    graph = SHELF["picture_network"].graph(known, {"filters": 4})
    run = runs.create(Spec(data.id, goal, "picture_network", graph, {"epochs": 3, "mirrored_answers": "on"}))
    door.enter(run.folder)
    assert run.state().name == "done", run.state()
    assert home.read_json(run.folder / "shown_pictures" / "shown.json")["way"] == "grad_cam"
    assert {path.name for path in run.folder.iterdir()} <= {*folder.FILES, *folder.FOLDERS, "samples"}
    import keras

    twice = keras.saving.load_model(run.folder / "model.keras")
    pictures = np.random.default_rng(1).integers(0, 255, (4, 12, 12, 1)).astype(np.uint8)
    said, turned = (twice.predict(one, verbose=0) for one in (pictures, pictures[:, :, ::-1]))
    assert np.allclose(said, turned, atol=1e-6)
    assert twice.count_params() == build(graph, known).count_params()
