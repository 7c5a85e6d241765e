"""What the kinds share that leave out a share of the numbers at random while training."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal
from core.layers._sizes import ANY_DROPOUT, DROPOUT, by_facts, fill_in
from core.words import mark

# Keras has no default.
FIELDS = {
    "rate": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, auto=True, main=True,
        help=mark("More makes it harder to learn rows by heart, and slower to learn at all."),
    ),
}  # fmt: skip


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `rate`, from the number of training rows."""
    return fill_in(fields, "rate", by_facts(DROPOUT, facts, ANY_DROPOUT))
