"""The changes that signs offer, each made in one place so that it is called the same everywhere."""

from core.signs._sign import Change
from core.words import mark


def smaller_steps(from_best: bool = False) -> Change:
    """A third of the learning rate, or the automatic one if that is smaller still."""
    return Change(
        "smaller_steps", mark("Smaller steps"), mark("smaller steps"),
        {"learning_rate": {"times": 1 / 3}}, from_best=from_best,
    )  # fmt: skip


def larger_steps() -> Change:
    """Three times the learning rate, or the automatic one if that is larger still."""
    return Change(
        "larger_steps", mark("Larger steps"), mark("larger steps"), {"learning_rate": {"times": 3.0}}
    )


def clipping(from_best: bool = False) -> Change:
    """Steps that single rows cannot make long."""
    return Change(
        "clipping", mark("Cut long steps shorter"), mark("shorter longest step"),
        {"global_clipnorm": {"times": 0.25}}, from_best=from_best,
    )  # fmt: skip


def more_dropout() -> Change:
    """More of the numbers left out at random."""
    return Change("more_dropout", mark("More dropout"), mark("more dropout"), drawing="more_dropout")


def more_decay() -> Change:
    """A stronger pull of the weights towards zero."""
    return Change(
        "more_decay", mark("More weight decay"), mark("more weight decay"), {"weight_decay": {"times": 5.0}}
    )


def smaller_network() -> Change:
    """Half as many units."""
    return Change("smaller_network", mark("Smaller network"), mark("smaller network"), drawing="smaller")


def larger_network() -> Change:
    """Twice as many units."""
    return Change("larger_network", mark("Larger network"), mark("larger network"), drawing="larger")


def fewer_epochs(best: int) -> Change:
    """Not many epochs more than the best one was."""
    return Change(
        "fewer_epochs",
        mark("Fewer epochs"),
        mark("fewer epochs"),
        {"epochs": {"to": best + max(2, best // 4)}},
    )


def class_weights() -> Change:
    """Rows with rare answers count more."""
    return Change(
        "class_weights", mark("Let rare answers count more"), mark("rare answers count more"),
        {"class_weight": {"to": "balanced"}},
    )  # fmt: skip


def longer(seen: int, more: int) -> Change:
    """Going on where it ended, for so many epochs more."""
    label = mark("Go on for {count} more epoch", plural="Go on for {count:,} more epochs", count=more)
    return Change("longer", label, mark("longer"), goes_on=True, epochs=seen + more)


def more_time() -> Change:
    """Going on where it ended, for as many minutes again."""
    return Change("longer", mark("Go on for as long again"), mark("longer"), goes_on=True)
