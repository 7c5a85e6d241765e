"""Turns a picture's bytes into the pixels that a network reads.

Like `core.recipes`, this file imports nothing of ours, because every Python export of a model that looks at pictures
carries a copy of it. It needs NumPy and Pillow. The recipe of a picture column (`recipes.json`):

    {"column": "picture", "kind": "image", "input": "picture", "fill": [255, 255, 255],
     "parse": {"as": "picture", "mode": "RGB", "size": [96, 96]}, "features": [{"make": "pixels"}]}

A picture is turned upright as its camera noted, put on white where it is transparent, made grey or coloured, and brought
to the size with its proportions kept; what is left at the sides takes the colour of its own border. Of an animation the
first picture counts.
"""

import io

import numpy as np

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")
MOST_PIXELS = 89_000_000  # of one picture, before it is opened: 270 MB of colours
CHANNELS = {"L": 1, "RGB": 3}
GREY_16_BIT = 257  # 65,535 becomes 255
ORIENTATION = 0x0112  # of the camera, in EXIF


def shape(parse):
    """The pixels' form: (height, width, channels)."""
    return (*parse["size"], CHANNELS[parse["mode"]])


def opened(content):
    """The picture in these bytes, of which only the beginning has been read, or None where they hold none.

    Nothing is decoded yet: a picture that is too large for this machine is known by its header.
    """
    from PIL import Image  # noqa: PLC0415 - gate: only models that look at pictures need Pillow

    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except MemoryError:  # says nothing about the picture
        raise
    except Exception:  # broken files make Pillow raise nearly anything, warnings about bombs included
        return None
    width, height = image.size
    return image if 0 < width * height <= MOST_PIXELS else None


def size(image):
    """Height and width as the picture is meant to be looked at: some lie on their side."""
    width, height = image.size
    try:
        lies = image.getexif().get(ORIENTATION, 1) > 4
    except MemoryError:
        raise
    except Exception:  # some formats have to be decoded for that
        lies = False
    return (width, height) if lies else (height, width)


def read(content, parse):
    """One picture's pixels, uint8 [height, width, channels], or None where the bytes hold no picture that can be read."""
    image = opened(content)
    if image is None:
        return None
    try:
        return _fitted(upright(image, parse["mode"], 2 * max(parse["size"])), *parse["size"])
    except MemoryError:
        raise
    except Exception:  # the same, once more, when the pixels themselves are decoded
        return None


def upright(image, mode, side=None):
    """The picture decoded, as it is meant to be looked at, in the mode `L` or `RGB`.

    Args:
        side: Large photographs may be decoded at a fraction of their size, but not below this.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - the same gate

    if side:
        image.draft(None, (side, side))
    image.seek(0)
    image = ImageOps.exif_transpose(image)
    if image.mode == "F" or image.mode.startswith("I"):
        values = np.asarray(image, dtype=np.float64)
        scaled = values / GREY_16_BIT if image.mode != "F" else values * (255 if values.max() <= 1 else 1)
        image = Image.fromarray(np.clip(scaled, 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, image)
    return image if image.mode == mode else image.convert(mode)


def _fitted(image, height, width):
    """Brought to the size with its proportions kept, in the middle, on the colour of its border."""
    from PIL import Image  # noqa: PLC0415 - gate: only models that look at pictures need Pillow

    if image.size == (width, height):
        return _pixels(image)
    factor = min(width / image.size[0], height / image.size[1])
    inner = tuple(max(1, round(side * factor)) for side in image.size)
    made = _pixels(image.resize(inner, Image.Resampling.BILINEAR))
    edges = np.concatenate([made[0], made[-1], made[:, 0], made[:, -1]])
    whole = np.empty((height, width, made.shape[2]), np.uint8)
    whole[:] = np.median(edges, axis=0).astype(np.uint8)
    top, left = (height - inner[1]) // 2, (width - inner[0]) // 2
    whole[top : top + inner[1], left : left + inner[0]] = made
    return whole


def _pixels(image):
    values = np.asarray(image, dtype=np.uint8)
    return values[:, :, None] if values.ndim == 2 else values


def pictures(find, missed=None):
    """A function that `recipes.encode` asks: from a picture column's recipe and its values to pixels [rows, …].

    A picture that is not there or cannot be read is a plain one in the colour that the recipe calls `fill`.

    Args:
        find: From a picture's name to its bytes, or None where there is no such picture. Values may also be bytes.
        missed: A dict that is told the rows, by column, of pictures that were not there or could not be read.
    """

    def pixels(recipe, values):
        made = np.empty((len(values), *shape(recipe["parse"])), np.uint8)
        for place, value in enumerate(values):
            content = value if isinstance(value, bytes) else find(value) if value else None
            picture = read(content, recipe["parse"]) if content else None
            made[place] = recipe["fill"] if picture is None else picture
            if picture is None and missed is not None:
                missed.setdefault(recipe["column"], set()).add(place)
        return made

    return pixels


def nothing_seen(recipes, missed):
    """The rows of which the network saw nothing at all, so that its answer would say nothing."""
    columns = recipes["columns"]
    if any(recipe["kind"] != "image" for recipe in columns):
        return set()
    return set.intersection(*(missed.get(recipe["column"], set()) for recipe in columns))
