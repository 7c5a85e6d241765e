"""The network as ONNX, so that answering needs only NumPy and ONNX Runtime."""

from pathlib import Path

from core import rewrite
from core.exports import _zip
from core.runs import Run
from core.words import mark

LABEL = mark("Python, small and fast")
HELP = mark("Answers anywhere that Python runs, without TensorFlow: it needs two small packages.")


def write(run: Run, out: Path) -> Path:
    """The zip, written into the folder `out`. Raises ExportError as long as there is no model."""
    return _zip.write(run, out, "onnx", "model.onnx", ("onnxruntime",), _weights_beside)


def _weights_beside(model: Path) -> dict[str, Path]:
    """The second file of a network that is too large for one, and that of the half that writes, where there is one."""
    decoder = model.with_name(rewrite.DECODER)
    beside = (model.with_name(f"{model.name}.data"), decoder, decoder.with_name(f"{decoder.name}.data"))
    return {file.name: file for file in beside if file.is_file()}
