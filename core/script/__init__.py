"""The drawing as a Keras script that runs as it stands, under the names that the user gave."""

from collections.abc import Mapping
from typing import Any

from core.graph import Graph, Layer, LayerReport, Report, measure, opened, order
from core.graph.pretrained import encodes_sentences, pretrained
from core.layers import SHELF, UNDECAYED, Made
from core.script import _literals as literals
from core.script import _own as own
from core.script._names import variables
from core.tasks import SHELF as TASKS
from core.templates import SHELF as TEMPLATES
from core.templates import default_for

MEMBERS = "MembersModel"  # of our own: lets each member learn from its own answer
END = """\
if __name__ == "__main__":
    model.summary()
"""


def script(graph: Graph, facts: Mapping[str, Any], training: Mapping[str, Any] | None = None) -> str:
    """Python that makes and compiles the same model as `core.worker.build` does.

    Args:
        facts: As for `measure`, with the task.
        training: `learning_rate` and `weight_decay`; what is left out or None is what the template takes.

    Raises:
        GraphError: The first thing that keeps the graph from working.
    """
    for error in measure(graph, facts).errors:
        raise error
    flat = opened(graph, facts)
    report = measure(flat, facts)
    for error in report.errors:
        raise error
    layers = order(flat)
    classes = _own_classes(layers, report.layers)
    loss = TASKS[facts["task"]]
    needed = own.source([*classes, *([loss.LOSS] if getattr(loss, "OWN_LOSS", False) else [])])
    called = variables([layer.name for layer in layers], needed.names)
    body = [*_head(facts), "", *needed.imports, ""]
    body += [f"\n{text}\n" for text in needed.definitions] + [""] * bool(needed.definitions)
    body += _network(graph, layers, report.layers, called)
    body += [
        "",
        *_model(layers, report.layers, called, facts),
        *_brought(report),
        *_staying(graph, facts),
        *_compile(facts, training or {}, _scoring_some(layers, report.layers)),
        "",
        "",
    ]
    return "\n".join(body) + END


def _head(facts: Mapping[str, Any]) -> list[str]:
    target = facts.get("target")
    return [f"# A network that answers {literals.value(str(target))}."] if target else ["# A network."]


def _own_classes(layers: tuple[Layer, ...], reports: Mapping[str, LayerReport]) -> list[str]:
    """Names of our own classes that the layers are made of, each once."""
    found: dict[str, None] = {}
    waiting = [made_of(layer, reports) for layer in layers if layer.kind != "input"]
    while waiting:
        made = waiting.pop(0)
        if made.own:
            found[made.name] = None
        waiting += [value for value in made.arguments.values() if isinstance(value, Made)]
    return [*found, *([MEMBERS] if _has_members(layers) else [])]


def _has_members(layers: tuple[Layer, ...]) -> bool:
    return any(layer.kind == "output" and layer.fields.get("average") for layer in layers)


def made_of(layer: Layer, reports: Mapping[str, LayerReport]) -> Made:
    """What the layer is made of, as `core.worker.build` makes it."""
    module, fields = SHELF[layer.kind], reports[layer.name].fields
    if hasattr(module, "made"):
        return module.made(fields, [reports[name].shape for name in layer.inputs])
    return Made(module.KERAS, fields, getattr(module, "OWN", False))


def _network(
    graph: Graph, layers: tuple[Layer, ...], reports: Mapping[str, LayerReport], called: Mapping[str, str]
) -> list[str]:
    """One statement for each layer; the layers of a block stand under its name."""
    names, lines, block = {layer.name for layer in graph.layers}, [], ""
    blocks = [layer for layer in graph.layers if hasattr(SHELF[layer.kind], "layers")]
    for layer in layers:
        # The longest name wins where one block's name begins like another's.
        fits = [b for b in blocks if layer.name not in names and layer.name.startswith(f"{b.name}_")]
        inside = max(fits, key=lambda b: len(b.name)) if fits else None
        if inside is not None and inside.name != block:
            lines += ["", f"# {_title(inside)}"]
        elif inside is None and block:
            lines.append("")
        block = inside.name if inside is not None else ""
        lines.append(_statement(layer, reports, called))
    return lines


def _title(block: Layer) -> str:
    """The block's name, and what it is; all on one line, whatever the user called it."""
    title = block.fields.get("title")
    return (
        f"{block.name}: {literals.value(title) if isinstance(title, str) else block.kind.replace('_', ' ')}"
    )


def _statement(layer: Layer, reports: Mapping[str, LayerReport], called: Mapping[str, str]) -> str:
    known = reports[layer.name]
    name = called[layer.name]
    if layer.kind == "input":
        # The model's inputs are called by what they read, so that whoever uses it need not know the drawing.
        arguments = [literals.value(tuple(known.shape or ()))]
        if known.fields["dtype"] != "float32":
            arguments.append(f"dtype={literals.value(known.fields['dtype'])}")
        arguments.append(f"name={literals.value(known.fields['source'])}")
        return literals.statement(f"{name} = keras.Input", arguments)
    made, arguments = literals.created(made_of(layer, reports), layer.name)
    return literals.statement(f"{name} = {made}", arguments, _call(layer, known, called))


def _call(layer: Layer, known: LayerReport, called: Mapping[str, str]) -> list[str]:
    """The arguments with which the layer is called, as its kind says."""
    module = SHELF[layer.kind]
    inputs = [called[name] for name in layer.inputs]
    more = module.call_arguments(known.fields) if hasattr(module, "call_arguments") else {}
    way = getattr(module, "CALL", "one")
    if way == "twice":
        inputs = [inputs[0], inputs[0]]
    elif way != "spread" and len(inputs) > 1:
        inputs = [f"[{', '.join(inputs)}]"]
    return [*inputs, *(f"{name}={literals.value(value)}" for name, value in more.items())]


def _model(
    layers: tuple[Layer, ...],
    reports: Mapping[str, LayerReport],
    called: Mapping[str, str],
    facts: Mapping[str, Any],
) -> list[str]:
    """The inputs stand in the order of the prepared rows."""
    read = {
        reports[layer.name].fields["source"]: called[layer.name] for layer in layers if layer.kind == "input"
    }
    inputs = [read[source] for source in facts["inputs"] if source in read]
    answer = next(called[layer.name] for layer in layers if layer.kind == "output")
    kind = MEMBERS if _has_members(layers) else "keras.Model"
    return [literals.statement(f"model = {kind}", [f"[{', '.join(inputs)}]", answer])]


def _brought(report: Report) -> list[str]:
    """Where the weights of a sentence encoder come from, which says itself what of it learns."""
    if not encodes_sentences(report):
        return []
    return [
        "# The sentence encoder has learned from other texts; an export of a run holds its weights:",
        '# model.load_weights("model.keras")',
    ]


def _staying(graph: Graph, facts: Mapping[str, Any]) -> list[str]:
    """Layers that learn nothing more, because others have trained them."""
    names = [name for block in pretrained(graph, facts) for name in block.stay]
    if not names:
        return []
    return [
        "# These have learned from other pictures and stay as they are; an export of a run holds their weights:",
        '# model.load_weights("model.keras")',
        "for name in [",
        *(f"    {literals.value(name)}," for name in names),
        "]:",
        "    model.get_layer(name).trainable = False",
    ]


def _scoring_some(layers: tuple[Layer, ...], reports: Mapping[str, LayerReport]) -> str:
    """The layer that scores only some items at each step, which the loss draws; empty where there is none."""
    found = [
        layer for layer in layers if layer.kind != "input" and "sampled" in made_of(layer, reports).arguments
    ]
    return found[0].name if found else ""


def _compile(facts: Mapping[str, Any], training: Mapping[str, Any], scoring_some: str) -> list[str]:
    chosen = {name: value for name, value in training.items() if value is not None}
    values = {**TEMPLATES[default_for(facts)].training(facts), **chosen}
    rate, decay = literals.value(values["learning_rate"]), literals.value(values["weight_decay"])
    task = TASKS[facts["task"]]
    end = f"model.get_layer({literals.value(scoring_some)})" if scoring_some else ""
    loss = f"{task.LOSS}({end})" if getattr(task, "OWN_LOSS", False) else literals.value(task.LOSS)
    return [
        f"optimizer = keras.optimizers.AdamW({rate}, weight_decay={decay}, global_clipnorm=1.0)",
        f"optimizer.exclude_from_weight_decay(var_names={literals.value(list(UNDECAYED))})",
        f"model.compile(optimizer, loss={loss})",
    ]
