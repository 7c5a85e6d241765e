"""What a baseline for translating or rewriting is asked."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RewritingQuestion:
    """The same question that the network was asked.

    Args:
        sources: The texts of the training rows.
        targets: What they become there, as many.
        asked: New texts.
    """

    sources: Sequence[str]
    targets: Sequence[str]
    asked: Sequence[str]
