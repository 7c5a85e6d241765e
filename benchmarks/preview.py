"""How quickly the editor's preview answers: what comes out of a layer for a real row, through the page's own helper process.

    python -m benchmarks.preview [--repeats 15]

Telco churn; each network is asked about in a fresh helper that is warm. "New" is a drawing with sizes that this helper has not
seen, asked for its answer, so that all layers are computed; "changed" is one field of a layer in the middle, asked for the answer
again; "another layer" and "another row" are of the same drawing. Milliseconds until the answer has been read; "first" is the very
first question.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.editor import ready_project
from benchmarks.table import show
from core import home, prepare, projects
from core.graph import Graph, Layer
from core.prepare import Prepared
from core.templates import SHELF as TEMPLATES
from pages.parts import helpers

WHAT = ("new", "changed", "another layer", "another row")
LONGEST_WAIT = 120.0


def table(prepared: Prepared, size: int) -> Graph:
    """The template that the app suggests."""
    drawn = TEMPLATES["table_network"].graph(prepared.facts, {})
    return Graph(tuple(_widened(layer, size) for layer in drawn.layers))


def _widened(layer: Layer, size: int) -> Layer:
    field = {"dense": "units", "embedding": "output_dim"}.get(layer.kind)
    return replace(layer, fields={**layer.fields, field: size}) if field else layer


def convolution(_prepared: Prepared, size: int) -> Graph:
    """The numbers as a picture, and two convolutions over it."""
    return _chain(
        Layer("numbers", "input"),
        Layer("wide", "dense", fields={"units": 4 * size}),
        Layer("picture", "reshape", fields={"target_shape": [size, 4, 1]}),
        Layer("first", "conv_2d", fields={"filters": size}),
        Layer("second", "conv_2d", fields={"filters": size}),
        Layer("flat", "flatten"),
    )


def transformers(blocks: int) -> Callable[[Prepared, int], Graph]:
    """So many Transformer encoder blocks over the categories."""
    return lambda _prepared, size: _chain(
        Layer("categories", "input"),
        Layer("meaning", "embedding", fields={"output_dim": 2 * size}),
        *(
            Layer(f"block_{number}", "transformer_encoder", fields={"num_heads": 2})
            for number in range(blocks)
        ),
        Layer("flat", "flatten"),
    )


def dense(layers: int, different: bool = False) -> Callable[[Prepared, int], Graph]:
    """A drawing of so many layers, input and output included; alike, or each of another width."""

    def drawn(_prepared: Prepared, size: int) -> Graph:
        widths = (
            random.Random(size).sample(range(20, 20 + layers), layers - 2) if different else [size] * layers
        )
        hidden = (Layer(f"layer_{n}", "dense", fields={"units": widths[n]}) for n in range(layers - 2))
        return _chain(Layer("numbers", "input"), *hidden)

    return drawn


def _chain(*layers: Layer) -> Graph:
    made = [layers[0]]
    for layer in (*layers[1:], Layer("answer", "output")):
        made.append(replace(layer, inputs=(made[-1].name,)))
    return Graph(tuple(made))


NETWORKS = {
    "template for tables": table,
    "convolution": convolution,
    "Transformer block": transformers(1),
    "two Transformer blocks": transformers(2),
    "50 layers": dense(50),
    "200 layers": dense(200),
    "200 layers, all different": dense(200, different=True),
}


def changed(graph: Graph) -> tuple[Graph, str]:
    """One field of a layer in the middle changed, and what the layer is called."""
    fields = {"dense": "units", "conv_2d": "filters", "transformer_encoder": "dropout"}
    can = [layer.name for layer in graph.layers if layer.kind in fields]
    name = can[len(can) // 2]
    field = fields[graph[name].kind]
    other = 0.25 if field == "dropout" else 7
    made = (
        replace(layer, fields={**layer.fields, field: other}) if layer.name == name else layer
        for layer in graph.layers
    )
    return Graph(tuple(made)), name


def times(
    prepared: Prepared, drawn: Callable[[Prepared, int], Graph], repeats: int
) -> dict[str, list[float]]:
    """Milliseconds of each kind of question."""
    found: dict[str, list[float]] = {what: [] for what in WHAT}
    for number in range(repeats):
        graph = drawn(prepared, 20 + number)
        other, middle = changed(graph)
        output = next(layer.name for layer in graph.layers if layer.kind == "output")
        asked = ((graph, output, 0), (other, output, 0), (other, middle, 0), (other, output, 1))
        for what, (about, layer, row) in zip(WHAT, asked, strict=True):
            began = time.perf_counter()
            _ask(prepared, about, layer, row)
            found[what].append(1_000 * (time.perf_counter() - began))
    return found


def _ask(prepared: Prepared, graph: Graph, layer: str, row: int) -> None:
    question = {"graph": graph.to_json(), "layer": layer, "row": row, "run": ""}
    helpers.PREVIEW.ask({**question, "folder": str(home.folder("prepared") / prepared.id)})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=15)
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MODELYARD_HOME"] = folder
        prepared = prepare.load(projects.load(ready_project().id).prepared)
        for name, drawn in NETWORKS.items():
            _warm()
            found = times(prepared, drawn, args.repeats)
            helpers.PREVIEW.end()
            rows += [[name, what, *_line(taken)] for what, taken in found.items()]
    show(["network", "asked for", "first", "median", "90 %", "most"], rows)
    print(f"\nmilliseconds, {args.repeats} repeats")


def _warm() -> None:
    began = time.perf_counter()
    helpers.PREVIEW.begin()
    while not helpers.PREVIEW.ready and time.perf_counter() - began < LONGEST_WAIT:
        time.sleep(0.05)


def _line(taken: list[float]) -> list[str]:
    ninety = statistics.quantiles(taken, n=10, method="inclusive")[-1]
    return [f"{value:.0f}" for value in (taken[0], statistics.median(taken), ninety, max(taken))]


if __name__ == "__main__":
    main()
