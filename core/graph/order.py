"""Which layer comes after which, and the rings that make that impossible."""

import heapq
from collections.abc import Sequence

from core.errors import GraphError, Mend
from core.graph.drawing import Graph, Layer
from core.words import mark


def order(graph: Graph) -> tuple[Layer, ...]:
    """The layers so that each comes after those that feed it; otherwise as they were drawn.

    Links to layers that do not exist are passed over.

    Raises:
        GraphError: Where layers feed each other in a ring.
    """
    ordered, rest = sort(graph)
    if rest:
        raise ring_error(rings(rest)[0])
    return ordered


def sort(graph: Graph) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """The layers in order, and those that have none because they are in a ring or come after one.

    Source: Kahn, "Topological sorting of large networks", 1962; ties go to the layer drawn first.
    """
    place = {layer.name: i for i, layer in enumerate(graph.layers)}
    feeds: dict[str, list[int]] = {name: [] for name in place}
    missing = [0] * len(graph.layers)
    for i, layer in enumerate(graph.layers):
        for name in set(layer.inputs) & place.keys():
            feeds[name].append(i)
            missing[i] += 1
    ready = [i for i, count in enumerate(missing) if count == 0]
    ordered = []
    while ready:
        i = heapq.heappop(ready)
        layer = graph.layers[i]
        ordered.append(layer)
        # Of two layers with one name, only the last is fed to others; `measure` refuses both.
        for later in feeds[layer.name] if place[layer.name] == i else ():
            missing[later] -= 1
            if missing[later] == 0:
                heapq.heappush(ready, later)
    return tuple(ordered), tuple(layer for i, layer in enumerate(graph.layers) if missing[i] > 0)


def rings(rest: tuple[Layer, ...]) -> list[list[str]]:
    """The rings among layers that `sort` left over, each in the direction of its links."""
    names = {layer.name for layer in rest}
    # Every layer left over is fed by another one left over, so that walking backwards ends in a ring.
    before = {layer.name: next(i for i in layer.inputs if i in names) for layer in rest}
    found, seen = [], set()
    for layer in rest:
        walk: dict[str, None] = {}
        name = layer.name
        while name not in seen:
            seen.add(name)
            walk[name] = None
            name = before[name]
        if name in walk:
            steps = list(walk)
            first, *later = steps[steps.index(name) :]
            found.append([first, *reversed(later)])
    return found


def ring_error(ring: list[str], drawn: Sequence[str] = ()) -> GraphError:
    """The ring in one sentence, beginning at its first layer; each of its links can be removed, or, of many, one.

    Args:
        drawn: Names of all layers as they were drawn.
    """
    shown = ring if len(ring) <= 12 else [*ring[:11], "…"]
    links = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    if len(links) > 4:
        place = {name: i for i, name in enumerate(drawn)}
        # The link that runs furthest against the order in which the layers were drawn.
        links = [max(links, key=lambda link: place.get(link[0], 0) - place.get(link[1], 0))]
    return GraphError(
        mark("These layers feed each other in a ring: {ring}.", ring=" → ".join([*shown, ring[0]])),
        mark("Remove one of the links."),
        layer=ring[0],
        mends=[
            Mend(
                mark("Remove the link “{source}” → “{target}”", source=source, target=target),
                ({"do": "unlink", "layer": target, "input": source},),
            )
            for source, target in links
        ],
    )
