"""What is known about a drawing, as the browser's editor shows it: plain data with sentences already spoken."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError
from core.graph import Graph, Layer, LayerReport, Report, explain, measure
from core.layers import SHELF
from pages.parts import layer_words, totals

Plain = dict[str, Any]


def measured(graph: Graph, facts: Mapping[str, Any], batch_size: int) -> Plain:
    """The graph measured and told; see `Report` in `frontend/src/editor/types.ts`."""
    return of(graph, measure(graph, facts), facts, batch_size)


def of(graph: Graph, report: Report, facts: Mapping[str, Any], batch_size: int) -> Plain:
    """The same of a report that is at hand."""
    return {
        "ok": report.ok,
        "layers": {
            layer.name: _layer(layer, report.layers[layer.name], report.weights) for layer in graph.layers
        },
        "faults": [fault(error) for error in report.errors],
        "totals": [vars(total) for total in totals.of(report, facts, batch_size)],
        "words": [str(sentence) for sentence in explain(graph, facts, report)],
    }


def fault(error: GraphError) -> Plain:
    """The two sentences, the layer that they belong to, and what the buttons beside them say."""
    mends = [str(mend.label) for mend in error.mends]
    brief = str(error.brief)
    return {
        "layer": error.layer,
        "what": str(error.what),
        "brief": brief[:1].upper() + brief[1:],
        "fix": str(error.fix),
        "mends": mends,
    }


def _layer(layer: Layer, report: LayerReport, whole: int) -> Plain:
    return {
        "shape": None if report.shape is None else list(report.shape),
        "codes": report.codes,
        "weights": report.weights,
        "share": (report.weights or 0) / whole if whole else 0.0,
        "waits": report.waits_for,
        "fault": fault(report.error) if report.error else None,
        "fields": dict(report.fields),
        "gives": layer_words.gives(report),
        "weighs": layer_words.weighs(report),
        "about": layer_words.about(report),
        "sentence": layer_words.sentence(layer, report),
        "block": layer.kind in SHELF and hasattr(SHELF[layer.kind], "layers"),
    }
