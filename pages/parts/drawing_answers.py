"""The answers to the editor's questions, as plain data; see `pages.parts.drawing_routes`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core import blocks, drawings, home
from core import graph as graphs
from core.errors import GraphError, Mend
from core.graph import Graph, Report, measure, mended, opened, wrapped
from core.projects import Project
from core.script import script
from core.words import Sentence, mark
from pages.parts import catalog, chosen, helpers, report_json

Plain = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One question.

    Args:
        project: Whose drawing it is about.
        drawing: Id of the drawing, or empty where the browser shows the template's proposal.
        window: Which browser window asks.
        data: All that it sent; anything may stand in it.
    """

    project: Project
    drawing: str
    window: str
    data: Mapping[str, Any]

    @property
    def facts(self) -> Mapping[str, Any]:
        return chosen.facts(self.project)

    @property
    def graph(self) -> Graph:
        """Raises GraphError where it is none."""
        return Graph.from_json(self.data.get("graph"))

    def text(self, name: str) -> str:
        """Raises GraphError where it is no text."""
        return self._of(name, str)

    def number(self, name: str) -> int:
        """Raises GraphError where it is no whole number."""
        return self._of(name, int)

    def _of(self, name: str, kind: type) -> Any:
        value = self.data.get(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise GraphError(
                mark("The editor's question leaves out “{name}”, or it has the wrong form.", name=name),
                mark("Reload the page."),
            )
        return value


def save(asked: Asked) -> Plain:
    """Keep what was drawn, and tell all about it."""
    graph, stamp, rev = asked.graph, asked.number("stamp"), asked.number("rev")
    facts = asked.facts
    told = report_json.measured(graph, facts, chosen.batch_size(asked.project, facts))
    saved = drawings.save(asked.project.id, asked.drawing, graph, stamp, asked.window)
    return {"stamp": saved.drawing.stamp, "rev": rev, "report": told, "elsewhere": saved.elsewhere}


def fits(asked: Asked) -> Plain:
    """For each other layer why a link from or to this one cannot be, or an empty text."""
    graph, facts = asked.graph, asked.facts
    ends = {name: _named(graph, asked.text(name)) for name in ("source", "target") if asked.data.get(name)}
    found = graphs.fits(graph, measure(graph, facts), facts, **ends)
    return {name: str(sentence or "") for name, sentence in found.items()}


def change(asked: Asked) -> Plain:
    """The graph with one change carried out that needs to know the kinds of layer."""
    wanted = asked.data.get("change")
    does = wanted.get("do") if isinstance(wanted, dict) else None
    if not isinstance(does, str) or does not in CHANGES:
        raise GraphError(mark("The editor asks for a change that there is not."), mark("Reload the page."))
    graph = CHANGES[does](asked.graph, replace(asked, data=wanted))
    return {"graph": graph.to_json()}


def _mend(graph: Graph, asked: Asked) -> Graph:
    return mended(
        graph, _asked_mend(measure(graph, asked.facts), asked.text("layer"), asked.number("number"))
    )


def _asked_mend(report: Report, layer: str, number: int) -> Mend:
    """The mend of that number among all of the layer's errors."""
    mends = [mend for error in report.errors if error.layer == layer for mend in error.mends]
    if not 0 <= number < len(mends):
        raise GraphError(
            mark("This has been put right already, or in another way."),
            mark("Look at the drawing as it is now."),
        )
    return mends[number]


def _open(graph: Graph, asked: Asked) -> Graph:
    return opened(graph, asked.facts, _named(graph, asked.text("layer")))


def _wrap(graph: Graph, asked: Asked) -> Graph:
    return wrapped(graph, _names(graph, asked), asked.text("title"))


def _arrange(graph: Graph, _asked: Asked) -> Graph:
    return Graph(tuple(replace(layer, place=None) for layer in graph.layers))


CHANGES = {"mend": _mend, "open": _open, "wrap": _wrap, "arrange": _arrange}


def preview(asked: Asked) -> Plain:
    """What comes out of a layer for a row of the user's data; at once, also while the helper process is loading."""
    if not helpers.PREVIEW.ready:
        helpers.PREVIEW.begin()
        return {"state": "warming"}
    run = chosen.preview_run(asked.project) if asked.data.get("trained") is True else None
    graph = asked.graph
    question = {
        "folder": str(home.folder("prepared") / asked.project.prepared),
        "graph": graph.to_json(),
        "layer": _named(graph, asked.text("layer")),
        "row": asked.number("row"),
        "run": str(run.folder) if run else "",
    }
    try:
        told = helpers.PREVIEW.ask(question)
    except RuntimeError as error:  # it died of the question, or took too long
        raise GraphError(
            mark("What comes out of this layer could not be worked out."),
            mark("Make the network smaller, or choose another layer."),
        ) from error
    return {**told, "words": str(Sentence.from_json(told["words"]))}


def code(asked: Asked) -> Plain:
    """The drawing as a script."""
    return {"code": script(asked.graph, asked.facts, asked.project.training)}


def block(asked: Asked) -> Plain:
    """A selection becomes a block of the user's own, which the palette has from now on."""
    before = asked.graph
    graph = _wrap(before, asked)
    made = next(layer for layer in graph.layers if layer.name not in before)
    return {"kinds": catalog.entry(blocks.save(made.fields)), "graph": graph.to_json()}


def forget_block(asked: Asked) -> Plain:
    """A block of the user's own leaves the palette; drawings that hold it keep it."""
    blocks.delete(asked.text("id"))
    return {}


def _named(graph: Graph, name: str) -> str:
    """Raises GraphError where the graph has no layer of that name."""
    if name not in graph:
        raise GraphError(mark("There is no layer called “{name}”.", name=name[:80]), mark("Reload the page."))
    return name


def _names(graph: Graph, asked: Asked) -> list[str]:
    names = asked.data.get("layers")
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise GraphError(
            mark("No layers are chosen."), mark("Choose layers that are linked with each other.")
        )
    return [_named(graph, name) for name in names]


ANSWERS: Mapping[str, Callable[[Asked], Plain]] = {
    "save": save, "fits": fits, "change": change, "preview": preview, "code": code, "block": block,
    "forget_block": forget_block,
}  # fmt: skip
