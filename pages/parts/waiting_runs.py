"""The line of runs that wait for a device."""

from core.runs import Run


def draw(shown: Run) -> None:
    """The runs that wait, in their order; nothing where none does.

    Args:
        shown: The run that the page shows.
    """
