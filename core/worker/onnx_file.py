"""The network as an ONNX file: our own freezing, named inputs, any number of rows, and a check against Keras."""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
from keras.src.export.tf2onnx_lib import patch_tf2onnx
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from core.answer import rows_at_once
from core.errors import ExportError
from core.words import mark
from core.worker import onnx_lstm, onnx_weights

OPSET = 18
OUTPUT = "output"
TOLERANCE = 1e-4
LARGE_FROM = 4_096
IN_ONE_FILE = 2**31 - 2**20  # Protocol Buffers hold 2 GB


def write(
    model: keras.Model,
    path: Path,
    dtypes: Mapping[str, str] | None = None,
    *,
    outputs: Sequence[str] = (OUTPUT,),
    large_from: int = LARGE_FROM,
    in_one_file: int = IN_ONE_FILE,
) -> None:
    """Write the network; its inputs keep their names and its output is called `output`, or several as `outputs` says.

    Args:
        dtypes: What comes in, by input, where that is not what the network calculates with: pixels are bytes.
        large_from: Weights with so many numbers or more are kept out of the conversion.
        in_one_file: Bytes; of a larger network, the weights lie in a second file beside the first.
    """
    tensors = model.inputs
    names = [tensor.name for tensor in tensors]
    given_as = {tensor.name: tensor.dtype for tensor in tensors} | dict(dtypes or {})
    specs = [tf.TensorSpec(tensor.shape, given_as[tensor.name], name=tensor.name) for tensor in tensors]
    large = [variable for variable in model.variables if variable.value.shape.num_elements() >= large_from]
    made, inputs = converted(lambda given: model(given, training=False), model, specs, large)
    of_data, of_weights = inputs[: len(names)], inputs[len(names) :]
    called = zip([one.name for one in made.graph.output], outputs, strict=True)
    rename(made, {**dict(zip(of_data, names, strict=True)), **dict(called)})
    for value in (*made.graph.input, *made.graph.output):
        value.type.tensor_type.shape.dim[0].dim_param = "rows"
    onnx_weights.fill_in(
        made,
        {name: partial(np.asarray, variable) for name, variable in zip(of_weights, large, strict=True)},
    )
    onnx_weights.save(made, path, in_one_file)
    del made  # before the checker reads the file
    onnx.checker.check_model(path)


def converted(
    call: Callable[[list[tf.Tensor]], Any],
    model: keras.Model,
    specs: list[tf.TensorSpec],
    large: list[keras.Variable],
) -> tuple[onnx.ModelProto, list[str]]:
    """The network with its large weights as further inputs, and the names of all inputs, in order.

    Args:
        call: What the network is asked to do with tensors such as `specs`.
    """

    def answer(*given: tf.Tensor) -> Any:
        values = zip(large, given[len(specs) :], strict=True)
        with keras.StatelessScope(state_mapping=list(values)):
            return call(list(given[: len(specs)]))

    # The shipped exporter leaves constants as inputs and dropout switched on; freezing with training=False does not.
    frozen_call = tf.function(answer, autograph=False)
    further = [tf.TensorSpec(one.shape, one.dtype, f"weight_{number}") for number, one in enumerate(large)]
    with _nothing_left_out(model):
        # Loops that are taken apart cannot be put together again as ONNX's own, which recurrent layers need.
        frozen = convert_variables_to_constants_v2(
            frozen_call.get_concrete_function(*specs, *further), lower_control_flow=False
        )
    # Frozen inputs keep the order of the arguments.
    inputs = [tensor.name for tensor in frozen.inputs]
    with warnings.catch_warnings():  # the converter warns about its own insides
        warnings.simplefilter("ignore")
        made, _ = _converter().convert.from_graph_def(
            frozen.graph.as_graph_def(),
            input_names=inputs,
            output_names=[tensor.name for tensor in frozen.outputs],
            opset=OPSET,
        )
    return made, inputs


@contextmanager
def _nothing_left_out(model: keras.Model) -> Iterator[None]:
    """While this lasts, no recurrent layer throws dice: Keras does so even where it then does not look at them."""
    cells = [layer.cell for layer in model._flatten_layers() if isinstance(layer, keras.layers.RNN)]
    shares = [(cell, cell.dropout, cell.recurrent_dropout) for cell in cells]
    try:
        for cell, _, _ in shares:
            cell.dropout = cell.recurrent_dropout = 0.0
        yield
    finally:
        for cell, share, recurrent_share in shares:
            cell.dropout, cell.recurrent_dropout = share, recurrent_share


@lru_cache
def _converter() -> ModuleType:
    """tf2onnx, patched for NumPy 2 by Keras, with the one operation that it lacks for our layers."""
    import tf2onnx  # noqa: PLC0415 - it must be patched before it is used
    from tf2onnx.handler import tf_op  # noqa: PLC0415 - the same

    patch_tf2onnx()
    onnx_lstm.understand_inputs()

    @tf_op("Erfc")
    class ErrorFunctionComplement:  # in GELU
        @classmethod
        def version_9(cls, graph: Any, node: Any, **_: Any) -> None:
            inner = graph.make_node("Erf", [node.input[0]])
            one = graph.make_const(f"{node.name}_one", np.array(1.0, np.float32))
            graph.remove_node(node.name)
            graph.make_node(
                "Sub", [one.output[0], inner.output[0]], outputs=list(node.output), name=node.name
            )

    return tf2onnx


def rename(made: onnx.ModelProto, names: Mapping[str, str]) -> None:
    """Call inputs, outputs and what else is named so by other names."""
    for value in (*made.graph.input, *made.graph.output):
        value.name = names.get(value.name, value.name)
    for node in made.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]


def predictor(path: Path) -> Callable[[dict[str, np.ndarray]], np.ndarray]:
    """A function from arrays by input to the network's outputs [rows, units]."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [given.name for given in session.get_inputs()]

    def predict(inputs: dict[str, np.ndarray]) -> np.ndarray:
        rows, each = len(inputs[names[0]]), rows_at_once(session)
        cuts = range(0, max(rows, 1), each)
        parts = ({name: np.asarray(inputs[name][at : at + each]) for name in names} for at in cuts)
        return np.concatenate([session.run([OUTPUT], part)[0] for part in parts])

    return predict


def check(path: Path, inputs: dict[str, np.ndarray], expected: np.ndarray) -> float:
    """The largest difference between the file's answers and the network's on the same rows.

    Args:
        inputs: Arrays by input; the network may use only some.
        expected: What Keras says.

    Raises:
        ExportError: If they differ by more than rounding; then the file is not kept.
    """
    got = predictor(path)(inputs)
    difference = float(np.abs(got - expected).max()) if got.shape == expected.shape else float("inf")
    if not difference <= TOLERANCE:
        onnx_weights.remove(path)
        raise ExportError(
            mark(
                "The network written for use outside answers differently, by {difference:.2g}.",
                difference=difference,
            ),
            mark("Take the last changed layer out of the drawing and train again."),
        )
    return difference
