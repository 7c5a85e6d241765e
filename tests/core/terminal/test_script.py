"""`python -m core script`: the network for a file, from a template, a drawing or a Keras model, as a Keras script."""

import json
from pathlib import Path

import pytest

from core.__main__ import main
from tests.core.architecture.models import entry, keras_file, row, start


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model that Keras saved, for rows of another size."""
    path = tmp_path / "theirs.keras"
    path.write_bytes(
        keras_file(row(start("rows", 11), entry("Dense", "deep", units=7), entry("Dense", "x", units=1)))
    )
    return path


def test_the_script_of_the_template_is_printed(small_table: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["script", str(small_table), "--target", "price"]) == 0
    text = json.loads(capsys.readouterr().out)["script"]
    compile(text, "script", "exec")
    assert 'loss="mean_squared_error"' in text


def test_the_script_of_a_keras_model_is_written(
    small_table: Path, model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "new" / "network.py"
    assert (
        main(["script", str(small_table), "--target", "bought", "--graph", str(model), "--out", str(out)])
        == 0
    )
    said = capsys.readouterr()
    assert json.loads(said.out)["file"] == str(out)
    assert "took 11 in the file" in said.err
    text = out.read_text(encoding="utf-8")
    assert 'deep = keras.layers.Dense(7, name="deep")(rows)' in text
    assert 'x = keras.layers.Dense(1, activation="sigmoid", name="x")(deep)' in text


@pytest.mark.parametrize("command", ["script", "train"])
@pytest.mark.parametrize(
    ("content", "says"), [("x", "not JSON"), ('{"version": 7, "layers": []}', "its version")]
)
def test_a_file_that_is_no_drawing_is_answered_before_the_table_is_read(
    command: str, content: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "drawing.json"
    file.write_text(content, encoding="utf-8")
    assert main([command, "not there.csv", "--target", "price", "--graph", str(file)]) == 2
    assert says in json.loads(capsys.readouterr().out)["error"]["what"]


@pytest.mark.heavy
def test_a_keras_model_trains_from_the_terminal(
    small_table: Path, model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    words = ["--target", "bought", "--graph", str(model), "--epochs", "2", "--out", str(tmp_path / "run")]
    assert main(["train", str(small_table), *words]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["state"], said["template"], said["epochs"]) == ("done", "", 2)
