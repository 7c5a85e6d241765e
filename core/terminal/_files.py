"""Which files the commands take, for their helps."""

PACKED = "packed as gz, bz2, xz, zst or zip if need be"
TABLE = f"a CSV, Excel, JSON or Parquet file, {PACKED}"
TABLES = f"CSV, Excel, JSON or Parquet files, {PACKED}"
