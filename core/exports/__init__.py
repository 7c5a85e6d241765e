"""A shelf: ways to take a model away, each with its proof."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("export"))
# Those first that most people need.
ORDER = ("python_zip", "web_page", "keras_zip", "onnx_file", "model_card", "run_file")
