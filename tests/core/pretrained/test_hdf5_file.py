"""A file of Keras's older form is read by its layers' names, and leads nowhere else."""

from pathlib import Path

import numpy as np
import pytest

from core.pretrained._hdf5_file import read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    import h5py

    (tmp_path / "secret.bin").write_bytes(np.ones(4, np.float32).tobytes())
    with h5py.File(tmp_path / "other.h5", "w") as other:
        other["theirs"] = np.ones(3, np.float32)
    with h5py.File(tmp_path / "weights.h5", "w") as made:
        made["Conv1/Conv1/kernel:0"] = np.arange(6, dtype=np.float32).reshape(2, 3)
        made["deep/deep/depthwise_kernel:0"] = np.zeros((3, 3, 2, 1))
        made["note/note/words"] = "text"
        made["linked/away"] = h5py.ExternalLink(str(tmp_path / "other.h5"), "theirs")
        made.create_dataset(
            "outside/raw/kernel:0", (4,), np.float32, external=[(str(tmp_path / "secret.bin"), 0, 16)]
        )
    return tmp_path / "weights.h5"


def test_weights_are_called_by_their_layers(file: Path):
    found = read(file)
    assert set(found) == {"Conv1/kernel", "deep/kernel"}
    assert found["Conv1/kernel"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert found["deep/kernel"].dtype == np.float32


def test_what_is_no_such_file_is_refused(tmp_path: Path):
    (tmp_path / "weights.h5").write_bytes(b"nothing of the kind")
    with pytest.raises(OSError, match="signature"):
        read(tmp_path / "weights.h5")
