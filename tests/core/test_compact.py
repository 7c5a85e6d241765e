"""Numbers that are kept compactly are, made wide, what the recipes make; and a network learns the same of them."""

from pathlib import Path

import numpy as np
import pandas
import pytest

from core import compact, datasets, encoding, prepare, recipes
from tests.core.tables import customers, goal

NUMBERS = {"as": "number"}
COLUMNS = {
    "far away": {
        "input": "numbers", "kind": "number", "parse": NUMBERS, "fill": 2.0,
        "features": [
            {"make": "interpolate", "x": [0.0, 9.0], "y": [-1.0, 1.0]},
            {"make": "bins", "edges": [0.0, 0.5, 3.0, 9.0]},
            {"make": "missing"},
        ],
    },
    "later": {
        "input": "numbers", "kind": "number", "parse": NUMBERS, "fill": 1.0,
        "features": [{"make": "bins", "edges": [1.0, 2.0, 4.0], "flat": True}],
    },
    "one bin": {
        "input": "numbers", "kind": "number", "parse": NUMBERS, "fill": 0.0,
        "features": [{"make": "bins", "edges": [0.0, 1.0]}],
    },
    "day": {
        "input": "numbers", "kind": "date", "parse": {"as": "date", "format": "iso"}, "fill": 0.0,
        "features": [
            {"make": "cycle", "part": "weekday", "period": 7},
            {"make": "bins", "part": "hour", "edges": [0.0, 6.0, 12.0, 24.0]},
        ],
    },
}  # fmt: skip
MADE = {"columns": [{**recipe, "column": name} for name, recipe in COLUMNS.items()]}
AMOUNTS = [
    "",
    "0",
    "0.25",
    "0.5",
    "1",
    "2",
    "2.999",
    "3",
    "8.5",
    "9",
    "1e30",
    "-1e30",
    "-0.1",
    "nonsense",
    "400",
]
DAYS = ["2026-11-22 20:15", "", "1969-12-31 23:59:59"] * 5


def texts(name: str) -> list[str]:
    return DAYS if name == "day" else AMOUNTS


def test_what_is_kept_becomes_what_the_recipes_make():
    how = compact.spread(MADE, "numbers")
    kept = [compact.encode_column(recipe, texts(recipe["column"])) for recipe in MADE["columns"]]
    wide = [recipes.encode_column(recipe, texts(recipe["column"])) for recipe in MADE["columns"]]
    assert how.kept == sum(part.shape[1] for part in kept) == 8
    np.testing.assert_allclose(how.widen(np.hstack(kept)), np.hstack(wide), atol=1e-6)


def test_rows_that_are_kept_look_like_the_wide_ones():
    how = compact.spread(MADE, "numbers")
    kept = np.hstack([compact.encode_column(recipe, texts(recipe["column"])) for recipe in MADE["columns"]])
    wide = compact.Wide(kept, how)
    whole = np.asarray(wide)
    assert (len(wide), wide.shape, wide.dtype, whole.dtype) == (15, (15, 13), np.float32, np.float32)
    assert (wide[3:5] == whole[3:5]).all()
    assert (wide[[7, 1]] == whole[[7, 1]]).all()
    assert (wide[2] == whole[2]).all()


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[prepare.Prepared, Path]:
    """Prepared rows, and the folder where the same training rows are kept compactly."""
    pandas.concat([customers()] * 10).to_csv(tmp_path / "customers.csv", index=False)
    made = prepare.prepare(datasets.add(tmp_path / "customers.csv").id, goal())
    rows = datasets.table(made.facts["data"]).iloc[made.rows("train")]
    monkeypatch.setattr(encoding, "BYTES_WIDE", 0)
    encoding.write(made.recipes, rows, tmp_path, "train", None, lambda share, text: None)
    return made, tmp_path


def test_many_rows_are_written_compactly(both: tuple[prepare.Prepared, Path]):
    made, folder = both
    inputs, _ = made.arrays("train")
    opened = {name: encoding.opened(made.recipes, name, folder, "train") for name in inputs}
    assert isinstance(opened["numbers"], compact.Wide)
    assert not (folder / "train_numbers.npy").exists()
    assert opened["numbers"].nbytes < inputs["numbers"].nbytes
    np.testing.assert_allclose(np.asarray(opened["numbers"]), inputs["numbers"], atol=1e-5)
    assert (opened["categories"] == inputs["categories"]).all()


@pytest.mark.heavy
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("fast", [False, True])
def test_a_network_learns_the_same_of_them(both: tuple[prepare.Prepared, Path], streamed: bool, fast: bool):
    import keras

    from core.worker.chunks import Chunks

    made, folder = both
    inputs, truth = made.arrays("train")
    kept = {"numbers": encoding.opened(made.recipes, "numbers", folder, "train")}
    losses = {}
    for side, given in {"wide": {"numbers": inputs["numbers"]}, "kept": kept}.items():
        keras.utils.set_random_seed(1)
        start = keras.Input(inputs["numbers"].shape[1:], name="numbers")
        inner = keras.layers.Dense(8, activation="tanh")(start)
        model = keras.Model([start], keras.layers.Dense(1, activation="sigmoid")(inner))
        model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
        chunks = Chunks(model, given, truth, 16, keras.metrics.AUC(), fast, streamed=streamed)
        chunks.begin_epoch(np.arange(len(truth), dtype=np.int32))
        taken = np.zeros(0)
        while len(taken) < chunks.steps:
            taken = np.concatenate([taken, chunks.run(len(taken), 4)])
        judged, _ = chunks.judge(given, truth)
        losses[side] = [*taken, judged]
    assert losses["kept"] == pytest.approx(losses["wide"], abs=1e-5)
