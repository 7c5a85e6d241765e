"""Arrays from a file of Keras's older form: HDF5, each layer's weights in a group that is called like it."""

from pathlib import Path
from typing import Any

import numpy as np

MOST_BYTES = 400_000_000


def read(path: Path) -> dict[str, np.ndarray]:
    """The file's arrays by `<layer>/<weight>`.

    Raises:
        OSError: If it cannot be read as HDF5.
    """
    import h5py  # noqa: PLC0415 - gate: comes with Keras, and only for these files

    found: dict[str, np.ndarray] = {}

    def take(name: str, item: Any) -> None:
        # Links that lead out of the file are never followed by `visititems`.
        if not isinstance(item, h5py.Dataset) or item.external or item.is_virtual:  # numbers of other files
            return
        if item.dtype.kind == "f" and item.nbytes <= MOST_BYTES:
            *layers, weight = name.split("/")
            plain = weight.partition(":")[0].removeprefix("depthwise_")
            found[f"{layers[-1] if layers else ''}/{plain}"] = np.asarray(item, np.float32)

    with h5py.File(path, "r") as file:
        file.visititems(take)
    return found
