"""The tables that the question is put to, each with its target and the columns that would give the answer away."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Table:
    """One question.

    Args:
        name: What it is called here.
        target: The column whose answer is wanted.
        left_out: Columns that nobody may see: they give the answer away, or are the answer in another unit.
        file: Its folder and file below the data folder, where the name does not say it.
        task: An item of `core.tasks`; by itself, what the target suggests.
    """

    name: str
    target: str
    left_out: tuple[str, ...] = ()
    file: str = ""
    task: str = ""

    def path(self, data: Path) -> Path:
        return data / (self.file or f"{self.name}/{self.name}.csv")


TABLES = (
    Table("penguins", "Species"),
    Table("german_credit", "Class"),
    Table("titanic", "survived", ("boat", "body")),
    Table("house_prices_ames", "SalePrice"),
    Table("seattle_weather", "weather"),
    Table("hr_attrition", "Attrition"),
    Table("italy_power", "label", ("split",), "ucr_italypowerdemand/ucr_italypowerdemand.csv"),
    Table("telco_churn", "churn"),
    Table("bike_sharing_hourly", "bikers", ("casual", "registered")),
    Table("avocado_sales", "average_price"),
    Table("adult_income", "class"),
    Table("diamonds", "price"),
    Table(
        "nyc_flights_2013", "arr_delay", ("dep_delay", "dep_time", "arr_time", "air_time"),
        "nyc_flights_2013/nyc_flights_2013.parquet",
    ),
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}
