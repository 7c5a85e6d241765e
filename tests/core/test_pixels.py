"""What a network reads of a picture: upright, on white, grey or coloured, in one size, and nothing of what is broken."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from core import pixels
from tests.core.drawn_pictures import drawn, plain

GREY = {"as": "picture", "mode": "L", "size": [8, 8]}
COLOUR = {"as": "picture", "mode": "RGB", "size": [8, 8]}


def png(width: int, height: int) -> bytes:
    """A PNG that says that it has this size, and holds hardly anything."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF"])
def test_every_usual_format_is_read(form: str):
    made = pixels.read(drawn(np.full((8, 8, 3), 200), form), COLOUR)
    assert made is not None
    assert made.dtype == np.uint8
    assert np.abs(made.astype(int) - 200).max() <= 2


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
@pytest.mark.parametrize("parse", [GREY, COLOUR], ids=["grey", "colour"])
def test_every_mode_of_a_picture_becomes_grey_or_coloured(mode: str, parse: dict):
    if mode == "I;16":
        image = Image.fromarray(np.full((8, 8), 65_535, np.uint16))
    elif mode in ("I", "F"):
        image = Image.fromarray(
            np.full((8, 8), 65_535 if mode == "I" else 1.0, {"I": np.int32, "F": np.float32}[mode])
        )
    else:
        image = Image.new("RGB", (8, 8), (255, 255, 255)).convert(mode)
    form = "TIFF" if mode in ("CMYK", "I", "F") else "PNG"
    made = pixels.read(drawn(image, form), parse)
    assert made is not None
    assert made.shape == pixels.shape(parse)
    assert (made == 255).all()


def test_what_is_transparent_is_white():
    clear = np.zeros((8, 8, 4))
    clear[:4, :, 3] = 255
    made = pixels.read(drawn(clear), GREY)
    assert (made[:4] == 0).all()
    assert (made[4:] == 255).all()


def test_a_picture_of_the_size_is_not_touched():
    values = np.random.default_rng(1).integers(0, 256, (8, 8))
    assert np.array_equal(pixels.read(drawn(values), GREY)[:, :, 0], values)


@pytest.mark.parametrize(("height", "width"), [(4, 16), (16, 4), (300, 7), (1, 1), (2, 2_000)])
def test_proportions_are_kept_on_the_colour_of_the_border(height: int, width: int):
    made = pixels.read(plain(90, height, width), GREY)
    assert made.shape == (8, 8, 1)
    assert (made == 90).all()


def test_what_is_wide_stands_in_the_middle():
    values = np.full((4, 16), 10)
    values[:, 6:10] = 250
    made = pixels.read(drawn(values), GREY)[:, :, 0]
    assert (made[:3] == 10).all()
    assert (made[6:] == 10).all()
    assert made[3:5, 3:5].min() > 200


def test_a_photograph_is_turned_as_its_camera_noted():
    values = np.zeros((8, 16, 3))
    values[:, :8] = 255
    exif = Image.Exif()
    exif[pixels.ORIENTATION] = 6
    made = pixels.read(drawn(values, "JPEG", exif=exif, quality=95), {**COLOUR, "size": [16, 8]})
    assert made[:7].min() > 200
    assert made[9:].max() < 60


def test_of_an_animation_the_first_picture_counts():
    first, *others = (Image.new("L", (8, 8), value) for value in (0, 120, 250))
    for form in ("GIF", "WEBP"):
        made = pixels.read(drawn(first, form, save_all=True, append_images=others), GREY)
        assert made.max() <= 2


@pytest.mark.parametrize(
    "content",
    [
        b"", b"no picture at all", b"\x89PNG\r\n\x1a\n", plain(9)[:40], drawn(np.zeros((40, 40)), "JPEG")[:-200],
        b"GIF89a" + b"\xff" * 50, png(60_000, 60_000), png(0, 5), b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)  # fmt: skip
def test_what_is_broken_too_large_or_no_picture_is_none(content: bytes):
    assert pixels.read(content, GREY) is None


def test_the_size_is_judged_before_anything_is_decoded():
    assert pixels.opened(png(9_000, 9_000)) is not None
    assert pixels.opened(png(20_000, 20_000)) is None


def test_very_wide_pictures_are_brought_to_the_size():
    assert pixels.read(plain(33, 5, 20_000), GREY).shape == (8, 8, 1)


def test_what_cannot_be_read_is_filled_and_told():
    recipe = {"column": "picture", "kind": "image", "input": "picture", "fill": [7], "parse": GREY}
    missed: dict[str, set[int]] = {}
    ask = pixels.pictures({"a": plain(200), "broken": b"x"}.get, missed)
    made = ask(recipe, ["a", "broken", "", "gone", plain(50)])
    assert made[:, 0, 0, 0].tolist() == [200, 7, 7, 7, 50]
    assert missed == {"picture": {1, 2, 3}}
    only, mixed = (
        {"columns": columns} for columns in ([recipe], [recipe, {"column": "age", "kind": "number"}])
    )
    assert pixels.nothing_seen(only, missed) == {1, 2, 3}
    assert pixels.nothing_seen(mixed, missed) == set()
