"""Which files the commands take, for their helps."""

PACKED = "packed as gz, bz2, xz, zst or zip if need be"
TABLE = f"a table (CSV, Excel, JSON, Parquet, Feather, SQLite), {PACKED}"
TABLES = f"tables (CSV, Excel, JSON, Parquet, Feather, SQLite), {PACKED}"
