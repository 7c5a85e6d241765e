"""The large weights of an ONNX file: put in after the conversion, which would hold each of them dozens of times."""

from collections.abc import Callable, Iterator, Mapping
from math import prod
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.reference import ReferenceEvaluator

# What only lays a weight out anew, and so may be done once for all when the file is written.
LAYS_OUT = {"Cast", "Concat", "Identity", "Reshape", "Slice", "Split", "Squeeze", "Transpose", "Unsqueeze"}
DATA = ".data"
Weight = Callable[[], np.ndarray]


def fill_in(made: onnx.ModelProto, weights: Mapping[str, Weight]) -> None:
    """Make initializers of the inputs that stand for weights, laid out as the network reads them.

    Args:
        weights: By the input's name, what gives the values; asked once, one after the other.
    """
    graph = made.graph
    given = [value for value in graph.input if value.name not in weights]
    del graph.input[:]
    graph.input.extend(given)
    laid_out = _laid_out(graph, weights)
    used = set(_names_read(graph))
    for name, weight in (weights | laid_out).items():
        if name in used:
            values = weight()
            kind = onnx.helper.np_dtype_to_tensor_dtype(values.dtype)
            # Filled in place: what is appended is copied, and not at all above 2 GB.
            graph.initializer.add(name=name, dims=values.shape, data_type=kind, raw_data=values.tobytes())
    for tensor in [tensor for tensor in graph.initializer if tensor.name not in used]:
        graph.initializer.remove(tensor)


def _laid_out(graph: onnx.GraphProto, weights: Mapping[str, Weight]) -> dict[str, Weight]:
    """By name, what comes out of the operations that only lay weights out; these are taken out of the graph."""
    constants: dict[str, Weight] = {
        tensor.name: lambda tensor=tensor: numpy_helper.to_array(tensor) for tensor in graph.initializer
    }
    known = constants | dict(weights)
    found: dict[str, Weight] = {}
    kept = []
    ends = {value.name for value in graph.output}
    for node in graph.node:
        names = {name for name in node.input if name}
        if node.op_type in LAYS_OUT and names <= known.keys() and ends.isdisjoint(node.output):
            parts = {name: known[name] for name in names}
            for place, name in enumerate(node.output):
                found[name] = known[name] = _result(node, place, parts)
        else:
            kept.append(node)
    del graph.node[:]
    graph.node.extend(kept)
    return found


def _result(node: onnx.NodeProto, place: int, parts: Mapping[str, Weight]) -> Weight:
    # Calculated where it is needed and not kept, so that one weight at a time is there twice.
    return lambda: ReferenceEvaluator(node).run(None, {name: part() for name, part in parts.items()})[place]


def _names_read(graph: onnx.GraphProto) -> Iterator[str]:
    """All names that the graph's operations, and the loops in it, read."""
    for node in graph.node:
        yield from node.input
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                yield from _names_read(attribute.g)
    yield from (value.name for value in graph.output)


def save(made: onnx.ModelProto, path: Path, most: int) -> None:
    """Write the file; weights that do not fit into one file of its kind lie beside it.

    Args:
        made: Must not be used afterwards.
        most: Bytes that one file can hold.
    """
    remove(path)  # of an earlier writing: ONNX would append to it
    if sum(map(_bytes, made.graph.initializer)) <= most:
        onnx.save(made, path)
    else:
        onnx.save(made, path, save_as_external_data=True, location=path.name + DATA)


def _bytes(tensor: onnx.TensorProto) -> int:
    # Of its shape: `ByteSize` writes it all, and fails above 2 GB.
    return prod(tensor.dims) * onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize


def remove(path: Path) -> None:
    """Take the network away, with the weights that lie beside it."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + DATA).unlink(missing_ok=True)
