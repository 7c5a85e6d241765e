"""The plain data of a Keras model as a flat list of steps; models inside models are laid open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from core.errors import GraphError
from core.graph.drawing import MOST_LAYERS
from core.words import Sentence, mark

MODELS = {"Sequential", "Functional", "Model"}
PORTS = ("query", "value", "key")  # of attention, in our order
DEEPEST = 8  # models inside models
OURS = "modelyard"  # the package under which our own classes are registered with Keras
Key = tuple[str, ...]  # a layer's name, behind the names of the models that it is in


@dataclass(frozen=True)
class Step:
    """One layer as Keras wrote it down.

    Args:
        key: Its name, behind the names of the models that it is in.
        kind: The name of its class.
        module: Where the class comes from; `OURS` for our own classes, wherever their source lay.
        config: The arguments of the class.
        inputs: Keys of what feeds it, in order, as often as they feed it.
        call: More arguments of the call.
        rank: How many sizes its first input has, the batch included; 0 where that is not known.
        calls: How often it is used.
    """

    key: Key
    kind: str
    module: str
    config: Mapping[str, Any]
    inputs: tuple[Key, ...] = ()
    call: Mapping[str, Any] = field(default_factory=dict)
    rank: int = 0
    calls: int = 1


@dataclass
class Steps:
    """What has been found so far: steps, and keys that stand for other keys."""

    found: list[Step] = field(default_factory=list)
    same: dict[Key, Key] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        if len(self.found) >= MOST_LAYERS:
            odd(mark("it has more than {most:,} layers", most=MOST_LAYERS))
        self.found.append(step)

    def meant(self, key: Key) -> Key:
        """The step that really gives what the key names."""
        walked: dict[Key, None] = {}
        while key in self.same:
            if key in walked:
                odd(mark("its layers feed each other in a ring"))
            walked[key] = None
            key = self.same[key]
        self.same |= dict.fromkeys(walked, key)  # so that long ways are walked once
        return key


def odd(why: Sentence) -> NoReturn:
    """Raises GraphError about a description of a model that does not hold together."""
    raise GraphError(
        mark("This is not a Keras model that can be read: {why}.", why=why),
        mark("Save the model again with Keras 3 under a name that ends in “.keras”."),
    )


def steps_of(model: Any) -> tuple[list[Step], list[Key]]:
    """All layers of the model, and the keys of what it answers. Raises GraphError where it is no such model."""
    steps = Steps()
    ends = _model(model, (), None, steps)
    seen: set[Key] = set()
    for step in steps.found:
        if step.key in seen:
            odd(mark("two layers are called “{name}”", name=step.key[-1][:80]))
        seen.add(step.key)
    found = [
        Step(s.key, s.kind, s.module, s.config, tuple(steps.meant(key) for key in s.inputs), s.call, s.rank, s.calls)
        for s in steps.found
    ]  # fmt: skip
    return found, [steps.meant(key) for key in ends]


def _model(model: Any, path: Key, given: Sequence[Key] | None, steps: Steps) -> list[Key]:
    """Adds the model's layers; the keys of what it answers.

    Args:
        given: What feeds the model where it is inside another one.
    """
    if len(path) > DEEPEST:
        odd(mark("models stand in models more than {deepest} deep", deepest=DEEPEST))
    config = mapping(mapping(model, "model").get("config"), "config")
    layers = listed(config.get("layers"), "layers")
    if text(model.get("class_name"), "class_name") == "Sequential":
        return _row(config, layers, path, given, steps)
    for entry in layers:
        _entry(mapping(entry, "layers"), path, steps)
    inputs = [(*path, name) for name in references(config.get("input_layers"))]
    if given is not None:
        _feed(inputs, given, steps)
    return [(*path, name) for name in references(config.get("output_layers"))]


def _feed(inputs: Sequence[Key], given: Sequence[Key], steps: Steps) -> None:
    """A model inside another one has no inputs of its own: they are what feeds it."""
    if len(inputs) != len(given):
        odd(mark("a model inside it is fed by another number of layers than it takes"))
    steps.same |= dict(zip(inputs, given, strict=True))
    own = set(inputs)
    steps.found = [step for step in steps.found if step.key not in own]


def _row(
    config: Mapping[str, Any], layers: list[Any], path: Key, given: Sequence[Key] | None, steps: Steps
) -> list[Key]:
    """A Sequential model: each layer is fed by the one before."""
    before = given[0] if given else None
    for number, entry in enumerate(layers):
        entry = mapping(entry, "layers")
        name, kind = named(entry), text(entry.get("class_name"), "class_name")
        inner = mapping(entry.get("config"), "config")
        if kind == "InputLayer" and given:
            continue
        if before is None and kind != "InputLayer":
            shape = inner.get("batch_input_shape") or config.get("build_input_shape")
            before = (*path, "input")
            steps.add(Step(before, "InputLayer", "", {"batch_shape": shape}))
        if kind in MODELS:
            answers = _model(entry, (*path, name), [before] if before else [], steps)
            if len(answers) != 1:
                odd(mark("a model inside it gives {count} answers", count=len(answers)))
            before = answers[0]
            continue
        step = Step((*path, name), kind, _module(entry), inner, (before,) if before else ())
        if kind == "InputLayer" and number:
            odd(mark("“layers” is missing or has the wrong form"))
        steps.add(step)
        before = step.key
    return [before] if before else []


def _entry(entry: Mapping[str, Any], path: Key, steps: Steps) -> None:
    name, kind = named(entry), text(entry.get("class_name"), "class_name")
    key = (*path, name)
    nodes = listed(entry.get("inbound_nodes", []), "inbound_nodes")
    tensors, call, rank = _node(nodes[0]) if nodes else ([], {}, 0)
    inputs = [(*path, before) for before in tensors]
    if kind in MODELS and len(nodes) == 1:
        answers = _model(entry, key, inputs, steps)
        if len(answers) != 1:
            odd(mark("a model inside it gives {count} answers", count=len(answers)))
        steps.same[key] = answers[0]
        return
    config = mapping(entry.get("config"), "config")
    steps.add(Step(key, kind, _module(entry), config, tuple(inputs), call, rank, max(1, len(nodes))))


def _module(entry: Mapping[str, Any]) -> str:
    """A script or an export carries our classes along, so that only the name they are registered under stays the same."""
    own = str(entry.get("registered_name") or "").startswith(f"{OURS}>")
    return OURS if own else str(entry.get("module") or "")[:80]


def _node(node: Any) -> tuple[list[str], dict[str, Any], int]:
    """Names of what comes in, other arguments of the call, and how many sizes the first input has."""
    if isinstance(node, list):  # as Keras 2 wrote it
        return references(node), {}, 0
    node = mapping(node, "inbound_nodes")
    found: list[Mapping[str, Any]] = []
    call = {}
    _tensors(node.get("args", []), found)
    kwargs = mapping(node.get("kwargs", {}), "kwargs")
    ordered = [name for name in PORTS if name in kwargs]
    for name in [*ordered, *(name for name in kwargs if name not in PORTS)]:
        before = len(found)
        if not name.endswith("mask"):
            _tensors(kwargs[name], found)
        if len(found) == before:
            call[name] = kwargs[name]
    names = [name for tensor in found for name in references(tensor.get("keras_history"))]
    shape = found[0].get("shape") if found else None
    return names, call, len(shape) if isinstance(shape, list) else 0


def _tensors(value: Any, found: list[Mapping[str, Any]], depth: int = 0) -> None:
    """Collects what is written down as a tensor, wherever in the arguments it stands."""
    if isinstance(value, Mapping) and value.get("class_name") == "__keras_tensor__":
        found.append(mapping(value.get("config"), "config"))
    elif isinstance(value, list) and depth < DEEPEST:
        for item in value:
            _tensors(item, found, depth + 1)


def references(value: Any, depth: int = 0) -> list[str]:
    """The layers that `["name", 0, 0]` names, alone, in lists or by name; only first answers can be meant."""
    if isinstance(value, Mapping) and depth < DEEPEST:
        return [name for item in value.values() for name in references(item, depth + 1)]
    if not isinstance(value, list) or depth >= DEEPEST:
        odd(mark("“{part}” is missing or has the wrong form", part="keras_history"))
    if value and isinstance(value[0], str):
        # The second says which use of the layer is meant; who uses one twice is named later.
        if value[2:3] != [0]:
            odd(mark("layer “{name}” gives several answers", name=value[0][:80]))
        return [value[0]]
    return [name for item in value for name in references(item, depth + 1)]


def named(entry: Mapping[str, Any]) -> str:
    """The layer's name, wherever this version of Keras writes it."""
    config = entry.get("config")
    return text(entry.get("name") or (config.get("name") if isinstance(config, Mapping) else None), "name")


def mapping(value: Any, part: str) -> Mapping[str, Any]:
    """The value, which has to be a JSON object."""
    if not isinstance(value, Mapping):
        odd(mark("“{part}” is missing or has the wrong form", part=part))
    return value


def listed(value: Any, part: str) -> list[Any]:
    """The value, which has to be a list."""
    if not isinstance(value, list):
        odd(mark("“{part}” is missing or has the wrong form", part=part))
    return value


def text(value: Any, part: str) -> str:
    """The value, which has to be text."""
    if not isinstance(value, str) or not value:
        odd(mark("“{part}” is missing or has the wrong form", part=part))
    return value
