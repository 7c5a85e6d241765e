"""Made-up histories for the examples of the shelf; noise is a fixed row of numbers, so that they never change."""

from collections.abc import Callable, Sequence
from typing import Any

from core.signs._history import History

NOISE = (0.3, -0.8, 0.5, 0.9, -0.4, -0.2, 0.7, -0.9, 0.1, -0.5, 0.8, -0.1, 0.4, -0.7, 0.6, -0.3)
GUESS = 0.58


def noisy(count: int, curve: Callable[[int], float], noise: float = 0.004) -> list[float]:
    """The values of a curve at the epochs 1, 2, …, a little off."""
    return [curve(epoch) + noise * NOISE[(3 * epoch) % len(NOISE)] for epoch in range(1, count + 1)]


def history(
    train: Sequence[float],
    val: Sequence[float],
    state: str = "running",
    *,
    guess: float | None = GUESS,
    epochs: int = 120,
    failed: dict[str, Any] | None = None,
    **metrics: Sequence[float],
) -> History:
    """A training with these losses.

    Args:
        guess: The loss of always giving the same answer; None where it is not known.
        epochs: At most so many were allowed.
        failed: The event that tells why it failed.
        metrics: More curves, by name.
    """
    begin = {"kind": "begin", "epochs": epochs, "minutes": 10.0, "patience": 12, "learning_rate": 0.001}
    if guess is not None:
        begin |= {"guess_loss": guess, "guess_val_loss": guess}
    told = [
        {"epoch": place + 1, "loss": loss, "val_loss": val[place], "spent": float(place + 1)}
        | {name: values[place] for name, values in metrics.items()}
        for place, loss in enumerate(train)
    ]
    return History(begin, told, {} if failed is None else {"failed": failed}, state)


def falling(count: int, to: float = 0.42, noise: float = 0.002) -> list[float]:
    """A loss that falls ever more slowly, as it should."""
    return noisy(count, lambda epoch: to + 0.16 * 0.75**epoch, noise)


def turning(count: int, at: int = 7, by: float = 0.012, best: float = 0.43) -> list[float]:
    """A loss that falls until an epoch and rises from there."""
    return noisy(count, lambda e: best + (0.02 * (at - e) if e < at else by * (e - at)), 0.001)


def flat(count: int, level: float = GUESS, noise: float = 0.003) -> list[float]:
    """A loss that stays where it is."""
    return noisy(count, lambda epoch: level, noise)


def jumping(count: int, level: float = 0.5, by: float = 0.4) -> list[float]:
    """A loss that falls, and leaps up every few epochs."""
    return [value + (by if place % 5 == 4 else 0.0) for place, value in enumerate(falling(count, level))]
