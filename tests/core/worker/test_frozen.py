"""A part that stays as it is is computed once for each row, and what is learned behind it is the same as ever."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import home
from core.graph import Graph, Layer
from core.prepare import Prepared

pytestmark = pytest.mark.heavy

ROWS = {"train": 300, "validation": 40}


class Rows(Prepared):
    """Encoded rows as `core.prepare` keeps them, of numbers made up here."""

    def arrays(self, side: str) -> tuple[dict[str, np.ndarray], np.ndarray]:
        dice = np.random.default_rng(len(side))
        codes = dice.integers(1, 60_000, (ROWS[side], 24)).astype(np.int32)
        codes[np.arange(24) >= dice.integers(0, 25, (ROWS[side], 1))] = 0
        numbers = dice.normal(size=(ROWS[side], 3)).astype(np.float32)
        return {"text": codes, "numbers": numbers}, (codes[:, :1] % 2).astype(np.float32)


def facts() -> dict[str, Any]:
    return {
        "rows": {"train": 300, "validation": 40, "test": 40, "left_out": 0}, "columns": 2,
        "inputs": {
            "text": {"shape": [24], "dtype": "int32", "vocabulary": 128_001}, "numbers": {"shape": [3], "dtype": "float32"},
        },
        "output": {"units": 1, "activation": "sigmoid"}, "task": "yes_no", "classes": ["a", "b"], "target": "kind",
    }  # fmt: skip


def prepared(tmp_path: Path, id: str = "made") -> Prepared:
    return Rows(id, tmp_path, {}, facts())


def drawn(learns: str = "nothing", noise: bool = False) -> Graph:
    dice = [Layer("dice", "gaussian_noise", ("meaning",), {"stddev": 0.1})] if noise else []
    return Graph((
        Layer("text", "input"), Layer("numbers", "input"),
        Layer("meaning", "sentence_encoder", ("text",), {"learns": learns}), *dice,
        Layer("both", "concatenate", ("dice" if noise else "meaning", "numbers")),
        Layer("hidden", "dense", ("both",), {"units": 16, "activation": "relu"}), Layer("left", "dropout", ("hidden",), {"rate": 0.2}),
        Layer("answer", "output", ("left",)),
    ))  # fmt: skip


def made(graph: Graph) -> Any:
    import keras

    from core.worker import pretrained
    from core.worker.build import build
    from core.worker.objective import compile_model

    keras.utils.set_random_seed(5)
    model = build(graph, facts())
    pretrained.put_weights(model, graph, facts(), lambda *_: None)
    compile_model(model, "yes_no", {"learning_rate": 0.01, "weight_decay": 0.01}, 10)
    return model


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODELYARD_HOME", str(tmp_path / "workspace"))


def steps(model: Any, sides: Callable[[str], Any]) -> tuple[np.ndarray, float, np.ndarray]:
    """The losses of two epochs, the loss on the validation rows, and the answers to them."""
    import keras

    from core.worker.chunks import Chunks
    from core.worker.loop import row_order

    inputs, truth = sides("train")
    chunks = Chunks(model, inputs, truth, 32, keras.metrics.BinaryAccuracy(), False)
    losses = []
    for epoch in range(2):
        chunks.begin_epoch(row_order(1, epoch, len(truth)))
        at = 0
        while at < chunks.steps:
            taken = chunks.run(at, 100)
            losses.append(taken)
            at += len(taken)
    return np.concatenate(losses), *chunks.judge(*sides("validation"))


def test_what_is_learned_is_what_the_whole_network_learns(tmp_path: Path):
    from core.worker import frozen
    from core.worker.objective import compile_model

    rows = prepared(tmp_path)
    usual = steps(made(drawn()), rows.arrays)
    whole = made(drawn())
    found = frozen.learning(whole, rows, lambda _: None)
    assert found
    compile_model(found.head, "yes_no", {"learning_rate": 0.01, "weight_decay": 0.01}, 10)
    shorter = steps(found.head, lambda side: found.sides[side])
    for ours, theirs in zip(shorter, usual, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-5)
    inputs, _ = rows.arrays("validation")
    said = whole.predict([inputs["text"], inputs["numbers"]], verbose=0)
    np.testing.assert_allclose(said, shorter[2], atol=1e-5)


def test_it_is_computed_once_and_told_meanwhile(tmp_path: Path):
    from core.worker import frozen

    told: list[str] = []
    for _ in range(2):
        assert frozen.learning(made(drawn()), prepared(tmp_path), lambda text: told.append(str(text)))
    assert told[-1].endswith("340 of 340")
    assert sum(one.endswith("340 of 340") for one in told) == 1
    assert len(list(home.folder("frozen").iterdir())) == 1


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path):
    from core.worker import frozen

    left = home.folder("frozen", ".0123456789abcdef.999999999")
    (left / "train_0.npy").write_bytes(b"half")
    assert frozen.learning(made(drawn()), prepared(tmp_path), lambda _: None)
    assert not left.exists()


def test_other_rows_and_other_weights_are_computed_anew(tmp_path: Path):
    from core.worker import frozen

    model = made(drawn())
    assert frozen.learning(model, prepared(tmp_path), lambda _: None)
    assert frozen.learning(model, prepared(tmp_path, "other"), lambda _: None)
    kept = model.get_layer("meaning").kept["dense_1_kernel"]
    kept.assign(kept * 2)
    assert frozen.learning(model, prepared(tmp_path), lambda _: None)
    assert len(list(home.folder("frozen").iterdir())) == 3


def test_dice_and_what_learns_stay_in_the_part_that_learns():
    from core.worker import frozen

    assert frozen.cut(made(drawn("last"))) is None
    found = frozen.cut(made(drawn(noise=True)))
    assert found
    assert [layer.name for layer in found.front.layers] == ["text", "meaning"]
    assert {"dice", "hidden", "left", "answer"} <= {layer.name for layer in found.head.layers}


def test_where_somebody_wants_an_end_nothing_is_left_behind(tmp_path: Path):
    from core.worker import frozen

    assert frozen.learning(made(drawn()), prepared(tmp_path), lambda _: None, lambda: True) is None
    assert not list(home.folder("frozen").iterdir())


def test_a_picture_network_that_stays_is_cut_behind_its_pooling():
    from core.worker import frozen
    from tests.core.worker.test_pretrained import drawn as with_pictures
    from tests.core.worker.test_pretrained import facts as of_pictures
    from tests.core.worker.test_pretrained import made as pictures_made

    found = frozen.cut(pictures_made(with_pictures(), of_pictures(48, 48)))
    assert found
    assert found.head.input_shape[1:] == found.front.get_layer("everywhere").output.shape[1:]
    assert not found.texts
