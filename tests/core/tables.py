"""Made-up tables of text for the tests of preparation, comparison and results."""

import numpy as np
from pandas import DataFrame

from core.goal import Goal, Split

KINDS = {
    "age": "number",
    "plan": "category",
    "since": "date",
    "left": "category",
    "price": "number",
    "size": "category",
}


def customers(rows: int = 200, seed: int = 0, gaps: bool = True) -> DataFrame:
    """Customers whose plan and age decide whether they leave, what they pay, and their size."""
    random = np.random.RandomState(seed)
    age = random.randint(18, 80, rows)
    plan = random.choice(["basic", "pro", "gold"], rows, p=[0.6, 0.3, 0.1])
    left = random.rand(rows) < 0.1 + 0.6 * (plan == "basic") * (age < 45)
    price = 10 + 0.5 * age + 20 * (plan == "gold") + random.randn(rows)
    size = np.where(age < 35, "small", np.where(plan == "gold", "large", "medium"))
    days = random.randint(0, 1_500, rows)
    since = (np.datetime64("2020-01-01") + days.astype("timedelta64[D]")).astype(str)
    table = DataFrame(
        {"age": age.astype(str), "plan": plan, "since": since, "left": np.where(left, "Yes", "No"),
         "price": np.round(price, 2).astype(str), "size": size}
    ).astype(str)  # fmt: skip
    if gaps:
        table.loc[3, "age"] = ""
        table.loc[5, "plan"] = ""
        table.loc[7, ["left", "price", "size"]] = ""
    return table


def goal(
    target: str = "left", task: str = "yes_no", inputs: tuple[str, ...] = ("age", "plan", "since"), **split
) -> Goal:
    return Goal(target, task, inputs, KINDS, Split(**split))
