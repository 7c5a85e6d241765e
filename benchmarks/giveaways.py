"""Which columns are said to give the answer away, for every question that `../shared/data` is made for.

Beside them stands what a person who knows the tables expects: the traps that `../shared/data/README.md` names,
and a flight's real time of departure, which nobody knows before it either.

python -m benchmarks.giveaways
"""

import time
from pathlib import Path

from benchmarks.table import show
from core import giveaway, reading, suggest
from core.profile import profile

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
# File, target, columns that give the answer away.
QUESTIONS = [
    ("adult_income/adult_income.csv", "class", set()),
    ("avocado_sales/avocado_sales.csv", "average_price", set()),
    ("bike_sharing_hourly/bike_sharing_hourly.csv", "bikers", {"casual", "registered"}),
    ("diamonds/diamonds.csv", "price", set()),
    ("email_spam/email_spam.parquet", "label", {"group"}),
    ("german_credit/german_credit.csv", "Class", set()),
    ("house_prices_ames/house_prices_ames.csv", "SalePrice", set()),
    ("hr_attrition/hr_attrition.csv", "Attrition", set()),
    ("lecture_ratings_eth/lecture_ratings_eth.csv", "rating", set()),
    ("nyc_flights_2013/nyc_flights_2013.parquet", "arr_delay", {"dep_time", "dep_delay", "arr_time", "air_time"}),
    ("penguins/penguins.csv", "Species", set()),
    ("seattle_weather/seattle_weather.csv", "weather", set()),
    ("telco_churn/telco_churn.csv", "churn", set()),
    ("titanic/titanic.csv", "survived", {"boat", "body"}),
]  # fmt: skip


def main() -> None:
    rows = []
    for name, target, expected in QUESTIONS:
        table = reading.read(DATA / name).table
        facts = profile(table)
        goal = suggest.suggest(facts, target).goal
        begun = time.perf_counter()
        worries = giveaway.look_at(table, goal)
        seconds = time.perf_counter() - begun
        said = {worry.column for worry in worries}
        kept_out = expected - set(goal.inputs)
        rows.append([
            f"{name.split('/')[0]} → {target}", goal.task, f"{seconds:.2f}", _told(said & expected), _told(kept_out),
            _told(expected - said - kept_out), _told(said - expected),
        ])  # fmt: skip
    show(["question", "task", "seconds", "named", "no input anyway", "not named", "false alarms"], rows)


def _told(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "–"


if __name__ == "__main__":
    main()
