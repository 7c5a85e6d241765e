"""Picture columns: known by the archive that they came in; size and colour follow from the training pictures."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core import pixels
from core.columns import SHELF, _mirrored
from core.columns._evidence import ColumnText
from core.errors import DataError, SettingError
from core.pictures import Archive
from tests.core.drawn_pictures import bars, drawn, packed, plain

IMAGE = SHELF["image"]


def fitted(tmp_path: Path, files: Mapping[str, bytes]) -> dict:
    with Archive(packed(tmp_path / "a.zip", files)) as archive:
        return IMAGE.fit(list(files), {"as": "picture"}, "photo", archive)


def test_only_names_of_pictures_that_came_along_are_pictures():
    names = [f"{n}.png" for n in range(40)]
    ours = ColumnText.counted("picture", names, [1] * 40, pictures=True)
    assert IMAGE.guess(ours).confidence == 1
    assert IMAGE.guess(ColumnText.of("picture", names)) is None


def test_the_recipe_is_plain_json(tmp_path: Path):
    recipe = fitted(tmp_path, {"1.png": plain(3), "2.png": plain(9)})
    assert json.loads(json.dumps(recipe, allow_nan=False)) == recipe
    assert recipe["parse"] == {"as": "picture", "mode": "L", "size": [12, 12]}
    assert recipe["fill"] == [6]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([(28, 28)] * 9, [28, 28]),
        ([(96, 64)] * 3, [96, 64]),
        ([(300, 400)] * 3, [96, 128]),
        ([(400, 300), (410, 290), (395, 310)], [128, 96]),
        ([(128, 128)] * 2, [128, 128]),
        ([(130, 130)] * 2, [128, 128]),
        ([(30, 31), (28, 28), (29, 30)], [32, 32]),
        ([(1, 1)] * 5, [8, 8]),
        ([(5, 20_000)] * 2, [32, 128]),
        ([(7, 7)] * 2, [8, 8]),
    ],
)
def test_the_size_follows_from_the_pictures(sizes: list, expected: list, tmp_path: Path):
    files = {f"{n}.png": plain(100, *size) for n, size in enumerate(sizes)}
    assert fitted(tmp_path, files)["parse"]["size"] == expected


@pytest.mark.parametrize(
    ("side", "sizes", "expected"),
    [
        (0, [(12, 12)] * 3, [12, 12]),
        (32, [(12, 12)] * 3, [32, 32]),
        (160, [(300, 400)] * 3, [120, 160]),
        (64, [(64, 40)] * 3, [64, 40]),
        (100, [(60, 30)] * 3, [100, 48]),
        (8, [(5, 20_000)], [8, 8]),
    ],
)
def test_a_size_that_was_asked_for_is_that_of_the_longer_side(
    side: int, sizes: list, expected: list, tmp_path: Path
):
    files = {f"{n}.png": plain(100, *size) for n, size in enumerate(sizes)}
    with Archive(packed(tmp_path / "a.zip", files)) as archive:
        assert IMAGE.fit(list(files), {}, "photo", archive, side)["parse"]["size"] == expected


@pytest.mark.parametrize("side", [1, 7, 100_000, -3])
def test_a_size_that_no_picture_can_have_is_refused(side: int, tmp_path: Path):
    with Archive(packed(tmp_path / "a.zip", {"1.png": plain(3)})) as archive, pytest.raises(SettingError):
        IMAGE.fit(["1.png"], {}, "photo", archive, side)


def test_the_more_pictures_the_smaller_they_become():
    found = [IMAGE.largest(count) for count in (2, 2_000, 2_001, 100_000, 1_000_000, 10**9)]
    assert found == [128, 128, 96, 96, 48, 8]


def test_grey_pictures_that_are_kept_in_colour_are_grey(tmp_path: Path):
    grey = np.repeat(np.random.default_rng(1).integers(0, 255, (20, 20, 1)), 3, axis=2)
    assert fitted(tmp_path, {"1.png": drawn(grey), "2.jpg": drawn(grey, "JPEG")})["parse"]["mode"] == "L"
    assert fitted(tmp_path, {"1.png": drawn(grey), "2.png": plain((255, 0, 0))})["parse"]["mode"] == "RGB"


def test_pictures_that_lie_on_their_side_count_upright(tmp_path: Path):
    exif = Image.Exif()
    exif[pixels.ORIENTATION] = 8
    lying = io.BytesIO()
    Image.new("L", (80, 40)).save(lying, "JPEG", exif=exif)
    assert fitted(tmp_path, {"1.jpg": lying.getvalue()})["parse"]["size"] == [80, 40]


def test_broken_pictures_decide_nothing(tmp_path: Path):
    assert fitted(tmp_path, {"1.png": b"x", "2.png": plain(0, 16, 16), "3.png": b""})["parse"]["size"] == [
        16,
        16,
    ]
    with pytest.raises(DataError, match="“photo” names no picture that can be read"):
        fitted(tmp_path, {"1.png": b"x"})


def test_without_an_archive_there_are_no_pictures():
    with pytest.raises(DataError, match="Bring the pictures in a zip"):
        IMAGE.fit(["a.png"], {"as": "picture"}, "photo", None)


def rows(make, count: int = 60) -> tuple[np.ndarray, np.ndarray]:
    classes = np.arange(count) % 2
    recipe = {"as": "picture", "mode": "L", "size": [12, 12]}
    return np.stack([pixels.read(make(bool(c), n), recipe) for n, c in enumerate(classes)]), classes


def _arrow(to_the_left: bool, seed: int) -> bytes:
    values = np.random.default_rng(seed).integers(0, 40, (12, 12))
    values[3:9, :4] += 200
    return drawn(values if to_the_left else values[:, ::-1])


def test_mirroring_keeps_the_meaning_of_bars_but_not_of_arrows():
    assert _mirrored.keeps_meaning(*rows(bars))
    assert not _mirrored.keeps_meaning(*rows(_arrow))


def test_nothing_is_mirrored_where_likeness_says_nothing():
    noise = np.random.default_rng(1).integers(0, 256, (60, 12, 12, 3)).astype(np.uint8)
    assert not _mirrored.keeps_meaning(noise, np.arange(60) % 3)
    assert not _mirrored.keeps_meaning(noise[:1], np.zeros(1))
    assert not _mirrored.keeps_meaning(noise, np.zeros(60))
