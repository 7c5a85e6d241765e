"""LSTM whose weights are inputs of the graph: ONNX's own operation, which tf2onnx makes of constants only."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import tf2onnx.tfonnx
from tf2onnx.graph_builder import GraphBuilder
from tf2onnx.rewriter import lstm_tf2_rewriter
from tf2onnx.rewriter.lstm_rewriter import LSTMRewriter
from tf2onnx.utils import make_name

# Keras keeps input, forget, cell, output beside each other; ONNX wants input, output, forget, cell.
GATES = (0, 3, 1, 2)


@dataclass(frozen=True)
class Given:
    """A weight that is known by name only."""

    name: str


class Rewriter(LSTMRewriter):
    """Lays the weights out by operations where they are not constants; `onnx_weights` carries these out."""

    def process_weights_and_bias_per_layer(self, context: Any, i: int) -> None:
        weights = context.weights[i]
        if not any(isinstance(weight, Given) for weight in weights.values()):
            super().process_weights_and_bias_per_layer(context, i)
            return
        kernel, recurrent = self._name(weights["w"]), self._name(weights["r"])
        context.input_size[i], four_units = self.g.get_shape(kernel)
        context.hidden_size[i] = four_units // 4
        found = context.onnx_input_ids[i]
        found["W"], found["R"] = self._laid_out(kernel), self._laid_out(recurrent)
        bias = np.zeros(four_units, np.float32) if weights["bias"] is None else weights["bias"]
        found["B"] = self._bias(self._name(bias), four_units)

    def _name(self, weight: Any) -> str:
        if isinstance(weight, Given):
            return weight.name
        return self.g.make_const(make_name("weight"), weight, skip_conversion=True).output[0]

    def _laid_out(self, kernel: str) -> str:
        """From [numbers, 4 units] to [1, 4 units, numbers]."""
        turned = self._node("Transpose", [self._in_order(kernel, 1)], {"perm": [1, 0]})
        return GraphBuilder(self.g).make_unsqueeze({"data": turned, "axes": [0]})

    def _bias(self, bias: str, four_units: int) -> str:
        """From [4 units] to [1, 8 units]: ONNX adds two, Keras one."""
        none = self.g.make_const(make_name("none"), np.zeros(four_units, np.float32), skip_conversion=True)
        both = self._node("Concat", [self._in_order(bias, 0), none.output[0]], {"axis": 0})
        return GraphBuilder(self.g).make_unsqueeze({"data": both, "axes": [0]})

    def _in_order(self, weight: str, axis: int) -> str:
        units = self.g.get_shape(weight)[axis] // 4
        gates = [
            GraphBuilder(self.g).make_slice(
                {"data": weight, "starts": [at * units], "ends": [(at + 1) * units], "axes": [axis]}
            )
            for at in GATES
        ]
        return self._node("Concat", gates, {"axis": axis})

    def _node(self, kind: str, inputs: list[str], attributes: dict[str, Any]) -> str:
        return self.g.make_node(kind, inputs, attr=attributes, skip_conversion=True).output[0]


def understand_inputs() -> None:
    """From now on the converter makes ONNX's LSTM also of weights that are inputs."""
    by_constants, both_ways = tf2onnx.tfonnx.rewriter_lstm_tf2, tf2onnx.tfonnx.rewrite_bi_direction_lstm
    lstm_tf2_rewriter.LSTMRewriter = Rewriter

    def rewrite(graph: Any, nodes: list[Any]) -> list[Any]:
        def is_given(name: str) -> bool:
            return name in graph.input_names

        value, is_const = graph.get_tensor_value, graph.is_const
        graph.get_tensor_value = lambda name, as_list=True: (
            Given(name) if is_given(name) else value(name, as_list)
        )
        graph.is_const = lambda name: is_given(name) or is_const(name)
        try:
            return by_constants(graph, nodes)
        finally:
            del graph.get_tensor_value, graph.is_const

    def rewrite_both_ways(graph: Any, nodes: list[Any]) -> list[Any]:
        # Two that lie side by side calculate the same as one that reads both ways.
        weights = [node.inputs[place] for node in nodes if node.type == "LSTM" for place in (1, 2, 3)]
        return both_ways(graph, nodes) if all(weight.is_const() for weight in weights) else nodes

    tf2onnx.tfonnx.rewriter_lstm_tf2 = rewrite
    tf2onnx.tfonnx.rewrite_bi_direction_lstm = rewrite_both_ways
