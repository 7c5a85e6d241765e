"""Layers wired together: ordered, checked and measured, without TensorFlow."""

from core.graph.blocks import opened, stands_for, wrapped
from core.graph.cost import operations, training_memory
from core.graph.difference import difference
from core.graph.drawing import Graph, Layer
from core.graph.explain import explain
from core.graph.fits import fits
from core.graph.measure import LayerReport, Report, measure, resolve
from core.graph.mend import mended
from core.graph.order import order
from core.graph.wiring import sources

__all__ = [
    "Graph", "Layer", "LayerReport", "Report", "difference", "explain", "fits", "measure", "mended", "opened",
    "operations", "order", "resolve", "sources", "stands_for", "training_memory", "wrapped",
]  # fmt: skip
