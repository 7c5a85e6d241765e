"""A file of PyTorch's older form is read as data, and nothing in it is ever run."""

import struct
from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.pretrained import _torch_file
from core.pretrained._torch_file import RefusedError, read

MAGIC = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."
PROTOCOL, MACHINE = b"\x80\x02M\xe9\x03.", b"\x80\x02}."


def text(value: str) -> bytes:
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def small(value: int) -> bytes:
    return b"K" + bytes([value])


def array(key: str, shape: tuple[int, ...], steps: tuple[int, ...], count: int, offset: int = 0) -> bytes:
    """The operations that make an array, as PyTorch writes them."""
    rows = [b"(" + b"".join(map(small, numbers)) + b"t" for numbers in (shape, steps)]
    stored = (
        b"("
        + text("storage")
        + b"ctorch\nFloatStorage\n"
        + text(key)
        + text("cpu")
        + small(count)
        + b"Nt"
        + b"Q"
    )
    given = (
        b"(" + stored + small(offset) + rows[0] + rows[1] + b"\x89" + b"ccollections\nOrderedDict\n)R" + b"t"
    )
    return b"ctorch._utils\n_rebuild_tensor_v2\n" + given + b"R"  # fmt: skip


def file(path: Path, described: bytes, numbers: dict[str, np.ndarray], key_list: bytes = b"") -> Path:
    keys = key_list or b"\x80\x02](" + b"".join(map(text, numbers)) + b"e."
    raw = b"".join(struct.pack("<q", len(some)) + some.astype("<f4").tobytes() for some in numbers.values())
    path.write_bytes(MAGIC + PROTOCOL + MACHINE + described + keys + raw)
    return path


def named(arrays: dict[str, bytes]) -> bytes:
    inside = b"".join(text(name) + made for name, made in arrays.items())
    return b"\x80\x02ccollections\nOrderedDict\n)R(" + inside + b"u."


def test_arrays_come_out_in_their_shapes_also_where_they_lie_turned(tmp_path: Path):
    numbers = np.arange(12)
    made = {"whole": array("1", (3, 4), (4, 1), 12), "turned": array("1", (4, 3), (1, 4), 12),
            "part": array("1", (2,), (1,), 12, offset=5)}  # fmt: skip
    found = read(file(tmp_path / "a.pth", named(made), {"1": numbers}))
    assert found["whole"].tolist() == numbers.reshape(3, 4).tolist()
    assert found["turned"].tolist() == numbers.reshape(3, 4).T.tolist()
    assert found["part"].tolist() == [5, 6]


@pytest.mark.parametrize(
    "described",
    [
        b"\x80\x02cos\nsystem\n" + text("touch made_by_a_file") + b"\x85R.",
        b"\x80\x02cbuiltins\neval\n" + text("1") + b"\x85R.",
        b"\x80\x02}" + text("a") + b"ccollections\nOrderedDict\n" + text("x") + b"\x85Rs.",
        b"\x80\x02(i__main__\nExploit\n.",
        b"\x80\x02.",
        b"\x80\x02}" + text("a") + b"\x80\x02\x93s.",
        named({"a": array("1", (200, 200), (200, 1), 12)}),
        named({"a": array("1", (12,), (2,), 12)}),
        named({"a": array("1", (12,), (1,), 12, offset=1)}),
        named({"a": array("1", (12,), (1,), 13)}),
        named({"a": array("2", (12,), (1,), 12)}),
        b"\x80\x02" + b"N0" * 5 + b"N.",
    ],
)  # fmt: skip
def test_anything_but_arrays_is_refused_and_not_run(
    tmp_path: Path, described: bytes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RefusedError):
        read(file(tmp_path / "a.pth", described, {"1": np.arange(12)}))
    assert [path.name for path in tmp_path.iterdir()] == ["a.pth"]


def test_a_file_that_ends_too_early_or_is_something_else_is_refused(tmp_path: Path):
    path = file(tmp_path / "a.pth", named({"a": array("1", (12,), (1,), 12)}), {"1": np.arange(12)})
    whole = path.read_bytes()
    for broken in (whole[:-1], whole[:60], whole[:20], b"", b"PK\x03\x04", b"\x80\x02K\x01." * 9, whole[3:]):
        path.write_bytes(broken)
        with pytest.raises(RefusedError):
            read(path)


def test_the_package_that_brings_weights_is_read_whole():
    path = pretrained.find("efficientnet_lite0")
    assert path is not None
    found = _torch_file.read(path)
    assert found["_conv_stem.weight"].shape == (32, 3, 3, 3)
    assert found["_fc.weight"].shape == (1000, 1280)
    assert sum(array.size for name, array in found.items() if "num_batches" not in name) == 4_694_024
