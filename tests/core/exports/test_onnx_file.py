"""The network as one file that says by itself what goes in and what comes out."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core import proof, recipes
from core.answer import Model
from core.errors import ExportError
from core.exports import SHELF, onnx_file
from core.runs import Run

pytestmark = pytest.mark.heavy


def test_whoever_has_only_the_file_can_prepare_a_row_and_read_the_answer(
    trained: Callable[[str], Run], tmp_path: Path
):
    import onnxruntime

    run = trained("yes_no")
    assert onnx_file.objection(run) is None
    session = onnxruntime.InferenceSession(SHELF["onnx_file"].write(run, tmp_path))
    told = session.get_modelmeta().custom_metadata_map
    made = json.loads(told[onnx_file.RECIPES])
    assert {given.name for given in session.get_inputs()} == set(made["inputs"])
    row = {"size": ["14.5", ""], "colour": ["red", "never seen"], "class": ["a", ""]}
    said = recipes.answers(made, session.run(["output"], recipes.encode(made, row))[0])
    expected = Model.open(run).answer(row)
    assert said["prediction"] == expected["prediction"]
    assert np.allclose(said["probabilities"], expected["probabilities"], atol=1e-6)
    assert json.loads(told[onnx_file.ANSWERS]) == ["prediction", "p_no", "p_yes"]
    assert json.loads(told[onnx_file.VERSIONS])["keras"]
    assert "bought" in told[onnx_file.ABOUT]


def test_a_file_whose_weights_were_changed_is_found_out(trained: Callable[[str], Run], tmp_path: Path):
    run = trained("yes_no")
    path = SHELF["onnx_file"].write(run, tmp_path)
    other = SHELF["onnx_file"].write(trained("many_of_many"), tmp_path / "other")
    assert proof.prove(path, onnx_file.unpack, run)["equal"]
    assert not proof.prove(other, onnx_file.unpack, run)["equal"]


def test_a_run_without_a_model_has_no_file(tmp_path: Path):
    with pytest.raises(ExportError, match="no model"):
        SHELF["onnx_file"].write(Run("x", tmp_path), tmp_path)
    assert not list(tmp_path.iterdir())
