"""What is made of the file with a network's weights: a kernel and a bias for each of its convolutions."""

from pathlib import Path
from types import ModuleType

import numpy as np

from core.backbones import KEPT, SHELF, Convolution
from core.errors import FileError
from core.pretrained import _hdf5_file, _torch_file
from core.words import mark

READERS = {".pth": _torch_file.read, ".h5": _hdf5_file.read}


def weights(name: str, path: Path, channels: int = 3) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Kernel and bias of each convolution by its name, batch normalization folded in.

    In use, batch normalization is a multiplication and an addition for each pattern: what the window finds times
    gamma / √(variance + ε), shifted by beta less that of the mean.

    Args:
        path: Where the file lies, as `core.pretrained.find` says.
        channels: 1 where pictures are grey: the windows of three equal channels add up.

    Raises:
        FileError: If the file is damaged, or holds the weights of something else.

    Source: Ioffe and Szegedy, "Batch Normalization", ICML 2015, algorithm 2.
    """
    network = SHELF[name]
    try:
        arrays = READERS[path.suffix](path)
        return {
            one.name: _folded(network, one, arrays, path.suffix, channels)
            for one in network.convolutions() if isinstance(one, Convolution)
        }  # fmt: skip
    except (OSError, ValueError, KeyError) as error:
        raise FileError(
            mark("“{file}” does not hold the weights of {network}.", file=path.name, network=network.LABEL),
            mark("Delete it from {folder}, and take it anew from where it came.", folder=str(path.parent)),
        ) from error


def _folded(
    network: ModuleType, one: Convolution, arrays: dict[str, np.ndarray], form: str, channels: int
) -> tuple[np.ndarray, np.ndarray]:
    kernel, gamma, beta, mean, variance = (
        arrays[network.kept(one.name, what)].astype(np.float64) for what in KEPT
    )
    if form == ".pth":  # [filters, channels, height, width]
        kernel = kernel.transpose((2, 3, 0, 1) if one.filters is None else (2, 3, 1, 0))
    factor = gamma / np.sqrt(variance + network.EPSILON)
    # Keras: [height, width, channels, filters], and [height, width, channels, 1] for each channel by itself.
    kernel = kernel * (factor[:, None] if one.filters is None else factor)
    bias = beta - mean * factor
    patterns = kernel.shape[2 if one.filters is None else 3]
    sizes = (one.kernel, one.kernel)
    if kernel.shape[:2] != sizes or bias.shape != (patterns,) or one.filters not in (None, patterns):
        raise ValueError(f"{one.name} has another form")
    if not (np.isfinite(kernel).all() and np.isfinite(bias).all()):
        raise ValueError(f"{one.name} holds what is no number")
    if not one.before and channels == 1:
        kernel = kernel.sum(axis=2, keepdims=True)
    return kernel.astype(np.float32), bias.astype(np.float32)
