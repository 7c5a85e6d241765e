"""Pictures beside numbers become arrays; what cannot be read is left out of every side and named."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from core import datasets, encoding, pixels, prepare, recipes, suggest
from core.errors import DataError
from core.pictures import Archive
from core.prepare import Prepared
from tests.core.drawn_pictures import bars, bars_zip, packed, plain


def prepared(path: Path, target: str) -> tuple[str, Prepared]:
    data = datasets.add(path)
    goal = suggest.suggest(datasets.profile(data.id), target).goal
    return data.id, prepare.prepare(data.id, goal)


def test_pictures_become_bytes_of_one_form(tmp_path: Path):
    _, made = prepared(bars_zip(tmp_path / "bars.zip"), "label")
    assert made.facts["task"] == "yes_no"
    assert made.facts["inputs"] == {"picture": {"shape": [12, 12, 1], "dtype": "uint8"}}
    assert made.facts["broken"] == {"count": 0, "names": []}
    assert made.facts["mirrored"] == ["picture"]
    inputs, truth = made.arrays("train")
    assert inputs["picture"].shape == (len(truth), 12, 12, 1)
    assert inputs["picture"].dtype == np.uint8


def test_the_arrays_are_what_the_recipes_make_of_the_pictures(tmp_path: Path):
    data, made = prepared(bars_zip(tmp_path / "bars.zip"), "label")
    table = datasets.table(data).iloc[made.rows("validation")]
    with datasets.pictures(data) as archive:
        expected = recipes.encode(
            made.recipes, {"picture": list(table["picture"])}, pixels.pictures(archive.find)
        )
        faster = encoding.encode(made.recipes, table, archive)
    inputs, _ = made.arrays("validation")
    assert np.array_equal(inputs["picture"], expected["picture"])
    assert np.array_equal(faster["picture"], expected["picture"])


def test_broken_pictures_are_left_out_of_every_side_and_named(tmp_path: Path):
    path = bars_zip(tmp_path / "bars.zip")
    with zipfile.ZipFile(path, "a") as archive:
        for n in range(20):
            archive.writestr(f"bars/lying/cut-{n}.png", bars(True, n)[:120])
    data, made = prepared(path, "label")
    rows = made.facts["rows"]
    assert (rows["train"] + rows["validation"] + rows["test"], rows["left_out"]) == (60, 20)
    assert made.facts["broken"]["count"] == 20
    assert "cut-" in str(prepare.unreadable(made.facts)[0])
    names = datasets.table(data)["picture"]
    for side in ("train", "validation", "test"):
        assert not names.iloc[made.rows(side)].str.contains("cut").any()
    inputs, truth = made.arrays("train")
    assert len(inputs["picture"]) == len(truth) == rows["train"]
    with datasets.pictures(data) as archive:
        first = encoding.encode(made.recipes, datasets.table(data).iloc[made.rows("train")], archive)
    assert np.array_equal(inputs["picture"], first["picture"])


def test_pictures_stand_beside_numbers_and_categories(tmp_path: Path):
    lines = [f"{n}.png,{n * 1.5},{'red' if n % 3 else 'blue'},{100 + n % 2 * 50}" for n in range(40)]
    text = "\n".join(["file,size,colour,price", *lines[:30], ",9.5,red,120", *lines[30:]])
    files = {"list.csv": text, **{f"{n}.png": bars(bool(n % 2), n) for n in range(40)}}
    data, made = prepared(packed(tmp_path / "a.zip", files), "price")
    assert list(made.facts["inputs"]) == ["numbers", "categories", "file"]
    assert made.facts["rows"]["left_out"] == 0  # a cell without a picture is a missing value
    with datasets.pictures(data) as archive:
        row = encoding.encode(made.recipes, datasets.table(data).iloc[[30]], archive)["file"][0]
    assert (row == made.recipes["columns"][0]["fill"]).all()


def test_a_data_set_without_pictures_has_none(tmp_path: Path):
    (tmp_path / "a.csv").write_text("a,b\n" + "1.png,2\n3.png,4\n" * 20, encoding="utf-8")
    data = datasets.add(tmp_path / "a.csv")
    assert datasets.pictures(data.id) is None
    goal = suggest.suggest(datasets.profile(data.id), "b", {"a": "image"}).goal
    with pytest.raises(DataError, match="names no picture"):
        prepare.prepare(data.id, goal)


def test_a_folder_and_its_zip_prepare_alike(tmp_path: Path):
    bars_zip(tmp_path / "bars.zip")
    with zipfile.ZipFile(tmp_path / "bars.zip") as archive:
        archive.extractall(tmp_path / "open")
    one, other = (prepared(path, "label")[1] for path in (tmp_path / "bars.zip", tmp_path / "open" / "bars"))
    assert np.array_equal(one.arrays("train")[0]["picture"], other.arrays("train")[0]["picture"])


@pytest.mark.parametrize(
    ("column", "taken", "name"),
    [("photo", [], "photo"), ("photo (front)", ["photo_front"], "photo_front_2"), ("照片", [], "picture"), ("2 x", [], "picture_2_x"),
     ("numbers", ["numbers"], "numbers_2")],
)  # fmt: skip
def test_inputs_are_called_like_their_columns(column: str, taken: list[str], name: str):
    assert encoding._input_name(column, taken) == name


def test_an_archive_serves_several_threads(tmp_path: Path):
    from concurrent.futures import ThreadPoolExecutor

    files = {f"{n}.png": plain(n % 250) for n in range(200)}
    with Archive(packed(tmp_path / "a.zip", files)) as archive, ThreadPoolExecutor(8) as workers:
        assert list(workers.map(archive.find, files)) == list(files.values())


def test_folders_called_train_and_test_divide_the_pictures(tmp_path: Path):
    files = {f"{side}/{'lying' if lying else 'standing'}/{n}.png": bars(lying, 2 * n + lying)
             for side, count in (("train", 20), ("test", 6)) for n in range(count) for lying in (True, False)}  # fmt: skip
    data, made = prepared(packed(tmp_path / "a.zip", files), "label")
    assert list(made.facts["inputs"]) == ["picture"]
    assert made.facts["rows"] == {"train": 34, "validation": 6, "test": 12, "left_out": 0}
    names = datasets.table(data)["picture"]
    assert names.iloc[made.rows("test")].str.startswith("test/").all()
