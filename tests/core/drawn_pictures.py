"""Tiny pictures and archives for the tests."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image


def drawn(pixels: Any, form: str = "PNG", **more: Any) -> bytes:
    """A picture file of these pixels: uint8 [height, width] or [height, width, channels], or a Pillow image."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(np.asarray(pixels, np.uint8))
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def plain(colour: Any, height: int = 12, width: int = 12) -> bytes:
    """A PNG of one colour: a number for grey, three for colours, four with transparency."""
    return drawn(np.full((height, width, *np.shape(colour)), colour))


def bars(lying: bool, seed: int, side: int = 12) -> bytes:
    """A noisy grey picture with one bright bar, lying or standing."""
    random = np.random.default_rng(seed)
    pixels = random.integers(0, 60, (side, side))
    at = int(random.integers(2, side - 3))
    pixels[at : at + 2] += 180
    return drawn(pixels if lying else pixels.T)


def packed(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """A zip with these files in this order."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def bars_zip(path: Path, each: int = 30) -> Path:
    """Pictures of lying and of standing bars in two folders."""
    names = {f"bars/{'lying' if lying else 'standing'}/{n:02d}.png": bars(lying, 2 * n + lying)
             for n in range(each) for lying in (True, False)}  # fmt: skip
    return packed(path, dict(sorted(names.items())))
