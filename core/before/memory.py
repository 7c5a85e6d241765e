"""Not enough memory where it trains."""

from math import log2

from core.before._asked import Asked
from core.before._objection import Change, Objection
from core.graph import LayerReport
from core.graph.cost import COPIES_OF_OUTPUTS, COPIES_OF_WEIGHTS, given_numbers
from core.words import Sentence, mark

LABEL = mark("Memory")
GIGABYTE = 1_000_000_000
SHARE_TO_AIM_AT = 0.8  # of what there is: an estimate is no promise


def look(asked: Asked) -> list[Objection]:
    paid = asked.cost
    if paid.graphics > paid.graphics_total:
        return [_too_little(asked, paid.graphics, paid.graphics_total, _elsewhere(asked))]
    if paid.memory > paid.memory_total:
        return [_too_little(asked, paid.memory, paid.memory_total, ())]
    if paid.memory > paid.memory_free:
        what = mark(
            "Training takes about {need:,.1f} GB of memory, of which only {free:,.1f} GB are free now.",
            need=paid.memory / GIGABYTE, free=paid.memory_free / GIGABYTE,
        )  # fmt: skip
        fix = mark("Close other programs before you start, or make it smaller.")
        smaller = () if paid.graphics else _fewer_rows(asked, paid.memory, paid.memory_free)
        return [Objection("worry", what, fix, smaller)]
    return []


def _too_little(asked: Asked, need: int, there: int, elsewhere: tuple[Change, ...]) -> Objection:
    """It cannot work, and what would: fewer rows per step, or smaller layers, or the processor."""
    values = {"need": need / GIGABYTE, "there": there / GIGABYTE}
    if asked.device.uuid and need == asked.cost.graphics:
        what = mark(
            "Training would take about {need:,.1f} GB of memory, and {device} has {there:,.1f} GB.",
            device=asked.device.label, **values,
        )  # fmt: skip
    else:
        what = mark(
            "Training would take about {need:,.1f} GB of memory, and this machine has {there:,.1f} GB.",
            **values,
        )
    fewer = _fewer_rows(asked, need, there)
    fix = mark("Take fewer rows per step.") if fewer else _smaller_layers(asked)
    return Objection("cannot", what, fix, (*fewer, *elsewhere))


def _fewer_rows(asked: Asked, need: int, there: int) -> tuple[Change, ...]:
    """The largest power of two of rows per step that fits, if one does and it helps."""
    paid, now = asked.cost, min(asked.settings["batch_size"], asked.rows)
    training = need if paid.graphics else paid.training
    if training < need:  # writing the model takes the most, however many rows a step has
        return ()
    room = SHARE_TO_AIM_AT * there - (need - now * paid.a_row)
    rows = int(room // paid.a_row) if paid.a_row else 0
    if not 1 <= rows < now:
        return ()
    fitting = 2 ** int(log2(rows))
    label = mark("Take {count:,} row per step", plural="Take {count:,} rows per step", count=fitting)
    return (Change(label, {"batch_size": fitting}),)


def _smaller_layers(asked: Asked) -> Sentence:
    def weight(item: tuple[str, LayerReport]) -> int:
        held = COPIES_OF_OUTPUTS * given_numbers(item[1]) * asked.settings["batch_size"]
        return COPIES_OF_WEIGHTS * (item[1].weights or 0) + held

    name, _ = max(asked.report.layers.items(), key=weight)
    return mark("Make its layers smaller, “{layer}” first: that one takes most of it.", layer=name)


def _elsewhere(asked: Asked) -> tuple[Change, ...]:
    """The processor, where the machine's own memory would do."""
    paid = asked.cost
    fits = paid.memory + paid.graphics <= paid.memory_free
    return (Change(mark("Train on the processor"), device="cpu"),) if fits else ()
