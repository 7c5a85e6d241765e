"""What the checks say about every table in `../shared/data`, beside what a person who knows the table expects.

python -m benchmarks.health
"""

import time
from pathlib import Path

from benchmarks.table import show
from core import reading
from core.profile import profile

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
QUIET = {
    "identifier_as_input",
    "constant",
    "repeated_rows",
    "many_missing",
    "many_values",
    "few_rows",
    "near_copies",
}
# Faults that these tables are known for, by column; all other warnings are false alarms. What is only counted is left out.
EXPECTED = {
    "adult_income/adult_income.csv": {("stand_in_values", "capital-gain")},
    "cdnow_purchases/cdnow_purchases.csv": {("rows_of_one", "customer_id")},
    "diamonds/diamonds.csv": {("stand_in_values", "x")},
    "email_spam/email_spam.parquet": {
        ("damaged_text", "subject"), ("damaged_text", "body"), ("personal_data", "subject"), ("personal_data", "body"),
    },
    "house_prices_ames/house_prices_ames.csv": {("nearly_constant", "Street"), ("nearly_constant", "Utilities")},
    "lecture_ratings_eth/lecture_ratings_eth.csv": {("rows_of_one", "student")},
    "movielens_100k/items.csv": {("unreadable_numbers", "release_year")},
    "movielens_100k/ratings.csv": {("rows_of_one", "user_id")},
    "movielens_100k/users.csv": {("numbers_among_words", "zip_code")},
    "titanic/titanic.csv": {("personal_data", "name"), ("numbers_among_words", "ticket"), ("numbers_among_words", "boat")},
}  # fmt: skip


def main() -> None:
    rows = []
    for path in sorted([*DATA.glob("*/*.csv"), *DATA.glob("*/*.parquet")]):
        name = path.relative_to(DATA).as_posix()
        table = reading.read(path).table
        begun = time.perf_counter()
        facts = profile(table)
        seconds = time.perf_counter() - begun
        said = {(worry.check, worry.column) for worry in facts.worries if worry.check not in QUIET}
        expected = EXPECTED.get(name, set())
        rows.append([
            name, f"{len(table):,} × {len(table.columns)}", f"{seconds:.2f}", len(said & expected),
            _told(expected - said), _told(said - expected),
        ])  # fmt: skip
    show(["table", "size", "seconds", "found", "missed", "false alarms"], rows)


def _told(pairs: set[tuple[str, str]]) -> str:
    return ", ".join(f"{check}: {column}" for check, column in sorted(pairs)) or "–"


if __name__ == "__main__":
    main()
