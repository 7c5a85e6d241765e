"""Which files the commands take, and which table of one."""

from argparse import ArgumentParser

PACKED = "packed as gz, bz2, xz, zst or zip if need be"
TABLE = f"a table (CSV, Excel, JSON, Parquet, Feather, SQLite, SPSS, Stata, SAS, a web page), {PACKED}"
TABLES = f"tables (CSV, Excel, JSON, Parquet, Feather, SQLite, SPSS, Stata, SAS, a web page), {PACKED}"


def part(parser: ArgumentParser) -> None:
    """Lets the user say which table is meant."""
    parser.add_argument(
        "--part", default="", metavar="NAME", help="which table of a file that holds several, such as a sheet"
    )
