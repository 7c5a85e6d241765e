"""Feather and Arrow files and streams, and what is broken in them."""

import random
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import feather, ipc, parquet

from core.errors import FileError
from core.reading import read
from tests.core.readers._broken import refused

TABLE = pa.table({
    "whole": pa.array([1, None, 2**62], pa.int64()), "real": [0.1, 1e300, None], "text": ["ä;b", None, ""],
    "day": [date(2024, 1, 31), None, date(1, 1, 1)], "at": pa.array([datetime(2024, 1, 31, 5), None, datetime(2024, 2, 1)], pa.timestamp("ns")),
    "money": [Decimal("1.50"), None, Decimal("-2.00")], "kind": pa.array(["a", "b", None]).dictionary_encode(),
    "yes": [True, None, False], "place": [{"city": "Rome", "at": {"x": 1}}, None, {"city": None, "at": {"x": 2}}],
    "view": pa.array(["x", None, "longer than twelve letters"], pa.string_view()), "bytes": [b"q", None, b"\xff"],
})  # fmt: skip
TEXTS = {
    "whole": ["1", "", "4611686018427387904"], "real": ["0.1", "1e+300", ""], "text": ["ä;b", "", ""],
    "day": ["2024-01-31", "", "0001-01-01"], "at": ["2024-01-31 05:00:00", "", "2024-02-01"],
    "money": ["1.50", "", "-2.00"], "kind": ["a", "b", ""], "yes": ["True", "", "False"], "place.city": ["Rome", "", ""],
    "place.at.x": ["1", "", "2"], "view": ["x", "", "longer than twelve letters"], "bytes": ["q", "", "�"],
}  # fmt: skip


def _write(path: Path, table: pa.Table, form: str) -> Path:
    if form == "stream":
        with ipc.new_stream(path, table.schema) as out:
            out.write_table(table, max_chunksize=500)
    elif form == "file":
        with ipc.new_file(path, table.schema) as out:
            out.write_table(table)  # in one piece, however many rows it says it has
    else:
        feather.write_feather(table, path, compression=form)
    return path


FORMS = ("stream", "file", "lz4", "zstd", "uncompressed")


@pytest.mark.parametrize("form", FORMS)
def test_values_become_texts_that_read_back_exactly(tmp_path: Path, form: str) -> None:
    reading = read(_write(tmp_path / "t.arrow", TABLE, form))
    assert (reading.how["reader"], reading.table.to_dict("list")) == ("arrow", TEXTS)


def test_what_pandas_writes_comes_back_cell_by_cell(tmp_path: Path) -> None:
    dice = random.Random(1)
    made = pd.DataFrame(
        {"x": [dice.random() for _ in range(300)], "s": [dice.choice("äbc中") for _ in range(300)]}
    )
    made.to_feather(tmp_path / "t.feather")
    table = read(tmp_path / "t.feather").table
    assert [float(x) for x in table["x"]] == made["x"].tolist()
    assert table["s"].tolist() == made["s"].tolist()


def test_a_file_of_arrow_is_known_by_its_content(tmp_path: Path) -> None:
    assert read(_write(tmp_path / "t.csv", TABLE, "file")).how["reader"] == "arrow"


@pytest.mark.parametrize("form", FORMS)
def test_an_arrow_file_that_is_cut_off_or_changed_gets_two_sentences(tmp_path: Path, form: str) -> None:
    table = pa.table({"a": list(range(999)), "s": [f"text {i}" for i in range(999)]})
    whole = _write(tmp_path / "whole", table, form).read_bytes()
    dice = random.Random(form)
    for damage in (len(whole) - 9, len(whole) // 2, 40, *range(40)):
        content = bytearray(whole)
        if damage >= 40:
            del content[damage:]
        else:
            for _ in range(20):
                content[dice.randrange(8, len(content))] = dice.randrange(256)
        (tmp_path / "t.arrow").write_bytes(content)
        if not refused(tmp_path / "t.arrow"):  # what is changed inside a cell cannot be noticed
            assert damage < 40 or form == "stream"


HOSTILE: dict[str, tuple[Callable[[], pa.Table], str]] = {
    "no rows": (lambda: pa.table({"a": pa.array([], pa.int64())}), "no rows"),
    "no columns": (lambda: pa.table({}), "no rows"),
    "billions of empty rows": (lambda: pa.table({"a": pa.Array.from_buffers(pa.null(), 2_000_000_000, [None])}), "more than can be used"),
    "many columns": (lambda: pa.table({f"c{i}": [1] for i in range(6000)}), "6,000 columns"),
    "many fields": (lambda: pa.table({"a": [{f"c{i}": 1 for i in range(6000)}]}), "6,000 columns"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_strange_arrow_file_gets_two_sentences(tmp_path: Path, case: str) -> None:
    make, expected = HOSTILE[case]
    with pytest.raises(FileError, match=expected):
        read(_write(tmp_path / "t.arrow", make(), "file"))


def test_a_text_that_points_outside_its_file_is_refused(tmp_path: Path) -> None:
    offsets = pa.py_buffer(b"".join(n.to_bytes(4, "little", signed=True) for n in (0, 2_000_000_000, 3)))
    wild = pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"abc")])
    with pytest.raises(FileError, match="damaged or cut off"):
        read(_write(tmp_path / "t.arrow", pa.table({"a": wild}), "file"))


def test_the_fields_of_a_record_in_parquet_get_columns_too(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"a": [{"b": 1, "c": {"d": "x"}}]}), tmp_path / "t.parquet")
    assert read(tmp_path / "t.parquet").table.to_dict("list") == {"a.b": ["1"], "a.c.d": ["x"]}
