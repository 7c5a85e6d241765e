"""The network as ONNX, so that answering needs only NumPy and ONNX Runtime."""

from pathlib import Path

from core.exports import _zip
from core.runs import Run
from core.words import mark

LABEL = mark("Python, small and fast")
HELP = mark("Answers anywhere that Python runs, without TensorFlow: it needs two small packages.")


def write(run: Run, out: Path) -> Path:
    """The zip, written into the folder `out`. Raises ExportError as long as there is no model."""
    return _zip.write(run, out, "onnx", "model.onnx", ("onnxruntime",))
