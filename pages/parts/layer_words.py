"""What a layer gives and weighs, in words: on its box, for the pointer that rests on it, for who cannot see it."""

from collections.abc import Sequence

from core.graph import Layer, LayerReport
from core.layers import SHELF
from core.words import say


def label(layer: Layer) -> str:
    """What its kind is called; an unknown kind as it is."""
    return str(SHELF[layer.kind].LABEL) if layer.kind in SHELF else layer.kind


def gives(report: LayerReport) -> str:
    """What comes out of it, such as "64 numbers", or why that cannot be known."""
    if report.error:
        return say("Needs mending")
    if report.waits_for or report.shape is None:
        return say("Waits for {layer}", layer=report.waits_for)
    sizes = " × ".join(f"{size:,}" for size in report.shape)
    if report.codes and report.fields.get("view"):
        return say(
            "{count} token",
            plural="{sizes} tokens",
            count=_total(report.shape[:1]),
            sizes=f"{report.shape[0]:,}",
        )
    if report.codes:
        return say("{count} category", plural="{sizes} categories", count=_total(report.shape), sizes=sizes)
    return say("{count} number", plural="{sizes} numbers", count=_total(report.shape), sizes=sizes)


def weighs(report: LayerReport) -> str:
    """How many weights it has; empty where it has none."""
    if report.error or not report.weights:
        return ""
    return say("{count} weight", plural="{count:,} weights", count=report.weights)


def about(report: LayerReport) -> str:
    """The same as far as there is room for it on a small box: three figures."""
    if report.error or not report.weights or report.weights < 10_000:
        return weighs(report)
    if report.weights < 999_500:
        return say("{thousands:.3g}k weights", thousands=report.weights / 1e3)
    return say("{millions:,.1f} M weights", millions=report.weights / 1e6)


def sentence(layer: Layer, report: LayerReport) -> str:
    """All about one layer: what a pointer that rests on it is told, and who cannot see the picture."""
    if report.error:
        return str(report.error)
    if weights := weighs(report):
        return say("{label} “{name}”: {gives}, {weights}.", label=label(layer), name=layer.name,
                   gives=gives(report), weights=weights)  # fmt: skip
    return say("{label} “{name}”: {gives}.", label=label(layer), name=layer.name, gives=gives(report))


def size(amount: float) -> str:
    """An amount of bytes, such as "1.2 MB"."""
    if amount < 1e3:
        return say("{count} byte", plural="{count:,} bytes", count=round(amount))
    if amount < 1e6:
        return say("{size:,.1f} KB", size=amount / 1e3)
    if amount < 1e9:
        return say("{size:,.1f} MB", size=amount / 1e6)
    return say("{size:,.1f} GB", size=amount / 1e9)


def _total(shape: Sequence[int]) -> int:
    return 1 if all(size == 1 for size in shape) else 2
