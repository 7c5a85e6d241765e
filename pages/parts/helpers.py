"""The helper processes that pages ask; one of each for the whole page process."""

from core.asked import Helper

# ONNX Runtime would make the page process a fifth larger.
MODEL = Helper("core.answering")
