"""Small copies of pictures: a few of each class, and none of what cannot be read."""

import io
from pathlib import Path

from PIL import Image

from core import datasets, thumbnails
from tests.core.drawn_pictures import bars_zip, packed, plain


def test_a_few_of_each_class_are_copied(tmp_path: Path):
    data = datasets.add(bars_zip(tmp_path / "bars.zip", 80))
    shown = thumbnails.shown(datasets.folder(data.id))
    assert len(shown) == thumbnails.MOST
    assert [label for _, label in shown] == ["lying"] * 48 + ["standing"] * 48
    assert all(path.exists() for path, _ in shown)


def test_broken_pictures_are_passed_by_and_a_table_has_none(tmp_path: Path):
    data = datasets.add(packed(tmp_path / "a.zip", {"1.png": plain(1), "2.png": b"x"}))
    assert len(thumbnails.shown(datasets.folder(data.id))) == 1
    (tmp_path / "a.csv").write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    assert thumbnails.shown(datasets.folder(datasets.add(tmp_path / "a.csv").id)) == []


def test_copies_are_small_and_keep_their_proportions():
    for height, width, size in ((400, 200, (56, 112)), (10, 20, (20, 10)), (1, 5_000, (112, 1))):
        made = Image.open(io.BytesIO(thumbnails.small_copy(plain((9, 99, 200), height, width))))
        assert made.size == size
    assert thumbnails.small_copy(b"x") is None
    assert thumbnails.small_copy(None) is None
