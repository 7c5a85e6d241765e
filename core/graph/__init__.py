"""Layers wired together: ordered, checked and measured, without TensorFlow."""

from core.graph.drawing import Graph, Layer

__all__ = ["Graph", "Layer"]
