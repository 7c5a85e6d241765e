"""What is said about a model that names labels."""

from collections.abc import Mapping
from typing import Any

from core.results._rounded import hundred
from core.words import Sentence, mark


def tell(results: Mapping[str, Any], target: Mapping[str, Any]) -> list[Sentence]:
    """How often all labels are right, and how many of them it finds."""
    metrics = results["metrics"]
    low, high = metrics["intervals"]["exact"]
    rows = results["labels"]
    present, found, alarms = (sum(entry[name] for entry in rows) for name in ("true", "found", "alarms"))
    return [
        mark(
            "Of 100 rows it has never seen, it names all labels of {right} without a mistake (between {low} and {high}); "
            "always naming the same would do so for {guess}.",
            right=hundred(metrics["test"]["exact"]), low=hundred(low), high=hundred(high),
            guess=hundred(metrics["baselines"]["most_frequent"]["exact"]),
        ),
        mark(
            "Of {count:,} labels in the test rows it finds {found:,}, and it names {alarms:,} that are not there.",
            count=present, found=found, alarms=alarms,
        ),
    ]  # fmt: skip
