from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from core.reading import read


def _column(tmp_path: Path, values: list, kind: pa.DataType | None = None) -> list[str]:
    parquet.write_table(pa.table({"x": pa.array(values, kind)}), tmp_path / "a.parquet")
    return read(tmp_path / "a.parquet").table["x"].tolist()


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([1, None, -3], pa.int64(), ["1", "", "-3"]),
        ([1, 2**63], pa.uint64(), ["1", "9223372036854775808"]),
        ([0.1, 1.0, 1e300, None], pa.float64(), ["0.1", "1.0", "1e+300", ""]),
        ([float("nan"), 2.5], pa.float64(), ["", "2.5"]),
        (["a", None, "NA"], pa.string(), ["a", "", "NA"]),
        (["a", None, "a"], pa.dictionary(pa.int32(), pa.string()), ["a", "", "a"]),
        ([True, False, None], pa.bool_(), ["True", "False", ""]),
        ([date(2024, 1, 31), None], pa.date32(), ["2024-01-31", ""]),
        ([datetime(2024, 1, 31), datetime(2024, 1, 31, 5, 6, 7)], pa.timestamp("us"), ["2024-01-31", "2024-01-31 05:06:07"]),
        ([datetime(2024, 1, 31, 5, tzinfo=UTC)], pa.timestamp("us", "UTC"), ["2024-01-31 05:00:00+00:00"]),
        ([Decimal("1.50"), None], pa.decimal128(10, 2), ["1.50", ""]),
        ([[1, 2], None], pa.list_(pa.int64()), ["[1, 2]", ""]),
        ([None, None], pa.null(), ["", ""]),
    ],
)  # fmt: skip
def test_values_become_texts_that_read_back_exactly(
    tmp_path: Path, values: list, kind: pa.DataType, texts: list
) -> None:
    assert _column(tmp_path, values, kind) == texts


def test_every_float_reads_back_exactly(tmp_path: Path) -> None:
    values = [1 / n for n in range(1, 2000)]
    assert [float(text) for text in _column(tmp_path, values)] == values


def test_same_names_are_made_unique(tmp_path: Path) -> None:
    table = pa.table([pa.array([1]), pa.array([2])], names=["a", "a"])
    parquet.write_table(table, tmp_path / "a.parquet")
    assert list(read(tmp_path / "a.parquet").table.columns) == ["a", "a_2"]


def test_bytes_that_are_no_text_are_shown_as_such(tmp_path: Path) -> None:
    broken = pa.array([b"ok", b"\xff\x99", None]).cast(pa.binary()).view(pa.string())
    parquet.write_table(pa.table({"x": broken}), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet").table["x"].tolist() == ["ok", "��", ""]
