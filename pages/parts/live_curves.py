"""The part of the moving panel that draws the curves: loss and every metric, by epoch and by step."""

from typing import Any

from core.runs import Run
from pages.parts.curves import Curves


def told(run: Run, followed: Curves) -> dict[str, Any]:
    """All points that the browser draws."""
    return followed.picture()
