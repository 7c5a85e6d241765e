"""The one-click changes that put faulty links right; `core.graph.mend` carries them out."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from core.errors import Mend
from core.graph.drawing import Graph, Layer
from core.graph.mend import unused
from core.layers import SHELF, is_name
from core.words import Sentence, mark

PATIENCE = (
    100  # searches through the whole graph, so that a foreign file with thousands of faults does not hold up
)
BUTTONS = 4  # most one-click changes of one kind that are offered beside each other


class Surroundings:
    """What lies around the layers of a graph, found out when it is first asked for.

    Args:
        inputs: What the prepared rows bring in, by name, where it is known.
    """

    def __init__(self, graph: Graph, inputs: Mapping[str, Any] | None = None):
        self.graph = graph
        self.inputs = inputs or {}
        self._patience = PATIENCE

    @cached_property
    def layers(self) -> dict[str, Layer]:
        return {layer.name: layer for layer in self.graph.layers}

    @cached_property
    def followers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {layer.name: [] for layer in self.graph.layers}
        for layer in self.graph.layers:
            for name in dict.fromkeys(layer.inputs):
                if name in found:
                    found[name].append(layer.name)
        return found

    @cached_property
    def ends(self) -> list[str]:
        """Layers that feed no other, outputs excepted."""
        return [name for name, after in self.followers.items() if not after and self._feeds(name)]

    @cached_property
    def hungry(self) -> list[str]:
        """Layers that are fed by fewer than they need."""
        known = (layer for layer in self.graph.layers if layer.kind in SHELF)
        return [layer.name for layer in known if len(layer.inputs) < SHELF[layer.kind].INPUTS[0]]

    @cached_property
    def strange(self) -> int:
        """How many layers are of kinds that there are not."""
        return sum(layer.kind not in SHELF for layer in self.graph.layers)

    @cached_property
    def output(self) -> Layer | None:
        """The first output."""
        return next((layer for layer in self.graph.layers if layer.kind == "output"), None)

    def behind(self, name: str) -> set[str]:
        """The layer and all that come after it."""
        seen, todo = {name}, [name]
        while todo:
            for after in self.followers.get(todo.pop(), ()):
                if after not in seen:
                    seen.add(after)
                    todo.append(after)
        return seen

    def sources(self, layer: Layer) -> list[str]:
        """What could feed the layer, likeliest first: loose ends, then what is drawn before it, nearest first."""
        self._patience -= 1
        if self._patience < 0:
            return []
        behind = self.behind(layer.name)
        drawn = [other.name for other in self.graph.layers]
        before = drawn[: drawn.index(layer.name)]
        likely = dict.fromkeys(
            [*reversed([n for n in self.ends if n in set(before)]), *reversed(before), *self.ends]
        )
        return [n for n in likely if n not in behind and n not in layer.inputs and self._feeds(n)]

    def takers(self, layer: Layer) -> list[str]:
        """Layers that lack an input and could be fed by this one, in the order of the drawing."""
        self._patience -= 1
        if self._patience < 0:
            return []
        lacking = [name for name in self.hungry if name != layer.name]
        return [name for name in lacking[:BUTTONS] if layer.name not in self.behind(name)]

    def _feeds(self, name: str) -> bool:
        return self.layers[name].kind in SHELF and self.layers[name].kind != "output"


def remove(layer: Layer | str) -> Mend:
    name = layer if isinstance(layer, str) else layer.name
    return Mend(mark("Remove “{layer}”", layer=name), ({"do": "remove", "layer": name},))


def unlink(source: str, target: str) -> Mend:
    return Mend(
        mark("Remove the link “{source}” → “{target}”", source=source, target=target),
        ({"do": "unlink", "layer": target, "input": source},),
    )


def rename(layer: Layer, around: Surroundings) -> Mend:
    """A name that is free: the layer's own with a number behind it, or else its kind's."""
    # Room is left for the number.
    stems = (stem for stem in (layer.name, layer.kind) if is_name(f"{stem}_0000000"))
    new = unused(around.graph, next(stems, "layer"))
    return Mend(
        mark("Rename it to “{name}”", name=new), ({"do": "rename", "layer": layer.name, "name": new},)
    )


def start(around: Surroundings) -> tuple[Mend, ...]:
    """The smallest network that works: one part of the rows, and an output."""
    plain = {name: part for name, part in around.inputs.items() if "vocabulary" not in part}
    name = next(iter({**plain, **around.inputs}), "")
    if not is_name(name):
        return ()
    steps: list[dict[str, Any]] = [{"do": "add", "kind": "input", "name": name}]
    kinds = [] if name in plain else ["embedding"]
    if len(around.inputs[name].get("shape", ())) + len(kinds) > 1:
        kinds.append("flatten")
    last = name
    for kind in [*kinds, "output"]:
        steps.append({"do": "add", "kind": kind, "inputs": [last], "name": f"{kind}_1"})
        last = f"{kind}_1"
    return (Mend(mark("Add an Input and an Output"), tuple(steps)),)


def output_behind(around: Surroundings) -> tuple[Mend, ...]:
    return tuple(
        Mend(
            mark("Add an Output behind “{layer}”", layer=name),
            ({"do": "add", "kind": "output", "inputs": [name]},),
        )
        for name in list(reversed(around.ends))[:BUTTONS]
    )


def known_kind(layer: Layer, around: Surroundings) -> tuple[Mend, ...]:
    """The kind with almost the same name, with the settings that it shares; or the layer removed."""
    # Keras's class names have no underscores.
    alike = {name.replace("_", ""): name for name in SHELF.names if name not in ("input", "output")}
    written = "".join(letter for letter in layer.kind[:80].lower() if letter.isalnum())
    near = [alike[written]] if written in alike else []
    if not near and around.strange < 20:  # a foreign file may hold thousands, and searching takes time
        near = [alike[name] for name in get_close_matches(written, alike, n=1, cutoff=0.8)]
    return (
        *(
            Mend(
                mark("Make it “{kind}”", kind=SHELF[kind].LABEL),
                ({"do": "turn", "layer": layer.name, "kind": kind, "fields": _shared(layer, kind)},),
            )
            for kind in near
        ),
        remove(layer),
    )


def _shared(layer: Layer, kind: str) -> dict[str, Any]:
    fields = SHELF[kind].FIELDS
    return {
        name: value for name, value in layer.fields.items() if name in fields and fields[name].allows(value)
    }


def other_source(layer: Layer, gone: str, around: Surroundings) -> tuple[Mend, ...]:
    """For a link from a layer that is not there."""
    cut = {"do": "unlink", "layer": layer.name, "input": gone}
    return (
        *(
            Mend(mark("Feed it from “{layer}” instead", layer=name),
                 (cut, {"do": "link", "layer": layer.name, "input": name}))
            for name in around.sources(layer)[:1]
        ),
        Mend(mark("Remove this link"), (cut,)),
    )  # fmt: skip


def before_output(layer: Layer, output: str, around: Surroundings) -> tuple[Mend, ...]:
    """For a layer behind the output: changed places, if both are fed by one layer; or the layer removed."""
    end = around.layers[output]
    if layer.kind not in SHELF or layer.kind == "output" or len(end.inputs) != 1:
        return (remove(layer),)
    fed = end.inputs[0]
    alone = SHELF[layer.kind].INPUTS[0] == 1 and len(layer.inputs) == 1
    if not alone or fed not in around.layers or fed in around.behind(layer.name):
        return (remove(layer),)
    swap = (
        {"do": "unlink", "layer": layer.name, "input": output},
        {"do": "unlink", "layer": output, "input": fed},
        {"do": "link", "layer": layer.name, "input": fed},
        {"do": "link", "layer": output, "input": layer.name},
    )
    return (Mend(mark("Put it in front of the output"), swap), remove(layer))


def missing_inputs(layer: Layer, least: int, around: Surroundings) -> tuple[Mend, ...]:
    lacking = least - len(layer.inputs)
    found = around.sources(layer)
    choices: list[list[str]] = [[name] for name in found[:2]] if lacking == 1 else []
    if lacking > 1 and len(found) >= lacking:
        choices = [found[:lacking]]
    links = [
        Mend(
            mark("Link it from {names}", names=[mark("“{layer}”", layer=name) for name in reversed(names)]),
            tuple({"do": "link", "layer": layer.name, "input": name} for name in reversed(names)),
        )
        for names in choices
    ]
    return (*links, remove(layer))


def too_many(layer: Layer, most: int, around: Surroundings) -> tuple[Mend, ...]:
    every = list(dict.fromkeys(layer.inputs))
    cut = tuple({"do": "unlink", "layer": layer.name, "input": name} for name in every)
    if most == 0:
        return (Mend(mark("Remove the links to it"), cut),)
    kept = every[:most]
    offered = [Mend(_only(kept), (*cut, *({"do": "link", "layer": layer.name, "input": n} for n in kept)))]
    real = [name for name in every if name in around.layers and around.layers[name].kind != "output"]
    if most == 1 and len(real) > 1:
        offered.insert(
            0,
            Mend(
                mark("Bring them together in a Concatenate layer"), _together(layer.name, real, cut, around)
            ),
        )
    return tuple(offered)


def _only(kept: list[str]) -> Sentence:
    return mark("Keep only the links from {names}", names=[mark("“{layer}”", layer=name) for name in kept])


def _together(
    layer: str, names: list[str], cut: Iterable[Mapping[str, Any]], around: Surroundings
) -> tuple[Mapping[str, Any], ...]:
    new = unused(around.graph, "concatenate")
    return (
        *cut,
        {"do": "add", "kind": "concatenate", "inputs": names, "name": new},
        {"do": "link", "layer": layer, "input": new},
    )


def parts(layer: Layer, around: Surroundings) -> tuple[Mend, ...]:
    """What an input could read, first what no other reads."""
    inputs = [other for other in around.graph.layers if other.kind == "input"]
    read = [other.fields.get("source") or other.name for other in inputs]
    return tuple(
        Mend(
            mark("Let it read “{part}”", part=part),
            ({"do": "set", "layer": layer.name, "fields": {"source": part}},),
        )
        for part in sorted(around.inputs, key=lambda part: part in read)[:BUTTONS]
    )


def one_reader(layer: Layer, first: str) -> Mend:
    return Mend(
        mark("Let “{first}” feed both places", first=first),
        ({"do": "remove", "layer": layer.name, "by": first},),
    )


def dead_end(layer: Layer, around: Surroundings) -> tuple[Mend, ...]:
    """Linked to a layer that lacks an input, or brought into what leads to the output, or removed."""
    takers = around.takers(layer)
    if takers:
        return (*(_link_to(name, layer) for name in takers), remove(layer))
    output = around.output
    if output is None or len(output.inputs) != 1 or output.inputs[0] not in around.layers:
        return (remove(layer),)
    last = around.layers[output.inputs[0]]
    if last.kind in SHELF and last.name != layer.name and last.kind != "output":
        if SHELF[last.kind].INPUTS[1] > max(2, len(last.inputs)):
            return (_link_to(last.name, layer), remove(layer))
        cut = ({"do": "unlink", "layer": output.name, "input": last.name},)
        steps = _together(output.name, [last.name, layer.name], cut, around)
        label = mark("Bring it together with “{layer}” in front of the output", layer=last.name)
        return (Mend(label, steps), remove(layer))
    return (remove(layer),)


def _link_to(name: str, layer: Layer) -> Mend:
    link = ({"do": "link", "layer": name, "input": layer.name},)
    return Mend(mark("Link it to “{layer}”", layer=name), link)
